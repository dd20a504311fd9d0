"""Scorecard campaign: https://docs.datadoghq.com/api/latest/scorecards/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="scorecard_campaign",
    api=jsonapi(
        "/api/v2/scorecard/campaigns",
        "campaign",
        id_in=(),
        update=Call("PUT", "/api/v2/scorecard/campaigns/{id}"),
        pages=Pages("offset", "page[offset]", "page[limit]", limit=10, total="meta.count"),
        merges=False,
    ),
    key=("key",),
    read_only=("id", "created_at", "modified_at", "owner"),
    references={
        "rule_ids[*]": "scorecard_rule",
        "owner_id": "user",
    },
    title="Scorecard campaign",
    area="Software delivery",
    tier=3,
)
