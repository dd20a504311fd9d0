"""Logs of an organisation or an archive, kept in a file for a replay."""
