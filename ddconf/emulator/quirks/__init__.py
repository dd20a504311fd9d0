"""One file per Datadog product: its collections as data and whatever it does unlike the others."""
