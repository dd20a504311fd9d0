"""What the fields of Datadog's objects mean, in short words of our own, by the field's name alone.

Only what holds wherever a field of that name stands (field_words.json); what is special about one kind is in
the kind's file.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources

_UNITS = {
    "ms": "milliseconds",
    "millis": "milliseconds",
    "milliseconds": "milliseconds",
    "secs": "seconds",
    "seconds": "seconds",
    "mins": "minutes",
    "minutes": "minutes",
    "hours": "hours",
    "days": "days",
    "percent": "percent",
    "percentage": "percent",
    "pct": "percent",
    "bytes": "bytes",
    "gb": "gigabytes",
}


@cache
def field_words() -> dict[str, str]:
    """What is said of each field that the words of its name do not tell."""
    file = resources.files(__package__).joinpath("field_words.json")
    words: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return words


def meaning(name: str, type_: str = "") -> str:
    """What a field means, by its name and the type of its values; empty where the name does not tell."""
    said = field_words().get(name) or _by_form(_words(name), type_)
    unit = _UNITS.get((_words(name) or [""])[-1]) if type_ in ("integer", "number") else None
    return " ".join(filter(None, (said, f"In {unit}." if unit and unit not in said.lower() else "")))


def _words(name: str) -> list[str]:
    """`isTeamEnabled` and `is_team_enabled` -> is, team, enabled."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("-", "_").strip("_").split("_")


def _by_form(words: list[str], type_: str) -> str:
    first, last, rest = words[0], words[-1], words[1:]
    if type_ == "boolean":
        if last == "enabled":
            what = " ".join(words[1:-1] if first == "is" else words[:-1])
            return f"Whether {what} is switched on." if what else "Whether it is switched on."
        if first in ("is", "has") and rest:
            return f"Whether it {first} {' '.join(rest)}."
        if first in ("include", "show", "enable", "hide", "use", "allow") and rest:
            return f"Whether to {' '.join(words)}."
    if last in ("id", "uuid") and len(words) > 1:
        return f"Id of the {' '.join(words[:-1])}."
    if last in ("ids", "uuids") and len(words) > 1:
        return f"Ids: {' '.join(words[:-1])}."
    if last == "name" and len(words) > 1:
        return f"Name of the {' '.join(words[:-1])}."
    return ""
