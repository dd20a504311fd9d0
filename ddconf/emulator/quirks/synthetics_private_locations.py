"""Private locations of synthetic tests: the keys of their workers are shown once, when one is made.

https://docs.datadoghq.com/synthetics/platform/private_locations/
"""

from __future__ import annotations

import re
from dataclasses import replace

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.collections import plain
from ddconf.emulator.ids import hexadecimal, number
from ddconf.emulator.wire import Document, Refusal, Response, answer, texts

_SITE = {"site": "datadoghq.com"}
_PUBLIC_KEY = "-----BEGIN PUBLIC KEY-----\nsandbox\n-----END PUBLIC KEY-----"
_OWN_KEY = "test_encryption_public_key"  # with it the sender keeps the secrets


def _missing(_call: RouteCall, id: str) -> Refusal:
    return texts(404, f"Synthetics Private Location: {id} not found")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    old = {
        "createdAt": call.iso,
        "createdBy": call.actor.handle,
        "pl_id": number(5)(call.store.random),
        **(before or {}),
    }
    kept = {key: old[key] for key in ("createdAt", "createdBy", "pl_id")}
    described = {key: sent.get(key, "") for key in ("description", "name")}
    told = {"tags": sent.get("tags") or [], "metadata": sent.get("metadata") or None}
    return {**kept, "modifiedAt": call.iso, **described, **told}


def _show(call: RouteCall, location: Document) -> Document:
    """Its number and its key are told to who asks for them."""
    if call.flag("include_pl_info"):
        return {"public_key_test": {"pem": _PUBLIC_KEY, "fingerprint": "sandbox"}, **location}
    return {key: value for key, value in location.items() if key not in ("pl_id", "public_key_test")}


LOCATIONS = replace(
    plain("synthetics_private_location"),
    complete=_complete,
    show=_show,
    show_written=_show,
    missing=_missing,
)


@route("POST", "/api/v1/synthetics/private-locations")
def create(call: RouteCall) -> Response:
    """What its workers need is shown here and never again."""
    word = re.sub(r"[^a-z0-9_-]+", "-", str(call.body["name"]).lower())
    id = f"pl:{word}-{hexadecimal(call.store.random)}"
    made = {**_complete(call, call.body, None), "id": id}
    call.store.put(LOCATIONS.name, id, made)
    shown = {**_show(call, made), "config": _SITE}
    if _OWN_KEY in call.body:
        return answer(200, {"private_location": shown})
    shown["secrets"] = {"config_decryption": _secret(call), "authentication": _secret(call)}
    encryption = {"id": "sandbox", "key": _PUBLIC_KEY}
    return answer(200, {"private_location": shown, "config": _config(shown), "result_encryption": encryption})


def _secret(call: RouteCall) -> Document:
    return {"id": hexadecimal(call.store.random), "key": "shown once"}


def _config(shown: Document) -> Document:
    """The file of a worker."""
    secrets = shown["secrets"]
    keys = {
        "accessKey": secrets["authentication"]["id"],
        "secretAccessKey": secrets["authentication"]["key"],
        "privateKey": secrets["config_decryption"]["key"],
        "publicKey": {"pem": _PUBLIC_KEY, "fingerprint": "sandbox"},
    }
    return {"id": shown["id"], **_SITE, **keys}
