"""On-Call notification rule of a user: https://docs.datadoghq.com/api/latest/on-call/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="on_call_user_notification_rule",
    api=jsonapi(
        "/api/v2/on-call/users/{user_id}/notification-rules",
        "notification_rules",
        update=Call("PUT", "/api/v2/on-call/users/{user_id}/notification-rules/{id}"),
        merges=False,
        parent=("user_id", "user"),
    ),
    key=("user_id", "category", "delay_minutes"),
    read_only=("id",),
    defaults={"category": "high_urgency"},
    immutable=("user_id",),
    references={
        "user_id": "user",
        "relationships.channel.data.id": "on_call_user_notification_channel",
    },
    permissions={"read": "on_call_read", "write": "on_call_read or on_call_respond"},
    title="On-Call notification rule of a user",
    area="Service management",
    terraform=("datadog_on_call_user_notification_rule",),
    tier=3,
)
