"""What a webhook posts: its payload with the variables of an alert filled in.

https://docs.datadoghq.com/integrations/webhooks/#usage
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from ddconf.document import Document

_VARIABLE = re.compile(r"\$(?P<name>[A-Z][A-Z0-9_]*)(?:\[(?P<key>[^\]]+)\])?")
_DEFAULT = {
    "body": "$EVENT_MSG",
    "last_updated": "$LAST_UPDATED",
    "event_type": "$EVENT_TYPE",
    "title": "$EVENT_TITLE",
    "date": "$DATE",
    "org": {"id": "$ORG_ID", "name": "$ORG_NAME"},
    "id": "$ID",
}
_OF_OTHER_PRODUCTS = ("INCIDENT_", "SECURITY_", "SYNTHETICS_")


@dataclass(frozen=True, slots=True)
class WebhookCall:
    """A request that a webhook makes; `body` is text."""

    url: str
    body: str
    headers: Mapping[str, str]


def webhook_call(webhook: Document, values: Mapping[str, str], custom: Mapping[str, str]) -> WebhookCall:
    """`values` are the alert's variables by name without `$`, `custom` those of the organisation."""
    known = {**custom, **values}
    payload = webhook.get("payload") or json.dumps(_DEFAULT)
    body = fill(str(payload), known, in_json=True)
    headers = {"content-type": "application/json", **_headers(webhook.get("custom_headers"), known)}
    if webhook.get("encode_as") == "form":
        headers["content-type"] = "application/x-www-form-urlencoded"
        body = _as_form(body)
    return WebhookCall(fill(str(webhook["url"]), known), body, headers)


def fill(text: str, values: Mapping[str, str], *, in_json: bool = False) -> str:
    """The text with its variables replaced, as JSON text where they stand in JSON; unknown ones stay."""

    def replaced(found: re.Match[str]) -> str:
        value = _value(found["name"], found["key"], values)
        if value is None:
            return found[0]
        return json.dumps(value, ensure_ascii=False)[1:-1] if in_json else value

    return _VARIABLE.sub(replaced, text)


def _value(name: str, key: str | None, values: Mapping[str, str]) -> str | None:
    if name == "TAGS" and key:
        tags = (tag.partition(":") for tag in values.get("TAGS", "").split(","))
        return next((value for found, _, value in tags if found == key), "")
    if name.startswith(_OF_OTHER_PRODUCTS):
        return ""
    return values.get(name)


def _headers(text: object, values: Mapping[str, str]) -> dict[str, str]:
    try:
        said = json.loads(fill(str(text or "{}"), values, in_json=True))
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in said.items()} if isinstance(said, dict) else {}


def _as_form(body: str) -> str:
    try:
        said = json.loads(body)
    except ValueError:
        return urlencode({"payload": body})
    if not isinstance(said, dict):
        return urlencode({"payload": body})
    return urlencode(
        {key: value if isinstance(value, str) else json.dumps(value) for key, value in said.items()}
    )
