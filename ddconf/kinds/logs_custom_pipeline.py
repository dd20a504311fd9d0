"""Log pipelines of our own. https://docs.datadoghq.com/api/latest/logs-pipelines/"""

from ddconf.document import JSON, Document
from ddconf.kind import Kind, rest

_FILLED_IN: dict[str, Document] = {
    "append": {"preserve_source": True},
    "arithmetic-processor": {"is_replace_missing": False},
    "array-map-processor": {"preserve_source": True},
    "attribute-remapper": {
        "override_on_conflict": False,
        "preserve_source": False,
        "source_type": "attribute",
        "target_type": "attribute",
    },
    "geo-ip-parser": {"ip_processing_behavior": "do-nothing"},
    "key-value": {"override_on_conflict": False},
    "schema-remapper": {"override_on_conflict": False, "preserve_source": False},
    "string-builder-processor": {"is_replace_missing": False},
    "url-parser": {"normalize_ending_slashes": False},
    "user-agent-parser": {"is_encoded": False},
}
"""What the server fills in where it is left out, by the `type` of a processor or of an operation in one."""


def _without_filled_in(value: JSON) -> JSON:
    if isinstance(value, list):
        return [_without_filled_in(item) if isinstance(item, dict | list) else item for item in value]
    if not isinstance(value, dict):
        return value
    type_ = value.get("type")
    defaults = {"is_enabled": False, **_FILLED_IN.get(type_, {})} if isinstance(type_, str) else {}
    return {
        key: _without_filled_in(item) if isinstance(item, dict | list) else item
        for key, item in value.items()
        if not (key in defaults and item == defaults[key])
    }


def _canonicalize(document: Document) -> Document:
    """Drop what the server fills in by a processor's type, at any depth."""
    return document | {"processors": _without_filled_in(document.get("processors"))}


KIND = Kind(
    name="logs_custom_pipeline",
    api=rest(
        "/api/v1/logs/config/pipelines",
        where={"is_read_only": False},
        gone={404: "", 400: "Non existing pipeline"},
        order_kind="logs_pipeline_order",
        queue="logs",
    ),
    read_only=("id", "type", "is_read_only"),
    defaults={
        "is_enabled": False,
        "description": "",
        "filter.query": "",
        "processors[*].is_enabled": False,
        "processors[*].processors[*].is_enabled": False,
    },
    unordered=("tags",),
    identity={"processors": "name", "processors[*].processors": "name"},
    canonicalize=_canonicalize,
    references={
        "processors[*].lookup_enrichment_table": "reference_table.table_name",
        "processors[*].processors[*].lookup_enrichment_table": "reference_table.table_name",
    },
    takes_mark=True,
    permissions={"read": "logs_read_config", "write": "logs_write_pipelines"},
    page="/logs/pipelines",
    told_by=("processors", "filter"),
    title="Log pipeline",
    area="Logs",
    terraform=("datadog_logs_custom_pipeline",),
    notes="A pipeline or processor without `is_enabled: true` is off. New ones go to the end of the order.",
)
