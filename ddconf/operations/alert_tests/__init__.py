"""Monitors and SLOs run offline: their tests, and when they would have alerted."""
