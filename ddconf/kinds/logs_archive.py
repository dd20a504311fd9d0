"""Log archives. https://docs.datadoghq.com/api/latest/logs-archives/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="logs_archive",
    api=jsonapi(
        "/api/v2/logs/config/archives",
        "archives",
        id_in=(),
        update=Call("PUT", "/api/v2/logs/config/archives/{id}"),
        merges=False,
        order_kind="logs_archive_order",
        queue="logs",
    ),
    unique_key=True,
    read_only=("id", "state"),
    defaults={
        "compression_method": "GZIP",
        "destination.storage_class": "STANDARD",
        "include_tags": False,
    },
    unordered=("rehydration_tags",),
    permissions={"read": "logs_read_archives", "write": "logs_write_archives"},
    page="/logs/pipelines/archives",
    title="Log archive",
    area="Logs",
    terraform=("datadog_logs_archive",),
    notes="The cloud integration that holds the credentials must exist first.",
)
