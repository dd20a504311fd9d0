"""What Datadog accepts, from the models of its official client."""
