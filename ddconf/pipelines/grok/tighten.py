"""Takes away backtracking that cannot help: `\\s+` before `.*?,` need never give a blank back.

A greedy run of characters A followed by a loop over at least these characters, followed by something that
begins with none of them: wherever the loop may end, it ends there as well after the longest run.
"""

from __future__ import annotations

from dataclasses import replace

from ddconf.pipelines.grok.shape import Shapes, parts_of, walk
from ddconf.pipelines.grok.tree import (
    BackReference,
    Chars,
    Choice,
    Dot,
    Extract,
    Flags,
    Node,
    Parentheses,
    RegexScope,
    Repeat,
    Sequence,
)


def tighten(tree: Node) -> Node:
    """The tree with such runs made possessive; it matches the same texts with the same groups."""
    if any(isinstance(node, Flags | BackReference) for node in walk(tree)):
        return tree
    return _tight(tree, (), Shapes(tree))


def _tight(node: Node, rest: tuple[Node, ...], shapes: Shapes) -> Node:
    """`rest` is all that comes after the node, up to the end of the pattern."""
    match node:
        case Sequence(items):
            tight = [_tight(item, items[index + 1 :] + rest, shapes) for index, item in enumerate(items)]
            return replace(node, items=tuple(tight))
        case Choice(branches):
            return Choice(tuple(_tight(branch, rest, shapes) for branch in branches))
        case Parentheses(body, atomic=False) | RegexScope(body) | Extract(body):
            return replace(node, body=_tight(body, rest, shapes))
        case Repeat(Chars(), suffix="") if _gives_back_in_vain(node, rest, shapes):
            return replace(node, suffix="+")
        case _:
            return node


def _gives_back_in_vain(run: Repeat, rest: tuple[Node, ...], shapes: Shapes) -> bool:
    parts = tuple(parts_of(Sequence(rest)))
    match parts[:1]:
        case (Repeat(Chars() | Dot() as body, 0, None, "" | "?"),):
            taken = shapes.alphabet(run.body)
            return not taken & ~shapes.alphabet(body) and not taken & shapes.entry(parts[1:], 0)
        case _:
            return False
