"""Confluent resource: https://docs.datadoghq.com/api/latest/confluent-cloud/"""

from ddconf.document import Document
from ddconf.kind import Kind, jsonapi


def _canonicalize(resource: Document) -> Document:
    """Datadog writes tags in lower case."""
    return {**resource, "tags": [tag.lower() for tag in resource.get("tags") or ()]}


KIND = Kind(
    name="integration_confluent_resource",
    api=jsonapi(
        "/api/v2/integrations/confluent-cloud/accounts/{account_id}/resources",
        "confluent-cloud-resources",
        id_in=("create", "update"),
        parent=("account_id", "integration_confluent_account"),
    ),
    key=("account_id", "id"),
    defaults={"enable_custom_metrics": False},
    unordered=("tags",),
    canonicalize=_canonicalize,
    immutable=("account_id", "id"),
    references={"account_id": "integration_confluent_account"},
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Confluent resource",
    area="Integrations",
    terraform=("datadog_integration_confluent_resource",),
    tier=3,
)
