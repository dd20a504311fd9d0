"""Runs one pattern on texts within a time limit, on the faster engine where that is safe.

`re` is about twice as fast as `regex` but cannot be stopped. So it is used for texts short enough that
the pattern cannot take long on them (see cost.py); longer ones go to `regex`, which has a limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from ddconf.pipelines.grok.cost import safe_length
from ddconf.pipelines.grok.emit import END, FLAGS, JAVA_END, Emitted, emit
from ddconf.pipelines.grok.tighten import tighten
from ddconf.pipelines.grok.tree import Node

if TYPE_CHECKING:
    import regex

_LINE_ENDS = "\n\r\x85\u2028\u2029"
_EARLY = 0.7
"""`regex` notices its limit late, so it is given less than what is left."""
_SHARE = 0.25
"""How much of the limit one pattern may take on the engine that cannot be stopped."""


class Found(Protocol):
    """What the matches of both engines have in common."""

    def groups(self) -> tuple[Any, ...]: ...
    def end(self) -> int: ...


class Pattern:
    """A tree ready to run; compiled on first use. TimeoutError is raised when a text takes too long."""

    def __init__(self, tree: Node, seconds: float, *, anchored: bool = True) -> None:
        self.tree, self.seconds, self.anchored = tighten(tree), seconds, anchored

    def match(self, text: str, deadline: float) -> Found | None:
        """From the first character, and if anchored up to Java's `$`, which may leave a final newline over."""
        if len(text) <= self.safe_length and text[-1:] not in _LINE_ENDS:
            return self.quick.match(text)
        return self.guarded.match(text, timeout=_remaining(deadline))

    def find_all(self, text: str, deadline: float) -> Iterator[Found]:
        """All matches from left to right."""
        if len(text) <= self.safe_length and text[-1:] not in _LINE_ENDS:
            return self.quick.finditer(text)
        return self.guarded.finditer(text, timeout=_remaining(deadline))

    @cached_property
    def emitted(self) -> Emitted:
        return emit(self.tree)

    @cached_property
    def quick(self) -> re.Pattern[str]:
        return re.compile(self.emitted.pattern + END * self.anchored, FLAGS)

    @cached_property
    def guarded(self) -> regex.Pattern[str]:
        import regex

        pattern = emit(self.tree, JAVA_END).pattern + JAVA_END * self.anchored
        return regex.compile(pattern, regex.ASCII | regex.DOTALL | regex.VERSION0)

    @cached_property
    def safe_length(self) -> int:
        """The longest text for `re`; -1 where the pattern has what `re` does not know."""
        try:
            _ = self.quick
        except re.error:
            return -1
        return safe_length(self.tree, seconds=self.seconds * _SHARE, searching=not self.anchored)


def _remaining(deadline: float) -> float:
    return max(0.001, (deadline - monotonic()) * _EARLY)
