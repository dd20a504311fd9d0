"""What changes inside a list or a long text, as lines."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from ddconf.document import canonical
from ddconf.kind import Kind
from ddconf.plans.change import FieldChange
from ddconf.render.lines import Line
from ddconf.render.values import is_block, lines, printable


def has_edits(field: FieldChange) -> bool:
    """Whether a change is shown as what happens inside the value."""
    if isinstance(field.before, list):
        return isinstance(field.after, list)
    return isinstance(field.before, str) and (is_block(field.before) or is_block(field.after))


def edit_lines(kind: Kind, field: FieldChange, names: Mapping[str, str]) -> Iterator[Line]:
    """The edits inside a field, one level below its name."""
    before, after = (_texts(value, names) for value in (field.before, field.after))
    for line in difflib.ndiff(before, after):
        if line[0] in "+-":
            yield Line(line[0], printable(line[2:]), 2)


def _texts(value: object, names: Mapping[str, str]) -> list[str]:
    if isinstance(value, str):
        return value.splitlines()
    assert isinstance(value, list)
    return [names.get(str(item)) or " ".join(lines(item)) if item else canonical(item) for item in value]
