"""Reference table: https://docs.datadoghq.com/api/latest/reference-tables/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="reference_table",
    api=jsonapi(
        "/api/v2/reference-tables/tables",
        "reference_table",
        id_in=(),
        pages=Pages("offset", "page[offset]", "page[limit]", limit=100),
    ),
    key=("table_name",),
    read_only=(
        "id",
        "created_by",
        "last_updated_by",
        "row_count",
        "status",
        "updated_at",
        "file_metadata.error_message",
        "file_metadata.error_row_count",
        "file_metadata.error_type",
    ),
    unordered=("tags",),
    secrets=("file_metadata.upload_id",),
    immutable=("source", "table_name"),
    title="Reference table",
    area="Logs",
    terraform=("datadog_reference_table",),
    tier=2,
    notes="Tables of local files are uploaded by hand first; which upload it was is never shown.",
)
