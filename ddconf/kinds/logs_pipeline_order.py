"""The order of log pipelines. https://docs.datadoghq.com/api/latest/logs-pipelines/#get-pipeline-order"""

from ddconf.kind import Kind, singleton

KIND = Kind(
    name="logs_pipeline_order",
    api=singleton("/api/v1/logs/config/pipeline-order", queue="logs"),
    key=(),
    references={"pipeline_ids[*]": ("logs_custom_pipeline", "logs_integration_pipeline")},
    shared_lists=("pipeline_ids",),
    permissions={"read": "logs_read_config", "write": "logs_write_pipelines"},
    page="/logs/pipelines",
    title="Order of log pipelines",
    area="Logs",
    terraform=("datadog_logs_pipeline_order",),
    notes="List only your own pipelines: integration pipelines and unmanaged ones keep their places.",
)
