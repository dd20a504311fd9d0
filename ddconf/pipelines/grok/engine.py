"""Runs one pattern on texts within a time limit, on the faster engine where that is safe.

`re` is about twice as fast as `regex` but cannot be stopped. So it is used for texts short enough that
the pattern cannot take long on them (see cost.py); longer ones go to `regex`, which has a limit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from ddconf.pipelines.grok.charset import LINE_ENDS
from ddconf.pipelines.grok.cost import safe_length
from ddconf.pipelines.grok.emit import END, FLAGS, JAVA_END, EmittedPattern, emit
from ddconf.pipelines.grok.tighten import tighten
from ddconf.pipelines.grok.tree import Node

if TYPE_CHECKING:
    import regex

_EARLY = 0.5
"""`regex` counts the processor's time and notices its limit late, so it is given less than what is left."""
_SHARE = 0.25
"""How much of the limit one pattern may take on the engine that cannot be stopped."""

Compiled = TypeVar("Compiled")


class EngineMatch(Protocol):
    """What the matches of both engines have in common."""

    def groups(self) -> tuple[Any, ...]: ...
    def end(self) -> int: ...


class TimeLimit:
    """When the time for one text is over; compiling does not count."""

    __slots__ = ("at",)

    def __init__(self, seconds: float) -> None:
        self.at = monotonic() + seconds

    def passed(self) -> bool:
        return monotonic() > self.at

    def left(self) -> float:
        """What to give to `regex` as its limit."""
        return max(0.001, (self.at - monotonic()) * _EARLY)

    def excluding(self, compile: Callable[[], Compiled]) -> Compiled:
        """The compiled thing; the time it took is added to what is left."""
        started = monotonic()
        compiled = compile()
        self.at += monotonic() - started
        return compiled


class Pattern:
    """A tree ready to run; compiled on first use. TimeoutError is raised when a text takes too long."""

    def __init__(self, tree: Node, seconds: float, *, anchored: bool = True) -> None:
        self.tree, self.seconds, self.anchored = tighten(tree), seconds, anchored
        self._trusted: int | None = None

    def match(self, text: str, deadline: TimeLimit) -> EngineMatch | None:
        """From the first character, if anchored up to Java's `$`, which may leave a final newline over."""
        if self._trusted is None:
            self._trusted = deadline.excluding(lambda: self.safe_length)
        if len(text) <= self._trusted and text[-1:] not in LINE_ENDS:
            return self.quick.match(text)
        return deadline.excluding(lambda: self.guarded).match(text, timeout=deadline.left())

    def find_all(self, text: str, deadline: TimeLimit) -> Iterator[EngineMatch]:
        """All matches from left to right."""
        if len(text) <= self.safe_length and text[-1:] not in LINE_ENDS:
            return self.quick.finditer(text)
        return deadline.excluding(lambda: self.guarded).finditer(text, timeout=deadline.left())

    @cached_property
    def emitted(self) -> EmittedPattern:
        return emit(self.tree)

    @cached_property
    def quick(self) -> re.Pattern[str]:
        """Raises re.error where the pattern has what `re` does not know."""
        return re.compile(self.emitted.pattern + END * self.anchored, FLAGS)

    @cached_property
    def guarded(self) -> regex.Pattern[str]:
        import regex

        pattern = emit(self.tree, JAVA_END).pattern + JAVA_END * self.anchored
        return regex.compile(pattern, regex.ASCII | regex.DOTALL | regex.VERSION0)

    @cached_property
    def safe_length(self) -> int:
        """The longest text for `re`; -1 where it does not know the pattern."""
        try:
            _ = self.quick
        except re.error:
            return -1
        return safe_length(self.tree, seconds=self.seconds * _SHARE, searching=not self.anchored)
