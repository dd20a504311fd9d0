"""Handles in messages: `@slack-shop`, `@a@example.com`. https://docs.datadoghq.com/monitors/notify/#notifications"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase

from ddconf.address import Address
from ddconf.document import Document, get, parse_path
from ddconf.kind import find_kind
from ddconf.lint.message_templates import HANDLE

_END = re.compile(r"\{\{\s*[#^/]|\{\{\s*else\b|\(")
_FOR_ALL = ("@all", "@here", "@channel")


def handles_in(message: str) -> Iterator[tuple[str, int]]:
    """The handles that are written out, each with its start; those with variables are left alone."""
    for found in HANDLE.finditer(message):
        end = _END.search(found[0])
        handle = (found[0][: end.start()] if end else found[0]).rstrip(".,:!?'\"")
        if "{" not in handle and "$" not in handle:
            yield handle, found.start()


def defined_handles(documents: Mapping[Address, Document]) -> Iterator[str]:
    """The handles that come with definitions, such as those of a team or a webhook."""
    for address, document in documents.items():
        for template in find_kind(address.kind).handles:
            start, field = template.removesuffix("}").split("{")
            value = get(document, parse_path(field))
            if isinstance(value, str) and "${" not in value:
                yield f"{start}{value}"
        if address.kind == "integration_slack_channel":
            account, name = (str(document.get(key, "")) for key in ("account_name", "name"))
            channel = name.removeprefix("#")
            yield from (f"@slack-{account}-{channel}", f"@slack-{channel}")


def is_known(handle: str, known: Iterable[str]) -> bool:
    """Whether the handle is one of the known; `*` in these is any text."""
    return handle in _FOR_ALL or any(fnmatchcase(handle, pattern.replace("[", "[[]")) for pattern in known)
