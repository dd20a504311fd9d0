"""Local pages of dashboards and pipelines, drawn from sample logs: documents in, HTML out."""
