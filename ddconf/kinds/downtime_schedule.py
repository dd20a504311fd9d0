"""Downtime: https://docs.datadoghq.com/api/latest/downtimes/"""

import re

from ddconf.document import Document, copy, find, get, parse_path, put
from ddconf.kind import Kind, Pages, jsonapi


def _canonicalize(document: Document) -> Document:
    """Datadog writes `+00:00` for `Z`, and UTC where no time zone is named."""
    canonical_form: Document = copy(document)
    if canonical_form.get("display_timezone") == "":
        canonical_form["display_timezone"] = "UTC"
    for pattern in ("schedule.start", "schedule.end"):
        for path in find(canonical_form, parse_path(pattern)):
            put(canonical_form, path, re.sub("Z$", "+00:00", str(get(canonical_form, path) or "")) or None)
    return canonical_form


KIND = Kind(
    name="downtime_schedule",
    api=jsonapi(
        "/api/v2/downtime",
        "downtime",
        pages=Pages(
            "offset", "page[offset]", "page[limit]", limit=30, total="meta.page.total_filtered_count"
        ),
        where={"canceled": None},
    ),
    key=("message", "scope"),
    read_only=(
        "id",
        "canceled",
        "created",
        "modified",
        "run_as",
        "status",
        "schedule.current_downtime",
        "relationships",
    ),
    defaults={
        "display_timezone": "UTC",
        "schedule.timezone": "UTC",
        "mute_first_recovery_notification": False,
        "notify_end_states": ["alert", "no data", "warn"],
        "notify_end_types": ["expired"],
    },
    computed=(
        "schedule.start",
        "schedule.recurrences[*].start",
    ),
    unordered=("monitor_identifier.monitor_tags", "notify_end_states", "notify_end_types"),
    references={"monitor_identifier.monitor_id": "monitor"},
    canonicalize=_canonicalize,
    permissions={"read": "monitors_downtime", "write": "monitors_downtime"},
    title="Downtime",
    area="Monitors",
    terraform=("datadog_downtime_schedule",),
    notes="A delete cancels. Without a start it starts at once.",
)
