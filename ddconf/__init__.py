"""ddconf keeps a Datadog organisation as code: definitions, plan, apply, export, offline log pipelines."""

__version__ = "0.2.0"
