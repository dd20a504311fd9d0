"""What saves time, between runs and within one: wrapped around the plain steps, never changing a result."""
