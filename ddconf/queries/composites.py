"""From the text of a composite monitor to its condition: `123 && (456 || !789)`."""

from __future__ import annotations

import re

from ddconf.queries.monitors import Both, ComponentMonitor, Composite, Condition, Either, Negation
from ddconf.queries.reader import Reader

_PART = re.compile(r"\d+|\$\{[^{}]*\}")
_MOST_PARTS = 100


class CompositeReader(Reader):
    """`!` binds tighter than `&&`, and that tighter than `||`."""

    parts = 0

    def query(self, _: str) -> Composite:
        return Composite(self.either())

    def either(self) -> Condition:
        left = self.both()
        while self.take("||"):
            right = self.both()
            left = Either(left, right, (left.span[0], right.span[1]))
        return left

    def both(self) -> Condition:
        left = self.negated()
        while self.take("&&"):
            right = self.negated()
            left = Both(left, right, (left.span[0], right.span[1]))
        return left

    def negated(self) -> Condition:
        start = self.at
        if self.take("!"):
            inner = self.nested(self.negated)
            return Negation(inner, (start, inner.span[1]))
        if self.take("("):
            condition = self.nested(self.either)
            self.expect(")", "a parenthesis is not closed before this", "join monitors with && or ||")
            return condition
        found = self.match(_PART)
        if found is None:
            raise self.mistake("the id of a monitor is missing here", "write ${monitor.name.id} && ...")
        self.parts += 1
        if self.parts > _MOST_PARTS:
            raise self.mistake_at(
                found.span(), f"more than {_MOST_PARTS} monitors", "a composite has at most 10"
            )
        return ComponentMonitor(found[0], found.span())
