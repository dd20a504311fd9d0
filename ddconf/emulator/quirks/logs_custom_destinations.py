"""Log forwarding destinations: secrets go in and never come back.

https://docs.datadoghq.com/api/latest/logs-custom-destinations/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.wire import Document, Refusal, texts

_DESTINATIONS = "http|splunk_hec|elasticsearch|microsoft_sentinel|google_security_operations!"
_SECRETS = ("username", "password", "header_value")


def _missing(_call: RouteCall, _id: str) -> Refusal:
    return texts(404, "NotFound")


def _malformed(messages: list[str]) -> Refusal:
    return texts(400, *messages)


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    if call.validates and "forwarder_destination" not in sent:
        raise _malformed(["The parameter 'forwarder_destination' is required"])
    return sent | {"forwarder_destination": _destination(sent["forwarder_destination"], before)}


def _destination(sent: Document, before: Document | None) -> Document:
    kept = {key: value for key, value in sent.items() if key != "access_token"}
    if isinstance(auth := sent.get("auth"), dict):
        kept["auth"] = {key: value for key, value in auth.items() if key not in _SECRETS}
    old = (before or {}).get("forwarder_destination", {})
    if kept.get("type") == old.get("type") == "splunk_hec" and "sourcetype" in old:
        kept.setdefault("sourcetype", old["sourcetype"])
    return kept


DESTINATIONS = ApiCollection(
    name="logs_custom_destination",
    path="/api/v2/logs/config/custom-destinations",
    type="custom_destination",
    update=("PATCH",),
    merges=True,
    defaults={
        "query": "",
        "enabled": True,
        "forward_tags": True,
        "forward_tags_restriction_list": [],
        "forward_tags_restriction_list_type": "ALLOW_LIST",
    },
    rules={
        "name": "str!",
        "query": "str",
        "enabled": "bool",
        "forward_tags": "bool",
        "forward_tags_restriction_list": "list",
        "forward_tags_restriction_list_type": "ALLOW_LIST|BLOCK_LIST",
        "forwarder_destination": "dict",
        "forwarder_destination.type": _DESTINATIONS,
    },
    complete=_complete,
    missing=_missing,
    malformed=_malformed,
)
