"""Log facets, which no public API writes: through the web interface's calls, or from a saved file."""
