"""Service level objectives. https://docs.datadoghq.com/api/latest/service-level-objectives/"""

import re

from ddconf.document import JSON, Document, get
from ddconf.kind import Call, Kind, Pages, plain, rest


def _as_query(count: Document) -> Document:
    """A metric SLO's specification in its other form: the formulas with their queries put in."""
    texts = {query.get("name"): str(query.get("query")) for query in count.get("queries") or []}

    def inlined(name: str) -> str:
        formula = str(get(count, (name, "formula"), ""))
        return re.sub(r"\w+", lambda word: texts.get(word[0], word[0]), formula)

    good = inlined("good_events_formula")
    if "bad_events_formula" in count:
        return {"numerator": good, "denominator": f"({good}) + ({inlined('bad_events_formula')})"}
    return {"numerator": good, "denominator": inlined("total_events_formula")}


def _bare(query: JSON) -> JSON:
    return re.sub(r"[()\s]", "", f"{get(query, ('numerator',))} / {get(query, ('denominator',))}")


def _canonicalize(document: Document) -> Document:
    """One form where Datadog shows two: `query` of a count, `thresholds` of the timeframe and its targets."""
    canonical_form = dict(document)
    count = get(document, ("sli_specification", "count"))
    if isinstance(count, dict):
        query = document.get("query") or _as_query(count)
        if _bare(query) == _bare(_as_query(count)):
            canonical_form["query"] = query
            del canonical_form["sli_specification"]
    thresholds = [item for item in document.get("thresholds") or [] if isinstance(item, dict)]
    timeframe = document.get("timeframe") or get(thresholds, (0, "timeframe"))
    for threshold in thresholds:
        if threshold.get("timeframe") == timeframe:
            own = {"target_threshold": threshold.get("target"), "warning_threshold": threshold.get("warning")}
            canonical_form = {
                key: value for key, value in canonical_form.items() if key not in own or value != own[key]
            }
    if timeframe == get(thresholds, (0, "timeframe")):
        canonical_form.pop("timeframe", None)
    return canonical_form


KIND = Kind(
    name="service_level_objective",
    api=rest(
        "/api/v1/slo",
        envelope=plain("data"),
        items="data",
        pages=Pages("offset", "offset", "limit", limit=1000, total="metadata.page.total_count"),
        delete=Call("DELETE", "/api/v1/slo/{id}", params={"force": "true"}),
    ),
    read_only=(
        "id",
        "creator",
        "created_at",
        "modified_at",
        "type_id",
        "monitor_tags",
        "configured_alert_ids",
        "thresholds[*].target_display",
        "thresholds[*].warning_display",
    ),
    defaults={"description": "", "sli_specification.time_slice.query_interval_seconds": 300},
    unordered=("tags", "monitor_ids", "groups"),
    references={"monitor_ids[*]": "monitor"},
    identity={"thresholds": "timeframe"},
    together=(
        ("query", "sli_specification"),
        ("thresholds", "timeframe", "target_threshold", "warning_threshold"),
    ),
    canonicalize=_canonicalize,
    takes_mark=True,
    permissions={"read": "slos_read", "write": "slos_write"},
    page="/slo?slo_id={id}",
    told_by=("thresholds", "type"),
    title="Service level objective",
    area="Monitors",
    terraform=("datadog_service_level_objective",),
)
