"""Hosts are muted one by one. https://docs.datadoghq.com/api/latest/hosts/"""

from __future__ import annotations

from ddconf.emulator.wire import Response, answer
from ddconf.living.routes import IncomingRequest, endpoint
from ddconf.living.sandbox import Sandbox

_MUTES = "muted_hosts"


def muted(sandbox: Sandbox) -> dict[str, int | None]:
    """The muted hosts, and the second when each mute ends, if it does."""
    mutes: dict[str, int | None] = sandbox.organisation.fact(_MUTES, {})
    return mutes


@endpoint("POST", "/api/v1/host/{name}/mute")
def mute(call: IncomingRequest) -> Response:
    sent = call.json if isinstance(call.json, dict) else {}
    end = {call.args["name"]: sent.get("end")}
    call.sandbox.organisation.set_fact(_MUTES, {**muted(call.sandbox), **end})
    told = {"action": "Muted", "hostname": call.args["name"], "message": sent.get("message", "")}
    return answer(200, told | ({"end": sent["end"]} if sent.get("end") else {}))


@endpoint("POST", "/api/v1/host/{name}/unmute")
def unmute(call: IncomingRequest) -> Response:
    kept = {name: end for name, end in muted(call.sandbox).items() if name != call.args["name"]}
    call.sandbox.organisation.set_fact(_MUTES, kept)
    return answer(200, {"action": "Unmuted", "hostname": call.args["name"]})
