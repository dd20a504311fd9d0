"""RUM operation: https://docs.datadoghq.com/api/latest/rum-operations/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="rum_operation",
    api=jsonapi(
        "/api/v2/rum/operations",
        "operations",
        list=Call("GET", "/api/v2/rum/operations/search"),
        update=Call("PUT", "/api/v2/rum/operations/{id}"),
        pages=Pages("offset", "page[offset]", "page[limit]", limit=100, total="meta.page.total"),
        merges=False,
    ),
    unique_key=True,
    read_only=(
        "id",
        "created_at",
        "created_by",
        "org_id",
        "updated_at",
        "updated_by",
        "journey_rum.rum_steps[*].composite.composite_rule_id",
        "journey_rum.rum_steps[*].composite.config_version",
        "journey_rum.rum_steps[*].nodes[*].id",
    ),
    unordered=("tags",),
    references={"application_id": "rum_application"},
    title="RUM operation",
    area="Digital experience",
    tier=3,
    notes="Datadog may still change this API.",
)
