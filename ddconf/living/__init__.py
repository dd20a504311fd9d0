"""The data plane of the sandbox: what shippers send goes the organisation's way and is found again.

An emulated organisation holds the configuration; here logs, metrics, events and checks come in, pass its
pipelines, get their place, and are read by searches and monitors.
"""
