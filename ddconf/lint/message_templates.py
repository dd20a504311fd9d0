"""Messages of monitors: their blocks, and what is left of them in one state.

https://docs.datadoghq.com/monitors/notify/variables/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAG = re.compile(r"\{\{\{\{.*?\}\}\}\}|\{\{\s*([#^/])\s*([\w@.]+)[^{}]*\}\}|\{\{\s*else\s*\}\}", re.DOTALL)
HANDLE = re.compile(r"(?<![\w@.\[/{-])@[\w{$][^\s,;)]*")
STATES = {
    "alert": ("is_alert", "is_alert_to_warning"),
    "warning": ("is_warning",),
    "recovery": ("is_recovery", "is_alert_recovery", "is_warning_recovery"),
    "no data": ("is_no_data",),
}
"""The conditionals that hold when a monitor tells of a state."""
CONDITIONALS = frozenset(
    (
        *("is_alert", "is_warning", "is_no_data", "is_unknown", "is_renotify", "is_priority"),
        *("is_recovery", "is_alert_recovery", "is_warning_recovery", "is_no_data_recovery"),
        *("is_unknown_recovery", "is_alert_to_warning", "is_match", "is_exact_match"),
    )
)


@dataclass(frozen=True, slots=True)
class BlockTag:
    """`{{#name}}`, `{{^name}}` or `{{/name}}`, with where the name stands."""

    sign: str
    name: str
    start: int


def blocks(message: str) -> Iterator[BlockTag]:
    """The tags of blocks, in order; what stands in raw blocks is none."""
    for found in _TAG.finditer(message):
        if found[1]:
            yield BlockTag(found[1], found[2], found.start(2))


def shown(message: str, state: str) -> str:
    """What is left of a message in a state; what depends on values is shown."""
    kept, open_blocks, at = "", list[bool](), 0
    for found in _TAG.finditer(message):
        kept += message[at : found.start()] if all(open_blocks) else ""
        at = found.end()
        if found[1] == "/" and open_blocks:
            open_blocks.pop()
        elif found[1] in ("#", "^"):
            open_blocks.append(_holds(found[1], found[2], state))
        elif found[1] is None and open_blocks and not found[0].startswith("{{{{"):
            open_blocks[-1] = not open_blocks[-1]
    return kept + (message[at:] if all(open_blocks) else "")


def _holds(sign: str, name: str, state: str) -> bool:
    of_states = name.startswith("is_") and name not in ("is_match", "is_exact_match", "is_priority")
    return not of_states or (name in STATES[state]) == (sign == "#")
