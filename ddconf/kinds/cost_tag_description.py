"""Cost tag description: https://docs.datadoghq.com/api/latest/cloud-cost-management/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="cost_tag_description",
    api=jsonapi(
        "/api/v2/cost/tag_descriptions",
        "cost_tag_description",
        create=None,
        update=Call("PUT", "/api/v2/cost/tag_descriptions/{id}"),
        merges=False,
    ),
    key=("id",),
    read_only=("created_at", "source", "tag_key", "updated_at"),
    immutable=("id",),
    permissions={"read": "cloud_cost_management_read", "write": "cloud_cost_management_write"},
    title="Cost tag description",
    area="Cost",
    tier=3,
)
