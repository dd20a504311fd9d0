"""Metric queries computed over samples: time, then space, then functions, then the window.

https://docs.datadoghq.com/metrics/#querying-metrics
"""
