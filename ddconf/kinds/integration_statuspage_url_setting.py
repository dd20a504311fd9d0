"""Statuspage URL setting: https://docs.datadoghq.com/api/latest/statuspage-integration/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_statuspage_url_setting",
    api=jsonapi("/api/v2/integration/statuspage/url_settings", "statuspage-url-setting", read=None),
    key=("url",),
    read_only=("id",),
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Statuspage URL setting",
    area="Integrations",
    tier=3,
)
