"""As many changes of a plan as a text of limited length has room for: whole, by name, or counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from html import escape

from ddconf.render.outline import Outline

_NOTE_LENGTH, _LIST_LENGTH = 400, 120
"""Room for the note, and for the heading of one list of names."""


def fitted(drawn: Sequence[Outline], room: int, block: Callable[[Outline], str]) -> str:
    """Every change as its block while all names still fit behind, then the names of the others by kind."""
    blocks = [block(outline) for outline in drawn]
    if sum(map(len, blocks)) <= room:
        return "".join(blocks)
    lists = len({_list_of(outline) for outline in drawn})
    room -= _NOTE_LENGTH + lists * _LIST_LENGTH + sum(map(_names_length, drawn))
    shown, named = [], []
    for outline, text in zip(drawn, blocks, strict=True):
        more = len(text) - _names_length(outline)
        if more <= room:
            room -= more
            shown.append(text)
        else:
            named.append(outline)
    return "".join((*shown, _note(named), *_name_lists(named, min(room, 0))))


def _names_of(outline: Outline) -> list[str]:
    return [escape(change.address.name) for change in outline.members]


def _names_length(outline: Outline) -> int:
    return sum(len(name) + len(", ") for name in _names_of(outline))


def _list_of(outline: Outline) -> tuple[str, str]:
    return outline.symbol, outline.members[0].address.kind


def _note(named: Sequence[Outline]) -> str:
    number = sum(len(outline.members) for outline in named)
    return (
        f"\n**This plan is too long for one comment:** {number:,} changes are listed by name alone. "
        "The log of this run has the whole plan.\n"
    )


def _name_lists(named: Sequence[Outline], missing: int) -> Iterator[str]:
    """A folded list for each action and kind; `missing` characters (below zero) are left out at the end."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for outline in named:
        groups[_list_of(outline)] += _names_of(outline)
    left_out = 0
    for names in reversed(groups.values()):
        while names and missing < 0:
            missing += len(names.pop()) + len(", ")
            left_out += 1
    for (symbol, kind), names in groups.items():
        if names:
            head = f"{symbol} {len(names):,} {kind}".strip()
            yield f"\n<details><summary>{head}</summary>\n<code>{', '.join(names)}</code>\n</details>\n"
    if left_out:
        yield f"\n{left_out:,} more names do not fit.\n"
