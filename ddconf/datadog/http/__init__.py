"""Requests to Datadog: sent, paced, repeated, and their errors put into words."""
