"""Global variables of synthetic tests: secure values never come back.

https://docs.datadoghq.com/api/latest/synthetics/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.wire import Document, Refusal, texts

_ONLY_READS = ("created_at", "modified_at", "creator", "editor")


def _missing(_call: RouteCall, id: str) -> Refusal:
    return texts(404, f"Synthetics global variable {id} not found")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    old = before or {}
    variable = {"type": "variable", "last_error": None, "value": {"secure": True}, **sent}
    if "parse_test_public_id" in variable:
        variable = {"parse_test_name": None, "parse_test_extracted_at": None} | variable
    for flag in ("is_totp", "is_fido"):
        if not variable.get(flag):
            variable.pop(flag, None)
    if variable["value"].get("secure"):
        variable["value"] = {key: value for key, value in variable["value"].items() if key != "value"}
    return variable | {
        "created_at": old.get("created_at", call.iso),
        "modified_at": call.iso,
        "creator": old.get("creator", call.actor.creator),
        "editor": call.actor.creator,
    }


def _wrote(_call: RouteCall, variable: Document) -> Document:
    return {key: value for key, value in variable.items() if key not in _ONLY_READS}


VARIABLES = ApiCollection(
    name="synthetics_variable",
    path="/api/v1/synthetics/variables",
    items="variables",
    deleted=200,
    read_only=(*_ONLY_READS, "id", "last_error"),
    rules={"name": "str!", "description": "str!", "tags": "list!", "value": "dict", "value.secure": "bool"},
    complete=_complete,
    show_written=_wrote,
    missing=_missing,
)
