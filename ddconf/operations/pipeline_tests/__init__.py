"""Log pipelines run offline: their tests, samples and single lines."""
