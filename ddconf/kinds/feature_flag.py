"""Feature flag: https://docs.datadoghq.com/api/latest/feature-flags/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="feature_flag",
    api=jsonapi(
        "/api/v2/feature-flags",
        "feature-flags",
        id_in=(),
        update=Call("PUT", "/api/v2/feature-flags/{id}"),
        delete=None,
        pages=Pages("offset", "offset", "limit", limit=1000, total="meta.page.total_count"),
        merges=False,
        where={"archived_at": None},
    ),
    key=("key",),
    unique_key=True,
    read_only=(
        "id",
        "archived_at",
        "created_at",
        "created_by",
        "feature_flag_environments",
        "is_favorite",
        "last_updated_by",
        "staleness_details",
        "staleness_status_override",
        "updated_at",
        "variants[*].created_at",
        "variants[*].id",
        "variants[*].updated_at",
    ),
    defaults={
        "description": "",
        "distribution_channel": "ALL",
        "require_approval": False,
        "staleness_status": "ACTIVE",
    },
    unordered=("tags",),
    immutable=(
        "default_variant_key",
        "distribution_channel",
        "key",
        "require_approval",
        "staleness_status",
        "tags",
        "value_type",
        "variants",
    ),
    permissions={
        "read": "feature_flag_config_read and feature_flag_environment_config_read",
        "write": "feature_flag_config_write and feature_flag_environment_config_read",
    },
    title="Feature flag",
    area="Software delivery",
    tier=3,
    notes="A flag is archived by hand, and then left alone.",
)
