"""Monitors and SLOs evaluated offline: from logs, series and checks to statuses and notifications.

Nothing here reads a file, a clock or the network: the time is an argument.
"""
