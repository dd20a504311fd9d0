"""RUM retention quota: https://docs.datadoghq.com/api/latest/rum-retention-quotas/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="rum_retention_quota",
    api=jsonapi(
        "/api/v2/rum/config/retention-quota/{scope_type}/{scope_id}",
        "rum_quota_config",
        list=None,
        create=Call("PUT", "/api/v2/rum/config/retention-quota/{scope_type}/{scope_id}"),
        read=Call("GET", "/api/v2/rum/config/retention-quota/{scope_type}/{scope_id}"),
        update=Call("PUT", "/api/v2/rum/config/retention-quota/{scope_type}/{scope_id}"),
        delete=Call("DELETE", "/api/v2/rum/config/retention-quota/{scope_type}/{scope_id}"),
        items="",
        merges=False,
    ),
    id="",
    key=("scope_type", "scope_id"),
    read_only=("id", "org_id", "updated_at", "updated_by"),
    references={"scope_id": "rum_application"},
    permissions={"read": "rum_retention_filters_read", "write": "rum_retention_filters_write"},
    title="RUM retention quota",
    area="Digital experience",
    tier=3,
)
