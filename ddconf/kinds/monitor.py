"""Monitors. https://docs.datadoghq.com/api/latest/monitors/"""

from ddconf.document import Document
from ddconf.kind import Call, Kind, Pages, rest

_TRIMMED = ("message", "query", "name")


def _canonicalize(document: Document) -> Document:
    """Datadog trims texts, and moves a monitor between its two types of metric alert as the query needs."""
    canonical_form = {
        key: value.strip() if key in _TRIMMED and isinstance(value, str) else value
        for key, value in document.items()
    }
    if canonical_form.get("type") == "metric alert":
        canonical_form["type"] = "query alert"
    options = canonical_form.get("options")
    if isinstance(options, dict) and isinstance(text := options.get("escalation_message"), str):
        canonical_form["options"] = options | {"escalation_message": text.strip()}
    return canonical_form


KIND = Kind(
    name="monitor",
    api=rest(
        "/api/v1/monitor",
        pages=Pages("page", "page", "page_size", limit=1000),
        delete=Call("DELETE", "/api/v1/monitor/{id}", params={"force": "true"}),
        check=Call("POST", "/api/v1/monitor/validate"),
        check_existing=Call("POST", "/api/v1/monitor/{id}/validate"),
        merges=True,
    ),
    integer_id=True,
    read_only=(
        "id",
        "org_id",
        "assets[*].monitor_id",
        "assets[*].options",
        "classification",
        "created",
        "created_at",
        "creator",
        "deleted",
        "matching_downtimes",
        "modified",
        "multi",
        "overall_state",
        "overall_state_modified",
        "restricted",
        "restriction_policy",
        "run_as",
        "state",
        "options.aggregation",
        "options.avalanche_window",
        "options.device_ids",
        "options.silenced",
    ),
    defaults={
        "draft_status": "published",
        "message": "",
        "priority": 0,
        "options.escalation_message": "",
        "options.groupby_simple_monitor": False,
        "options.include_tags": True,
        "options.locked": False,
        "options.new_host_delay": 300,
        "options.notify_audit": False,
        "options.notify_no_data": False,
        "options.on_missing_data": "default",
    },
    unordered=("tags", "restricted_roles", "options.notify_by", "options.renotify_statuses"),
    references={"restricted_roles[*]": "role", "query": ("monitor", "service_level_objective")},
    unmanaged={"type": "synthetics alert"},
    canonicalize=_canonicalize,
    takes_mark=True,
    permissions={"read": "monitors_read", "write": "monitors_write"},
    page="/monitors/{id}",
    told_by=("query", "type", "message"),
    title="Monitor",
    area="Monitors",
    terraform=("datadog_monitor", "datadog_monitor_json"),
    notes="Mutes (`options.silenced`) follow from downtimes and are left alone. "
    "The list does not show runbooks (`assets`): they are written, and no drift of them is seen.",
)
