"""What is wrong with one value of a document, in words: its type, its word of a closed list, its name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ddconf.document import JSON, Document, format_path
from ddconf.document import Path as Place
from ddconf.errors import Severity

REFERENCE = "${"
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}
_WORDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
}
_GROWING = frozenset(("type", "data_source", "palette"))
"""Fields whose values Datadog's own dashboards and monitors have sooner than its client's models."""
_MISSPELT = 0.9
"""How alike two words are of which one is the other misspelt; what Datadog took is 0.88 at most."""


class SchemaFinding(NamedTuple):
    """One thing that is wrong or doubtful in a document."""

    path: Place
    message: str
    hint: str
    severity: Severity
    unknown: str = ""
    """The path without positions, as in `options.shiny`, of a field or value that the models do not have."""
    field: bool = False
    """It is about a field that the models do not have, not a value."""


def type_finding(expected: str | None, value: JSON, path: Place) -> SchemaFinding | None:
    if expected is None:
        return None
    fits = isinstance(value, TYPES[expected]) and (expected == "boolean" or not isinstance(value, bool))
    if fits or (expected == "integer" and isinstance(value, float) and value.is_integer()):
        return None
    name = format_path(path) or "this"
    # Datadog takes fractions where its models have whole numbers, as in the layout of widgets, and whole
    # numbers as text, as old monitors have them.
    taken = expected == "integer" and (type(value) is float or _is_number(value))
    severity = Severity.WARNING if taken else Severity.ERROR
    return SchemaFinding(
        path, f"'{name}' must be {_WORDS[expected]}, not {_called(value)}", _spelt(expected, value), severity
    )


def _spelt(expected: str, value: JSON) -> str:
    """How a value of YAML 1.1 is written today: `yes` and `on` are texts."""
    if expected != "boolean" or not isinstance(value, str):
        return ""
    meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(value.lower(), value.lower())
    return f"write {meant}" if meant in ("true", "false") else ""


def _is_number(value: JSON) -> bool:
    return isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value) is not None


def enumeration_finding(allowed: list[JSON], value: JSON, path: Place) -> list[SchemaFinding]:
    if value in allowed or is_open(value):
        return []
    several = ", ".join(str(one) for one in allowed[:8]) + (", ..." if len(allowed) > 8 else "")
    hint = _nearest(str(value), map(str, allowed)) or f"known are: {several}"
    is_new = path[-1:] and path[-1] in _GROWING and not _nearest(str(value), map(str, allowed), _MISSPELT)
    severity = Severity.WARNING if is_new else Severity.ERROR
    message = f"unknown value '{value}' of '{format_path(path)}'"
    return [SchemaFinding(path, message, hint, severity, _without_positions(path))]


def unknown_field_finding(name: str, properties: Document, value: Document, path: Place) -> SchemaFinding:
    """A field that the models lack; an error where it is nearly one that the document might have had."""
    missing = (one for one in properties if one not in value)
    severity = Severity.ERROR if _nearest(name, missing, _MISSPELT) else Severity.WARNING
    message, hint = f"unknown field '{name}'", _nearest(name, properties)
    return SchemaFinding(path, message, hint, severity, _without_positions(path), field=True)


def _nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return f"did you mean '{near[0]}'?" if near else ""


def _without_positions(path: Place) -> str:
    return ".".join(step for step in path if isinstance(step, str))


def is_open(value: JSON) -> bool:
    return value is None or (isinstance(value, str) and REFERENCE in value)


def _called(value: JSON) -> str:
    return next((_WORDS[name] for name, types in TYPES.items() if type(value) in types), "that")
