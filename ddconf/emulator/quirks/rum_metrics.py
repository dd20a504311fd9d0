"""Metrics made from RUM events: a change keeps what it does not name. https://docs.datadoghq.com/api/latest/rum-metrics/"""

from __future__ import annotations

from dataclasses import replace

from ddconf.emulator.call import RouteCall
from ddconf.emulator.collections import plain
from ddconf.emulator.error_styles import refusal
from ddconf.emulator.wire import Document

_PLAIN = plain("rum_metric")
_UNIQUE = (None, "session", "view")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    if (
        call.method == "PATCH"
        and call.validates
        and call.body["data"].get("id", call.args["id"]) != call.args["id"]
    ):
        raise refusal("status title detail", 409, "the id of the body is not that of the path")
    if call.validates and sent.get("uniqueness") and sent.get("event_type") not in _UNIQUE:
        raise refusal("status title detail", 400, "uniqueness is of sessions and views only")
    document = _PLAIN.complete(call, sent, before)
    compute = {**(before or {}).get("compute", {}), **(document.get("compute") or {})}
    groups = [{**group, "tag_name": group.get("tag_name") or group["path"]} for group in document["group_by"]]
    own = {"compute": compute, "group_by": groups}
    return {**document, **own}


METRICS = replace(_PLAIN, complete=_complete)
