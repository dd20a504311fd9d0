"""RUM exclusion filter: https://docs.datadoghq.com/api/latest/rum-retention-filters/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="rum_exclusion_filter",
    api=jsonapi(
        "/api/v2/rum/applications/{app_id}/retention_filters/exclusion",
        "exclusion_filters",
        parent=("app_id", "rum_application"),
    ),
    key=("app_id", "name"),
    read_only=("id",),
    immutable=("app_id",),
    references={"app_id": "rum_application"},
    title="RUM exclusion filter",
    area="Digital experience",
    terraform=("datadog_rum_exclusion_filter",),
    tier=2,
    notes="Datadog may still change this API.",
)
