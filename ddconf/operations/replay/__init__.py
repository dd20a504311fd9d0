"""What a change of pipelines would have done to logs at hand."""
