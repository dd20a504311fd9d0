"""Webhook: https://docs.datadoghq.com/api/latest/webhooks-integration/"""

import json

from ddconf.kind import Kind, rest

_PAYLOAD = {
    "body": "$EVENT_MSG",
    "last_updated": "$LAST_UPDATED",
    "event_type": "$EVENT_TYPE",
    "title": "$EVENT_TITLE",
    "date": "$DATE",
    "org": {"id": "$ORG_ID", "name": "$ORG_NAME"},
    "id": "$ID",
}
"""What Datadog sends where a webhook does not say."""

KIND = Kind(
    name="webhook",
    api=rest("/api/v1/integration/webhooks/configuration/webhooks", list=None, merges=True),
    id="name",
    defaults={
        "encode_as": "json",
        "payload": json.dumps(_PAYLOAD),
    },
    secrets=("custom_headers",),
    sensitive=("url",),
    handles=("@webhook-{name}",),
    permissions={"read": "integrations_read", "write": "create_webhooks or manage_integrations"},
    title="Webhook",
    area="Integrations",
    terraform=("datadog_webhook",),
    tier=2,
    notes="There is no list: one is found by its name.",
)
