"""From a log to its places: pipelines, scanner, indexes, archives, metrics, destinations. All pure."""
