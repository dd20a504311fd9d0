"""Static analysis AI ruleset: https://docs.datadoghq.com/api/latest/static-analysis/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="static_analysis_ai_ruleset",
    api=jsonapi(
        "/api/v2/static-analysis/ai/rulesets",
        "ai_ruleset",
        id_in=("create", "update"),
        pages=Pages("offset", "page[offset]", "page[limit]", limit=100),
    ),
    key=("id",),
    read_only=("created_at", "created_by", "rules"),
    immutable=("id",),
    title="Static analysis AI ruleset",
    area="Security",
    tier=3,
    notes="Datadog may still change this API.",
)
