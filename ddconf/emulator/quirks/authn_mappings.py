"""Mappings of SAML attributes: answers include the role.

https://docs.datadoghq.com/api/latest/authn-mappings/
"""

from __future__ import annotations

from dataclasses import replace

from ddconf.emulator.call import RouteCall
from ddconf.emulator.collections import plain
from ddconf.emulator.quirks.roles import included_roles
from ddconf.emulator.wire import Document

_PLAIN = plain("authn_mapping")


def _included(call: RouteCall, mappings: list[Document]) -> Document:
    links = [mapping.get("relationships", {}) for mapping in mappings]
    roles = [found["id"] for link in links if (found := (link.get("role") or {}).get("data"))]
    found = included_roles(call, roles)
    return {"included": [item for item in found if item["type"] == "roles"]} if found else {}


MAPPINGS = replace(_PLAIN, beside=_included)
