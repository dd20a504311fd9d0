"""A change as a heading and lines, before colours or markup: what text and markdown share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ddconf.address import Address
from ddconf.document import Document, format_path, walk
from ddconf.kind import Kind
from ddconf.plans.change import Action, Cause, Change, FieldChange, Plan
from ddconf.plans.decision import is_immutable
from ddconf.plans.rules import default_at
from ddconf.render.edits import edit_lines, has_edits
from ddconf.render.lines import Line, folded, whole
from ddconf.render.pages import page_url
from ddconf.render.query_parts import changed_lines
from ddconf.render.values import lines, printable, veiled

Kinds = Callable[[str], Kind]
Behaviour = Mapping[Address, Sequence[str]]
"""What a change does to logs, in words."""
_NONE: Behaviour = {}

SHOWN_LINES = 30
"""How many lines of a new object are shown; its definition has them all."""
_WORDS = {
    Action.CREATE: "will be created",
    Action.UPDATE: "will be updated in-place",
    Action.REPLACE: "must be replaced",
    Action.DELETE: "will be destroyed",
    Action.ADOPT: "exists already and will be adopted",
    Action.FORGET: "will be forgotten",
    Action.MANUAL: "must be created manually",
    Action.NOOP: "stays as it is",
}
_SYMBOLS = {
    Action.CREATE: "+",
    Action.UPDATE: "~",
    Action.REPLACE: "-/+",
    Action.DELETE: "-",
    Action.ADOPT: "=",
    Action.MANUAL: "!",
}
_CAUSES = {
    Cause.CONFIG: "the definition changed",
    Cause.DRIFT: "changed outside ddconf",
    Cause.BOTH: "the definition changed, and it was changed outside ddconf",
}


@dataclass(frozen=True, slots=True)
class Outline:
    """One change: its address, what happens to it and why, and the lines of what is inside."""

    title: str
    subject: str
    """What the heading begins with: the address, and the id where there is one."""
    heading: str
    symbol: str
    body: tuple[Line, ...]
    members: tuple[Change, ...]
    """The changes that this shows: one, or all that are alike."""


def outlines(plan: Plan, kinds: Kinds, *, full: bool = False, behaviour: Behaviour = _NONE) -> list[Outline]:
    """Every change of a plan; `full` shows all lines of what is created."""
    return [
        _outline(change, kinds(change.address.kind), plan.site, full, behaviour.get(change.address, ()))
        for change in plan.changes
    ]


def _outline(change: Change, kind: Kind, site: str, full: bool, behaviour: Sequence[str]) -> Outline:
    notes = (Line("#", note, 1) for note in _notes(change, kind, site))
    if change.fields:
        body = _fields(change, kind, full)
    elif change.action in (Action.CREATE, Action.MANUAL):
        body = _values("+", change.desired, change, full)
    elif change.action is Action.DELETE:
        body = _values("-", change.before, change, full)
    else:
        body = iter(())
    lines = (*notes, *body, *_effects(behaviour))
    subject = _subject(change)
    heading = f"{subject} {_happens(change)}"
    return Outline(str(change.address), subject, heading, _symbol(change, kind), lines, (change,))


def _effects(behaviour: Sequence[str]) -> Iterator[Line]:
    if behaviour:
        yield Line("#", "On the samples and tests at hand:", 1)
        yield from (Line("#", printable(text), 2) for text in behaviour)


def _symbol(change: Change, kind: Kind) -> str:
    if change.action is Action.REPLACE and kind.allows_two:
        return "+/-"
    return "~" if _is_drift(change) else _SYMBOLS.get(change.action, "")


def _is_drift(change: Change) -> bool:
    """Whether this only tells what somebody else did."""
    return change.action is Action.NOOP and bool(change.fields)


def _subject(change: Change) -> str:
    """`monitor.cpu [id=1]`"""
    return f"{change.address} [id={printable(change.id)}]" if change.id else str(change.address)


def _happens(change: Change) -> str:
    """`will be updated in-place (the definition changed)`"""
    words = []
    if change.moved_from is not None:
        words.append(f"has moved from {change.moved_from} and")
    if _is_drift(change):
        return " ".join([*words, "was", printable(change.reason) or "changed outside ddconf"])
    words.append(_WORDS[change.action])
    if change.action is Action.ADOPT and change.fields:
        words.append("and changed")
    why = printable(change.reason) or _cause(change)
    return " ".join([*words, f"({why})"] if why else words)


def _cause(change: Change) -> str:
    """Why fields change; an adopted object has no history to tell from."""
    if change.action not in (Action.UPDATE, Action.REPLACE) or not change.fields:
        return ""
    causes = {field.cause for field in change.fields}
    return _CAUSES[causes.pop() if len(causes) == 1 else Cause.BOTH]


def _notes(change: Change, kind: Kind, site: str) -> Iterator[str]:
    """What a person must know before saying yes."""
    if change.action in (Action.DELETE, Action.REPLACE) and kind.irreversible:
        yield f"This can never be undone: {kind.irreversible}"
    if change.action is Action.MANUAL:
        yield f"To do: {_filled(kind.manual, change)}"
        if page := page_url(kind, change, site):
            yield f"Page: {page}"
        yield f"Then: ddconf ack {change.address}"


def _filled(template: str, change: Change) -> str:
    for key, value in (change.desired or change.before or {}).items():
        template = template.replace(f"{{{key}}}", printable(str(value)))
    return template


def _values(symbol: str, document: Document | None, change: Change, full: bool) -> Iterator[Line]:
    """The values of an object that comes or goes."""
    every = [Line(symbol, text, 1) for text in lines(document)] if document else []
    place = f", see {printable(str(change.source))}" if change.source else ""
    yield from folded(every, None if full else SHOWN_LINES, place)


def _fields(change: Change, kind: Kind, full: bool) -> Iterator[Line]:
    """The fields that change, and how many do not."""
    mixed = len({field.cause for field in change.fields}) > 1
    for field in change.fields:
        remarks = [_CAUSES[field.cause]] if mixed else []
        if change.action is Action.REPLACE and is_immutable(kind, field):
            remarks.append("forces replacement")
        remark = f"  # {', '.join(remarks)}" if remarks else ""
        yield from field_lines(field, kind, change, remark, full=full)
    if same := _unchanged(change):
        yield Line("#", f"({same} unchanged attribute{'s' * (same != 1)} hidden)", 1, is_count=True)


def field_lines(
    field: FieldChange, kind: Kind, change: Change, remark: str = "", *, full: bool = False
) -> Iterator[Line]:
    """How one field changes, with a remark behind its name; `full` shows all of what comes and goes."""
    path = printable(format_path(field.path))
    default = default_at(kind, field.path)
    before, after = (veiled(default if value is None else value) for value in (field.before, field.after))
    if before is None:
        yield from whole("+", path, after, 1, remark)
    elif after is None:
        yield from whole("-", path, before, 1, remark)
    elif has_edits(field):
        yield Line("~", f"{path}:{remark}", 1)
        yield from edit_lines(kind, field, change.names, full=full)
    else:
        yield from changed_lines(path, before, after, 1, remark)


def _unchanged(change: Change) -> int:
    changed = [field.path for field in change.fields]
    leaves = (path for path, _ in walk(change.before or {}) if path)
    return sum(not any(path[: len(prefix)] == prefix for prefix in changed) for path in leaves)
