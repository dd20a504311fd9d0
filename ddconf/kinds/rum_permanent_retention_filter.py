"""RUM permanent retention filter: https://docs.datadoghq.com/api/latest/rum-retention-filters/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="rum_permanent_retention_filter",
    api=jsonapi(
        "/api/v2/rum/applications/{app_id}/retention_filters/permanent",
        "permanent_retention_filters",
        create=None,
        delete=None,
        parent=("app_id", "rum_application"),
    ),
    key=("app_id", "id"),
    read_only=("description", "editability", "name"),
    immutable=("app_id", "id"),
    references={"app_id": "rum_application"},
    title="RUM permanent retention filter",
    area="Digital experience",
    tier=3,
)
