"""Scorecard rule: https://docs.datadoghq.com/api/latest/scorecards/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="scorecard_rule",
    api=jsonapi(
        "/api/v2/scorecard/rules",
        "rule",
        id_in=(),
        read=None,
        update=Call("PUT", "/api/v2/scorecard/rules/{id}"),
        pages=Pages("offset", "page[offset]", "page[size]", limit=100),
        merges=False,
    ),
    key=("scorecard_name", "name"),
    read_only=("id", "category", "created_at", "custom", "modified_at", "relationships"),
    defaults={
        "level": 3,
    },
    title="Scorecard rule",
    area="Software delivery",
    tier=3,
)
