"""Governance notification settings: https://docs.datadoghq.com/api/latest/governance-console/"""

from ddconf.kind import Call, Kind, enveloped, singleton

KIND = Kind(
    name="governance_notification_settings",
    api=singleton(
        "/api/v2/governance/notification_settings",
        envelope=enveloped("governance_notification_settings", id_in=()),
        update=Call("PATCH", "/api/v2/governance/notification_settings"),
        merges=True,
    ),
    key=(),
    read_only=("id",),
    permissions={
        "read": "governance_console_read",
        "write": "governance_console_read and governance_console_write",
    },
    asked_only=True,
    title="Governance notification settings",
    area="Access",
    tier=3,
    notes="Datadog may still change this API.",
)
