"""What has arrived, in an SQLite file of its own beside the organisation's: logs, series, events, quotas."""
