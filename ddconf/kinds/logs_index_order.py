"""The order of log indexes. https://docs.datadoghq.com/api/latest/logs-indexes/#get-indexes-order"""

from ddconf.kind import Kind, singleton

KIND = Kind(
    name="logs_index_order",
    api=singleton("/api/v1/logs/config/index-order", queue="logs"),
    key=(),
    references={"index_names[*]": "logs_index"},
    shared_lists=("index_names",),
    permissions={"read": "logs_read_config", "write": "logs_modify_indexes"},
    page="/logs/pipelines/indexes",
    title="Order of log indexes",
    area="Logs",
    terraform=("datadog_logs_index_order",),
    notes="A log goes to the first index whose filter it matches.",
)
