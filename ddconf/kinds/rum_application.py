"""RUM application: https://docs.datadoghq.com/api/latest/rum/"""

from ddconf.document import Document, get
from ddconf.kind import Kind, enveloped, jsonapi, translated

_ENVELOPE = enveloped("rum_application", create="rum_application_create", update="rum_application_update")
_SCALES = {
    "product_analytics_retention_state": ("product_scales", "product_analytics_retention_scale", "state"),
    "rum_event_processing_state": ("product_scales", "rum_event_processing_scale", "state"),
}
"""Fields of a body, and where an answer has them."""


def _as_defined(application: Document) -> Document:
    scales = {name: get(application, path) for name, path in _SCALES.items()}
    return {**{name: state for name, state in scales.items() if state}, **application}


KIND = Kind(
    name="rum_application",
    api=jsonapi(
        "/api/v2/rum/applications",
        "rum_application",
        envelope=translated(_ENVELOPE, _as_defined),
        summary=True,
    ),
    read_only=(
        "id",
        "api_key_id",
        "apm_rum_flat_sampling_replay_sample_rate",
        "application_id",
        "client_token",
        "created_at",
        "created_by_handle",
        "hash",
        "is_active",
        "ootb_metrics_installed",
        "org_id",
        "product_analytics_disabled_at",
        "product_analytics_enabled",
        "product_analytics_enabled_at",
        "product_analytics_preview_disabled",
        "product_scales",
        "remote_config_id",
        "rum_disabled_at",
        "rum_enabled",
        "rum_enabled_at",
        "short_name",
        "updated_at",
        "updated_by_handle",
    ),
    defaults={
        "product_analytics_replay_sample_rate": 100,
        "product_analytics_retention_state": "NONE",
        "rum_event_processing_state": "ALL",
    },
    permissions={"read": "rum_apps_read", "write": "rum_apps_write"},
    title="RUM application",
    area="Digital experience",
    terraform=("datadog_rum_application",),
    tier=2,
)
