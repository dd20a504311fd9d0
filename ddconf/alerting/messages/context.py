"""What a message can tell: the transition, the group, and the values by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ddconf.alerting.status import Transition
from ddconf.document import JSON

_STEP = re.compile(r"\[(?P<quoted>[^\]]*)\]|(?P<plain>[^.\[\]]+)")


@dataclass(frozen=True, slots=True)
class Context:
    """`tags` are those of the group, `values` all else: `{"value": 5, "log": {"message": "..."}}`."""

    transition: Transition
    tags: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    values: Mapping[str, JSON] = field(default_factory=dict)
    priority: int | None = None

    def value(self, name: str) -> JSON:
        """The value of a variable; None for one that has none.

        `host.name` and, where names of tags are asked for, `host` are the value of the group's tag `host`.
        """
        steps = tuple(steps_of(name))
        for tag in _as_tags(steps):
            if tag in self.tags:
                return self.tags[tag]
        return _find(self.values, tuple(".".join(steps).split(".")))


def steps_of(name: str) -> Iterator[str]:
    """`[a.b].name` -> "a.b", "name"."""
    for match in _STEP.finditer(name.strip()):
        step = match["quoted"] if match["quoted"] is not None else match["plain"].strip()
        if step:
            yield step


def _as_tags(steps: tuple[str, ...]) -> Iterator[str]:
    """The tags that a name may stand for: `@a.b.name` is the one called `@a.b`."""
    whole = ".".join(steps)
    if steps and steps[-1] == "name":
        yield ".".join(steps[:-1])
    yield whole


def _find(node: JSON, steps: tuple[str, ...]) -> JSON:
    """What lies at the steps; a key may hold dots, and a list of tags is searched for `key:`."""
    if not steps:
        return None if isinstance(node, Mapping) else node
    if isinstance(node, Mapping):
        for length in range(len(steps), 0, -1):
            key = ".".join(steps[:length])
            if key in node and (found := _find(node[key], steps[length:])) is not None:
                return found
        return None
    if isinstance(node, Sequence) and not isinstance(node, str):
        start = ".".join(steps) + ":"
        values = [tag[len(start) :] for tag in node if isinstance(tag, str) and tag.startswith(start)]
        return values or None
    return None
