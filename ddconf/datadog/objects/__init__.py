"""Objects of Datadog: listed, read, created, updated and deleted, whatever their kind."""
