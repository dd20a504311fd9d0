"""Monitor template: https://docs.datadoghq.com/api/latest/monitors/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="monitor_user_template",
    api=jsonapi(
        "/api/v2/monitor/template",
        "monitor-user-template",
        update=Call("PUT", "/api/v2/monitor/template/{id}"),
        check=Call("POST", "/api/v2/monitor/template/validate"),
        check_existing=Call("POST", "/api/v2/monitor/template/{id}/validate"),
        merges=False,
    ),
    key=("title",),
    read_only=(
        "id",
        "created",
        "creator_uuid",
        "modified",
        "version",
        "versions",
    ),
    unordered=("tags",),
    permissions={"read": "monitors_read", "write": "monitor_config_policy_write"},
    title="Monitor template",
    area="Monitors",
    tier=2,
    notes="An update makes a new version. Datadog may still change this API.",
)
