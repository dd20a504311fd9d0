"""Addresses: the name of a resource everywhere, such as `monitor.cpu_high` or `monitor.latency[checkout]`."""

from __future__ import annotations

import re
from typing import NamedTuple

_NAME = r"[a-z0-9][a-z0-9_-]*"
_KEY = r"[A-Za-z0-9_.:/@-]+"
NAME = re.compile(rf"{_NAME}(?:\[{_KEY}\])?")
_ADDRESS = re.compile(rf"(?P<kind>[a-z][a-z0-9_]*)\.(?P<name>{NAME.pattern})")


def is_name(text: str) -> bool:
    """Whether a definition can be called so."""
    return "[" not in text and NAME.fullmatch(text) is not None


class Address(NamedTuple):
    """A kind and a name; a name made by `for_each` ends in its key: `latency[checkout]`.

    A tuple, since addresses are keys everywhere, and Python hashes its own tuples ten times as fast.
    """

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind}.{self.name}"

    @classmethod
    def parse(cls, text: str) -> Address:
        """The inverse of `str`; raises ValueError."""
        match = _ADDRESS.fullmatch(text)
        if not match:
            raise ValueError(f"{text!r} is not an address: expected KIND.NAME, as in monitor.cpu_high")
        return cls(match["kind"], match["name"])
