"""Who is told of a governance control: https://docs.datadoghq.com/api/latest/governance-console/"""

from ddconf.kind import Api, Call, Kind, enveloped

_PATH = "/api/v2/governance/control/{detection_type}/notification_settings"

KIND = Kind(
    name="governance_control_notification_settings",
    api=Api(
        envelope=enveloped("control_notification_settings", id_in=()),
        read=Call("GET", _PATH),
        update=Call("PUT", _PATH),
        parent=("detection_type", "governance_control"),
    ),
    id="detection_type",
    key=("detection_type",),
    read_only=("id",),
    unordered=("event_settings", "event_settings[*].targets"),
    immutable=("detection_type",),
    references={"detection_type": "governance_control"},
    identity={"event_settings": "event_type"},
    permissions={
        "read": "governance_console_read",
        "write": "governance_console_read and governance_console_write",
    },
    asked_only=True,
    title="Notification settings of a governance control",
    area="Access",
    tier=3,
    notes="Each control has them from the start. Datadog may still change this API.",
)
