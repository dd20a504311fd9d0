"""Log pipelines that Datadog installs when logs of their source arrive.

https://docs.datadoghq.com/logs/log_configuration/pipelines/?tab=source#integration-pipelines
"""

from ddconf.kind import Call, Kind, rest

KIND = Kind(
    name="logs_integration_pipeline",
    api=rest(
        "/api/v1/logs/config/pipelines",
        where={"is_read_only": True},
        create=None,
        update=Call(
            "PUT",
            "/api/v1/logs/config/pipelines/{id}",
            body=lambda pipeline: {
                "name": pipeline.get("name", ""),
                "is_enabled": bool(pipeline.get("is_enabled")),
            },
        ),
        delete=None,
        gone={404: "", 400: "Non existing pipeline"},
        queue="logs",
    ),
    read_only=("id", "type", "is_read_only", "processors", "filter", "tags", "description"),
    defaults={"is_enabled": False},
    appears="with the first log of its source",
    opt_in="integration pipelines may be read-only through the API",
    permissions={"read": "logs_read_config", "write": "logs_write_pipelines"},
    page="/logs/pipelines",
    title="Log pipeline of an integration",
    area="Logs",
    terraform=("datadog_logs_integration_pipeline",),
    notes="Only `is_enabled` can be managed; processors belong to Datadog.",
)
