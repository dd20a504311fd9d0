"""Who a rendered message goes to: its handles.

https://docs.datadoghq.com/monitors/notify/#notifications
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ddconf.alerting.messages.context import Context
from ddconf.alerting.messages.text import text_of

_HANDLE = re.compile(r"(?<!\S)@(?P<name>workflow-[\w.-]+(?=\()|[^\s,;()<>\"]+)(?P<arguments>\([^)\n]*\))?")
_ARGUMENT = re.compile(r"""\s*([\w.-]+)\s*=\s*("[^"]*"|'[^']*'|[^,]*)\s*(?:,|$)""")


@dataclass(frozen=True, slots=True)
class Recipient:
    """A handle without its `@`; only workflows have arguments."""

    handle: str
    arguments: Mapping[str, str] = field(default_factory=dict)


def recipients_of(text: str, context: Context) -> tuple[Recipient, ...]:
    """In the order of the text, each once.

    A handle counts at the start of the text or after white space; only that of a workflow may have
    parentheses.
    """
    found: dict[str, Recipient] = {}
    for match in _HANDLE.finditer(text):
        handle, arguments = match["name"].rstrip(".!?:"), match["arguments"]
        is_workflow = handle.startswith("workflow-")
        glued = text[match.end() : match.end() + 1] == "(" or (arguments and not is_workflow)
        is_address = "@" not in handle or "/" not in handle
        if handle and is_address and not glued:
            found.setdefault(handle, Recipient(handle, _arguments(arguments or "()", context)))
    return tuple(found.values())


def _arguments(text: str, context: Context) -> dict[str, str]:
    """`(host=host.name, kind="disk")`: a bare name is a variable, if there is one of that name."""
    arguments = {}
    for name, value in _ARGUMENT.findall(text[1:-1]):
        bare = value.strip()
        quoted = bare[:1] in ("'", '"')
        known = None if quoted else context.value(bare.strip("{}"))
        arguments[name] = bare.strip("'\"") if known is None else text_of(known)
    return arguments
