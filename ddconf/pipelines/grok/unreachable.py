"""Rules behind one that takes every text they could take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ddconf.pipelines.grok.shape import parts_of, walk
from ddconf.pipelines.grok.tree import BackReference, Flags, Node


def unreachable(trees: Mapping[str, Node]) -> Iterator[tuple[str, str]]:
    """The name of each rule that can take no text, with that of the earlier one that takes them all."""
    parts: dict[str, tuple[Node, ...]] = {}
    for name, tree in trees.items():
        own = _comparable(tree)
        if own is None:
            continue
        early = next((other for other, known in parts.items() if _takes_all_of(known, own)), None)
        if early:
            yield name, early
        parts[name] = own


def _comparable(tree: Node) -> tuple[Node, ...] | None:
    """The parts of a rule one after the other; None where a part means more than its own text."""
    if any(isinstance(node, Flags | BackReference) for node in walk(tree)):
        return None
    return tuple(parts_of(tree))


def _takes_all_of(early: tuple[Node, ...], late: tuple[Node, ...]) -> bool:
    """Whether `early` is `late` with parts of it, none or more at a time, replaced by `%{data}`."""
    reached = {0}
    for node in early:
        if _is_any_text(node):
            reached = set(range(min(reached), len(late) + 1))
        else:
            reached = {at + 1 for at in reached if at < len(late) and late[at] == node}
        if not reached:
            return False
    return len(late) in reached


def _is_any_text(node: Node) -> bool:
    from ddconf.pipelines.grok.tree import Dot, Repeat

    if not isinstance(node, Repeat) or not isinstance(node.body, Dot):
        return False
    return (node.low, node.high) == (0, None) and node.suffix != "+"
