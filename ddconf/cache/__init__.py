"""What saves time between runs and within one, wrapped around the plain steps; nothing here may change a result."""
