"""The shape of a line: what stays when numbers, addresses, times and other values are taken out of it."""

from __future__ import annotations

import re

_VALUES = re.compile(
    r"(?P<time>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?"
    r"|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d)"
    r"|(?P<id>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"
    r"|(?P<quoted>\"[^\"]*\"|(?<!\w)'[^']*'(?!\w))"
    r"|(?P<ip>(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]))"
    r"|(?P<path>(?<!\S)/\S+)"
    r"|(?P<number>(?<![\w.])[+-]?\d+(?:\.\d+)?(?!\w))"
    r"|(?P<mixed>(?=[A-Za-z_-]*\d)\w[\w-]*)"
)
_LONGEST = 200


def line_shape(text: str) -> str:
    """`Nov 23 05:16:59 lb1 sshd[7]: closed` as `<time> <mixed> sshd[<number>]: closed`."""
    first, _, _ = text.partition("\n")
    return _VALUES.sub(lambda found: f"<{found.lastgroup}>", first[: 4 * _LONGEST])[:_LONGEST]
