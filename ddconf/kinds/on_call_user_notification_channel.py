"""On-Call notification channel of a user: https://docs.datadoghq.com/api/latest/on-call/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="on_call_user_notification_channel",
    api=jsonapi(
        "/api/v2/on-call/users/{user_id}/notification-channels",
        "notification_channels",
        id_in=(),
        update=None,
        parent=("user_id", "user"),
    ),
    key=("user_id", "config"),
    read_only=(
        "id",
        "active",
        "config.application_name",
        "config.device_name",
        "config.formatted_number",
        "config.region",
        "config.sms_subscribed_at",
        "config.verified",
    ),
    immutable=("user_id",),
    references={"user_id": "user"},
    permissions={"read": "on_call_read", "write": "on_call_respond"},
    title="On-Call notification channel of a user",
    area="Service management",
    terraform=("datadog_on_call_user_notification_channel",),
    tier=3,
)
