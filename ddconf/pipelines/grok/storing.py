"""What the groups of a match store: for each rule a Python function, written out when the rule is first used.

Written out it takes half the time of a loop over the groups, for where a group goes and whether it is
converted is known beforehand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from ddconf.pipelines.attributes import merge, without_empty
from ddconf.pipelines.grok.attributes import inside, store, store_around
from ddconf.pipelines.grok.registry import FilterError
from ddconf.pipelines.grok.tree import Extract, Path


class FailedFilter(NamedTuple):
    """A matcher or filter that could not convert the text of its token; nothing is stored there."""

    path: str
    filter: str
    text: str


Groups: TypeAlias = tuple[str | None, ...]
Store: TypeAlias = Callable[[Groups, list[FailedFilter]], dict[str, Any]]


def storing(extracts: Sequence[tuple[int, Extract]]) -> Store:
    """The function (groups, failed) -> attributes for groups by their index, in the order of the tokens."""
    writer = _Writer([extract.path for _, extract in extracts])
    for index, extract in extracts:
        writer.group(index, extract)
    exec("\n".join((*writer.lines, " return attributes")), writer.names)
    function: Store = writer.names["function"]
    return function


class _Writer:
    """Collects the lines of the function, and under `names` the values they use."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.names: dict[str, Any] = {
            "FailedFilter": FailedFilter,
            "FilterError": FilterError,
            "containers": (dict, list),
            "inside": inside,
            "merge": merge,
            "store": store,
            "store_around": store_around,
            "without_empty": without_empty,
        }
        self.alone = _alone(paths)
        self.around = {path[:end] for path in paths for end in range(1, len(path))}
        nodes = dict.fromkeys(path[:-1] for path in paths if len(path) > 1 and path[0] in self.alone)
        self.nodes = {path: f"node{number}" for number, path in enumerate(nodes)}
        self.lines = ["def function(groups, failed):", " attributes = {}"]
        self.lines += [f" {node} = None" for node in self.nodes.values()]

    def group(self, index: int, extract: Extract) -> None:
        """The lines for one group; one without text stores nothing."""
        self.lines += [f" value = groups[{index}]", " if value:"]
        if extract.convert is None:
            self.lines += [f"  {line}" for line in self.assignment(extract.path)]
            return
        failed = f"FailedFilter({'.'.join(extract.path)!r}, {extract.label!r}, value)"
        self.names[f"convert{index}"] = extract.convert
        self.lines += [
            "  try:",
            f"   value = convert{index}(value)",
            "  except FilterError:",
            f"   failed.append({failed})",
            "   value = None",
            "  if value.__class__ in containers:",
            "   value = without_empty(value)",
            "  if value is not None:",
            *(f"   {line}" for line in self.assignment(extract.path)),
        ]

    def assignment(self, path: Path) -> list[str]:
        if not path:
            return ["merge(attributes, value)"]
        if path[0] not in self.alone:
            store = "store_around" if path in self.around else "store"
            return [f"{store}(attributes, {path!r}, value)"]
        if len(path) == 1:
            return [f"attributes[{path[0]!r}] = value"]
        node = self.nodes[path[:-1]]
        return [
            f"if {node} is None:",
            f" {node} = inside(attributes, {path[:-1]!r})",
            f"{node}[{path[-1]!r}] = value",
        ]


def _alone(paths: Sequence[Path]) -> set[str]:
    """First segments under which each path occurs once and none leads through another; no root is merged."""
    if () in paths[:-1]:
        return set()
    below: dict[str, list[Path]] = defaultdict(list)
    for path in paths:
        if path:
            below[path[0]].append(path)
    return {
        first
        for first, some in below.items()
        if all(two[: len(one)] != one for one, two in pairwise(sorted(some)))
    }
