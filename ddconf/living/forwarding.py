"""Logs to custom destinations: posted where the address is of this machine, else only counted.

https://docs.datadoghq.com/logs/log_configuration/forwarding_custom_destinations/
"""

from __future__ import annotations

import json
import threading
from base64 import b64encode
from collections.abc import Sequence
from zlib import MAX_WBITS, compressobj

from ddconf.document import Document
from ddconf.living.loopback import is_allowed, post
from ddconf.living.routing.archives import archived_event
from ddconf.living.routing.destinations import Destination
from ddconf.living.routing.routing import RoutedLog, Routing
from ddconf.living.sandbox import Sandbox
from ddconf.living.store.log_ids import log_id


def forward(sandbox: Sandbox, routing: Routing, routed: Sequence[tuple[int, RoutedLog]]) -> None:
    """Send logs to the destinations that took them; returns before they are sent."""
    for destination in routing.destinations:
        mine = [(number, one) for number, one in routed if destination.name in one.why.destinations]
        if not mine:
            continue
        if not is_allowed(destination.url, sandbox.settings.notify_to):
            sandbox.journal.count("logs_not_forwarded", len(mine))
            continue
        events = [_event(destination, number, one) for number, one in mine]
        threading.Thread(target=_send, args=(sandbox, destination, events), daemon=True).start()


def _event(destination: Destination, number: int, routed: RoutedLog) -> Document:
    log = routed.log
    event = archived_event(log_id(log.timestamp or 0, number), log, include_tags=False)
    tags = destination.tags(log.tags)
    return event | ({"tags": tags} if tags else {})


def _send(sandbox: Sandbox, destination: Destination, events: list[Document]) -> None:
    packer = compressobj(wbits=MAX_WBITS | 16)
    body = packer.compress(json.dumps(events, ensure_ascii=False).encode()) + packer.flush()
    headers = {"content-type": "application/json", "content-encoding": "gzip", **_auth(destination.auth)}
    status = post(destination.url, body, headers)
    sandbox.journal.count("logs_forwarded" if 200 <= status < 300 else "logs_forwarding_failed", len(events))


def _auth(auth: Document) -> dict[str, str]:
    """What of the secret is known: the organisation keeps none, as Datadog shows none."""
    if auth.get("type") == "basic":
        return {"authorization": "Basic " + b64encode(b"sandbox:sandbox").decode()}
    return {str(auth["header_name"]): "sandbox"} if auth.get("header_name") else {}
