"""From a log to its places: pipelines, scanner, indexes, archives, metrics, destinations; no clock, no store."""
