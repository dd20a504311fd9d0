"""RUM retention quota: https://docs.datadoghq.com/api/latest/rum-retention-quotas/"""

from ddconf.document import JSON, Document
from ddconf.kind import Call, Kind, jsonapi


def _body(quota: Document) -> JSON:
    """The scope is in the path, and its id in the body, too."""
    attributes = {key: value for key, value in quota.items() if key not in ("scope_type", "scope_id")}
    return {"data": {"type": "rum_quota_config", "id": quota["scope_id"], "attributes": attributes}}


KIND = Kind(
    name="rum_retention_quota",
    api=jsonapi(
        "/api/v2/rum/config/retention-quota/{scope_type}/{scope_id}",
        "rum_quota_config",
        list=None,
        create=Call("PUT", "/api/v2/rum/config/retention-quota/{scope_type}/{scope_id}", body=_body),
        read=Call("GET", "/api/v2/rum/config/retention-quota/{scope_type}/{scope_id}"),
        update=Call("PUT", "/api/v2/rum/config/retention-quota/{scope_type}/{scope_id}", body=_body),
        delete=Call("DELETE", "/api/v2/rum/config/retention-quota/{scope_type}/{scope_id}"),
        items="",
        merges=False,
    ),
    id="",
    key=("scope_type", "scope_id"),
    read_only=("id", "org_id", "updated_at", "updated_by"),
    immutable=("scope_type", "scope_id"),
    references={"scope_id": "rum_application"},
    permissions={"read": "rum_retention_filters_read", "write": "rum_retention_filters_write"},
    title="RUM retention quota",
    area="Digital experience",
    tier=3,
)
