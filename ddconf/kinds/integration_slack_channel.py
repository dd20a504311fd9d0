"""Slack channel: https://docs.datadoghq.com/api/latest/slack-integration/"""

from ddconf.kind import Call, Kind, rest

_PATH = "/api/v1/integration/slack/configuration/accounts/{account_name}/channels"

KIND = Kind(
    name="integration_slack_channel",
    api=rest(
        _PATH,
        update=Call("PATCH", f"{_PATH}/{{name}}"),
        read=Call("GET", f"{_PATH}/{{name}}"),
        delete=Call("DELETE", f"{_PATH}/{{name}}"),
        merges=True,
        parent=("account_name", ""),
    ),
    id="",
    key=("account_name", "name"),
    defaults={
        "display.message": True,
        "display.mute_buttons": False,
        "display.notified": True,
        "display.snapshot": True,
        "display.tags": True,
    },
    immutable=("account_name", "name"),
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Slack channel",
    area="Integrations",
    terraform=("datadog_integration_slack_channel",),
    tier=2,
    notes="Of the Slack accounts those are looked at that definitions name.",
)
