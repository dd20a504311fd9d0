"""Static analysis custom ruleset: https://docs.datadoghq.com/api/latest/static-analysis/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="static_analysis_custom_ruleset",
    api=jsonapi(
        "/api/v2/static-analysis/custom/rulesets",
        "custom_ruleset",
        id_in=("create", "update"),
        create=Call("PUT", "/api/v2/static-analysis/custom/rulesets"),
    ),
    key=("id",),
    read_only=(
        "created_at",
        "created_by",
        "rules[*].created_at",
        "rules[*].created_by",
        "rules[*].last_revision.checksum",
        "rules[*].last_revision.created_at",
        "rules[*].last_revision.created_by",
        "rules[*].last_revision.id",
        "rules[*].last_revision.version_id",
        "rules[*].revisions[*].checksum",
        "rules[*].revisions[*].created_at",
        "rules[*].revisions[*].created_by",
        "rules[*].revisions[*].id",
        "rules[*].revisions[*].version_id",
    ),
    unordered=("rules[*].last_revision.tags", "rules[*].revisions[*].tags"),
    immutable=("id",),
    title="Static analysis custom ruleset",
    area="Security",
    tier=3,
    notes="Datadog may still change this API.",
)
