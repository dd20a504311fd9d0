"""The live side: the only place that talks to Datadog."""
