"""What changes inside a list or a long text, as lines: the edits of plans/explain/edits.py made readable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ddconf.document import JSON, Path, format_path
from ddconf.kind import Kind
from ddconf.plans.change import FieldChange
from ddconf.plans.explain.edits import Edit, EditKind, explain
from ddconf.render.lines import Line, folded, whole
from ddconf.render.query_parts import changed_lines
from ddconf.render.values import is_block, printable, quoted, veiled

_DEPTH = 2
SHOWN_LINES = 24
"""How many lines of an item that comes or goes are shown, unless all are asked for."""


def has_edits(field: FieldChange) -> bool:
    """Whether a change is shown as what happens inside the value."""
    if isinstance(field.before, list):
        return isinstance(field.after, list)
    return isinstance(field.before, str) and (is_block(field.before) or is_block(field.after))


def edit_lines(
    kind: Kind, field: FieldChange, names: Mapping[str, str], *, full: bool = False
) -> Iterator[Line]:
    """The edits inside a field, one level below its name; `names` tells what ids stand for.

    `full` shows every line of what comes and goes.
    """
    for edit in explain(kind, field, names=names):
        values = {"before": veiled(edit.before), "after": veiled(edit.after), "label": veiled(edit.label)}
        shown = replace(edit, **values, lines=tuple(map(veiled, edit.lines)))
        yield from _edit(shown, edit.path[len(field.path) :], full)


def _edit(edit: Edit, place: Path, full: bool) -> Iterator[Line]:
    label = printable(edit.label)
    where = _where(edit, place, label)
    match edit.kind:
        case EditKind.MOVED:
            yield Line("~", label, _DEPTH)
        case EditKind.TEXT:
            if place:
                yield Line("~", f"{where}:", _DEPTH)
            yield from _text(edit.lines, _DEPTH + bool(place))
        case EditKind.ADDED:
            yield from _item("+", edit.after, where, label, full)
        case EditKind.REMOVED:
            yield from _item("-", edit.before, where, label, full)
        case EditKind.CHANGED:
            yield from changed_lines(where, edit.before, edit.after, _DEPTH)


def _where(edit: Edit, place: Path, label: str) -> str:
    """`[3].name (Parse)`; nothing for items of a plain list such as an order or tags."""
    value = edit.before if edit.after is None else edit.after
    is_item = bool(place) and isinstance(place[-1], int) and not isinstance(value, dict | list)
    if is_item and len(place) == 1:
        return ""
    return printable(format_path(place)) + (f" ({label})" if label and not is_item else "")


def _item(symbol: str, value: JSON, where: str, label: str, full: bool) -> Iterator[Line]:
    """An item by its name, or as the YAML that comes or goes."""
    if not where:
        is_name = label not in ("", printable(str(value)))
        text = f"{label} (id {printable(str(value))})" if is_name else quoted(value)
        yield Line(symbol, text, _DEPTH)
    elif isinstance(value, dict | list):
        yield from folded(list(whole(symbol, where, value, _DEPTH)), None if full else SHOWN_LINES)
    else:
        yield Line(symbol, f"{where}: {quoted(value)}", _DEPTH)


def _text(diff: tuple[str, ...], depth: int) -> Iterator[Line]:
    """The lines of a unified diff; where it leaves some out stands an ellipsis."""
    if diff and diff[-1] == " ":  # behind the last line break
        diff = diff[:-1]
    for number, line in enumerate(diff):
        if line.startswith("@@"):
            if number:
                yield Line("", "…", depth)
        else:
            yield Line(line[0].strip(), printable(line[1:]), depth)
