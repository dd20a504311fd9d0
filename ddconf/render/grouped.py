"""Outlines of a plan where equal edits are shown once, and what is left to a person is one list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from textwrap import wrap

from ddconf.document import Document, canonical
from ddconf.kind import Kind
from ddconf.plans.change import Action, Change, Plan
from ddconf.render.lines import Line
from ddconf.render.outline import Behaviour, Kinds, Outline, outlines
from ddconf.render.pages import page_url
from ddconf.render.values import printable, quoted, veiled

ALIKE = 3
"""From so many on, equal edits are shown once."""
_NAMES_WIDTH = 100


def grouped_outlines(plan: Plan, kinds: Kinds, *, full: bool = False, behaviour: Behaviour) -> list[Outline]:
    """As `outlines`, with one outline for what many changes have in common; `full` groups no edits."""
    drawn = outlines(plan, kinds, full=full, behaviour=behaviour)
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for index, change in enumerate(plan.changes):
        key = _key(change, behaviour.get(change.address, ()))
        groups[key if key is not None and not (full and change.fields) else index].append(index)
    shown: list[Outline] = []
    for members in groups.values():
        alike = [plan.changes[at] for at in members]
        shown += _together(alike, [drawn[at] for at in members], kinds, plan.site)
    return shown


def _key(change: Change, behaviour: Sequence[str]) -> Hashable | None:
    """What equal changes have in common; None for those that stand alone."""
    if change.action is Action.MANUAL:
        return change.address.kind, change.action
    if not change.fields or change.moved_from is not None:
        return None
    fields = tuple((item.path, canonical([item.before, item.after]), item.cause) for item in change.fields)
    return change.address.kind, change.action, change.reason, fields, tuple(behaviour)


def _together(
    changes: Sequence[Change], drawn: Sequence[Outline], kinds: Kinds, site: str
) -> Sequence[Outline]:
    name = changes[0].address.kind
    if changes[0].action is Action.MANUAL and len(changes) > 1:
        return [_by_hand(changes, drawn[0], kinds(name), site)]
    if len(changes) < ALIKE:
        return drawn
    what = drawn[0].heading.removeprefix(drawn[0].subject).strip()
    heading = f"{len(changes):,} {name} {what}: the same change in each"
    names = wrap(", ".join(str(change.address) for change in changes), _NAMES_WIDTH, break_on_hyphens=False)
    shown = [line for line in drawn[0].body if not line.is_count]
    body = (*shown, *(Line("#", text, 1) for text in names))
    return [replace(drawn[0], title=name, subject=name, heading=heading, body=body, members=tuple(changes))]


def _by_hand(changes: Sequence[Change], first: Outline, kind: Kind, site: str) -> Outline:
    """Everything of one kind that a person must make, with one link."""
    page = page_url(kind, changes[0], site)
    lines = [
        Line("#", f"To do{f' at {page}' if page else ''}: create each of these {len(changes)}", 1),
        *(Line("+", _on_one_line(change.desired or {}), 1) for change in changes),
        Line("#", "Then:", 1),
        *(Line("#", f"  {text}", 1) for text in _acknowledge(changes)),
    ]
    heading = f"{len(changes):,} {kind.name} must be created manually"
    return Outline(kind.name, kind.name, heading, first.symbol, tuple(lines), tuple(changes))


def _on_one_line(document: Document) -> str:
    """`Duration: path duration, type double, unit {"family": "time"}`"""
    values = veiled(document)
    name = values.pop("name", "") if isinstance(values, dict) else ""
    told = (f"{key} {value if isinstance(value, str) else quoted(value)}" for key, value in values.items())
    return printable(f"{name}: {', '.join(told)}")


def _acknowledge(changes: Sequence[Change]) -> Iterator[str]:
    command = " ".join(["ddconf ack", *(str(change.address) for change in changes)])
    lines = wrap(command, _NAMES_WIDTH, break_on_hyphens=False, break_long_words=False)
    return (text + (" \\" if text is not lines[-1] else "") for text in lines)
