"""Mutes of monitors from before there were downtimes, which older clients still ask for.

https://github.com/DataDog/datadogpy
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.quirks.monitors import MONITORS, PATH
from ddconf.emulator.wire import Document, Response, answer


def _silenced(call: RouteCall, monitor: Document, silenced: Document) -> Response:
    options = {**monitor["options"], "silenced": silenced}
    return answer(200, call.store.put(MONITORS.name, monitor["id"], {**monitor, "options": options}))


@route("POST", f"{PATH}/{{id}}/mute")
def mute(call: RouteCall) -> Response:
    """The whole monitor or one scope, until an end or for good."""
    monitor, sent = MONITORS.find(call), call.body or {}
    before = monitor["options"].get("silenced", {})
    return _silenced(call, monitor, {**before, sent.get("scope") or "*": sent.get("end")})


@route("POST", f"{PATH}/{{id}}/unmute")
def unmute(call: RouteCall) -> Response:
    monitor, sent = MONITORS.find(call), call.body or {}
    if sent.get("all_scopes") or not sent.get("scope"):
        return _silenced(call, monitor, {})
    before = monitor["options"].get("silenced", {})
    return _silenced(call, monitor, {key: end for key, end in before.items() if key != sent["scope"]})
