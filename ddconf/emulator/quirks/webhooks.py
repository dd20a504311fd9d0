"""Webhooks and their custom variables; the name is the id. https://docs.datadoghq.com/api/latest/webhooks-integration/"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.wire import Document, Refusal, texts

_ROOT = "/api/v1/integration/webhooks/configuration"


def _missing(_call: RouteCall, id: str) -> Refusal:
    return texts(404, f"Webhook {id} not found")


def _taken(_call: RouteCall, id: str) -> Refusal:
    return texts(400, f"{id} already exists")


def _without_secret(_call: RouteCall, variable: Document) -> Document:
    return {k: v for k, v in variable.items() if k != "value"} if variable.get("is_secret") else variable


WEBHOOKS = ApiCollection(
    name="webhook",
    path=f"{_ROOT}/webhooks",
    id_field="name",
    own_id=lambda body: str(body["name"]),
    created=201,
    deleted=200,
    merges=True,
    renames=True,
    defaults={"custom_headers": None, "encode_as": "json", "payload": None},
    rules={
        "name": "str!",
        "url": "str!",
        "encode_as": "json|form",
        "payload": "str",
        "custom_headers": "str",
    },
    delete_reply=lambda _document: {},
    missing=_missing,
    conflict=_taken,
)
VARIABLES = ApiCollection(
    name="webhook_variable",
    path=f"{_ROOT}/custom-variables",
    id_field="name",
    own_id=lambda body: str(body["name"]),
    created=201,
    deleted=200,
    merges=True,
    renames=True,
    rules={"name": "str!", "value": "str!", "is_secret": "bool!"},
    show=_without_secret,
    delete_reply=lambda _document: {},
    missing=_missing,
    conflict=_taken,
)
