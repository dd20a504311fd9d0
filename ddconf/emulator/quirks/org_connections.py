"""Connections to other organisations, one of a pair. https://docs.datadoghq.com/api/latest/org-connections/"""

from __future__ import annotations

from dataclasses import replace

from ddconf.emulator.call import RouteCall
from ddconf.emulator.collections import plain
from ddconf.emulator.ids import is_uuid
from ddconf.emulator.wire import Document, texts

_PLAIN = plain("org_connection")


def _sink(document: Document) -> Document:
    link: Document = document.get("relationships", {}).get("sink_org", {}).get("data", {})
    return link


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    types = sent.get("connection_types") or []
    if call.validates and len({str(type) for type in types}) < len(types):
        raise texts(400, "Connection types must be unique")
    if before is None:
        sink = _sink(call.body["data"]).get("id")
        if not sink or sink == call.actor.org_uuid:
            raise texts(400, "Invalid sink org")
        if call.validates and not is_uuid(str(sink)):
            raise texts(404, f"org {sink} not found")
        if any(_sink(other).get("id") == sink for other in call.store.all(_PLAIN.name)):
            raise texts(409, f"connection between orgs {call.actor.org_uuid} and {sink} already exists")
    return _PLAIN.complete(call, sent, before)


def _show(call: RouteCall, connection: Document) -> Document:
    """With the name of the other organisation, which nobody here knows."""
    shown = _PLAIN.show(call, connection)
    links = dict(shown["relationships"])
    links["sink_org"] = {"data": {"name": "", **_sink(connection)}}
    return {**shown, "relationships": links}


CONNECTIONS = replace(_PLAIN, complete=_complete, show=_show, show_listed=_show, show_written=_show)
