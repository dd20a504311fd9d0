"""The order of log archives. https://docs.datadoghq.com/api/latest/logs-archives/#get-archive-order"""

from ddconf.kind import Kind, enveloped, singleton

KIND = Kind(
    name="logs_archive_order",
    api=singleton(
        "/api/v2/logs/config/archive-order", envelope=enveloped("archive_order", id_in=()), queue="logs"
    ),
    key=(),
    references={"archive_ids[*]": "logs_archive"},
    shared_lists=("archive_ids",),
    permissions={"read": "logs_read_config", "write": "logs_write_archives"},
    page="/logs/pipelines/archives",
    title="Order of log archives",
    area="Logs",
    terraform=("datadog_logs_archive_order",),
    notes="A log goes to the first archive whose query it matches.",
)
