"""DEM journey: https://docs.datadoghq.com/api/latest/dem/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="dem_journey",
    api=jsonapi(
        "/api/v2/dem/journeys",
        "journeys",
        id_in=(),
        list=Call("GET", "/api/v2/dem/journeys/search"),
        update=Call("PUT", "/api/v2/dem/journeys/{id}"),
        pages=Pages("offset", "page[offset]", "page[limit]", limit=100),
        merges=False,
    ),
    read_only=(
        "id",
        "created_at",
        "created_by",
        "org_id",
        "test_suite",
        "updated_at",
        "updated_by",
        "journey_rum.variants[*].id",
        "variants[*].id",
    ),
    unordered=("tags",),
    permissions={"read": "synthetics_read", "write": "synthetics_write"},
    title="DEM journey",
    area="Digital experience",
    tier=3,
)
