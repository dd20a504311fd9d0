"""Feature flag environment: https://docs.datadoghq.com/api/latest/feature-flags/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="feature_flag_environment",
    api=jsonapi(
        "/api/v2/feature-flags/environments",
        "environments",
        id_in=(),
        update=Call("PUT", "/api/v2/feature-flags/environments/{id}"),
        pages=Pages("offset", "offset", "limit", limit=1000, total="meta.page.total_count"),
        merges=False,
    ),
    read_only=("id", "created_at", "description", "key", "observe_full_evaluation_data", "updated_at"),
    defaults={"is_production": False, "require_feature_flag_approval": False},
    permissions={
        "read": "feature_flag_environment_config_read",
        "write": "feature_flag_environment_config_write",
    },
    title="Feature flag environment",
    area="Software delivery",
    tier=3,
)
