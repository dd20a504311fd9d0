"""Forms: what a form asks is in its version, which lists leave out; an update stands in a field of its own.

https://docs.datadoghq.com/api/latest/forms/
"""

from __future__ import annotations

from dataclasses import replace

from ddconf.emulator.call import RouteCall
from ddconf.emulator.collections import plain
from ddconf.emulator.ids import hexadecimal, number
from ddconf.emulator.wire import Document

_PLAIN = plain("form")
_ASKED = ("data_definition", "ui_definition")
_DATED = ("created_at", "modified_at", "user_id", "user_uuid")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    fields = {key: value for key, value in sent.items() if key != "form_update"}
    form = _PLAIN.complete(call, fields | (sent.get("form_update") or {}), before)
    if before is not None:
        return {**form, "version": before["version"]}
    signed = {"definition_signature": hexadecimal(call.store.random), "etag": None}
    version = {"id": str(number(6)(call.store.random)), "state": "draft", "version": 1, **signed}
    return {**form, "version": version | {key: form[key] for key in (*_ASKED, *_DATED)}}


def _listed(call: RouteCall, form: Document) -> Document:
    shown = _PLAIN.show(call, form)
    return shown | {
        "attributes": {key: shown["attributes"][key] for key in shown["attributes"] if key != "version"}
    }


FORMS = replace(_PLAIN, complete=_complete, show_listed=_listed)
