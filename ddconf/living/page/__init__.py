"""The page that a person looks at: logs with their why, monitors, notifications, requests."""
