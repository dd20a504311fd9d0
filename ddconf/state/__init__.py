"""What was applied: the memory between runs."""
