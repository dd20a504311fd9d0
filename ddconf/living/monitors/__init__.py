"""Monitors evaluated on the sandbox's clock, and what they say to whom. Nothing leaves this machine."""
