"""Who changed a live object last, and when, as far as it tells."""

from __future__ import annotations

from datetime import UTC, datetime

from ddconf.document import JSON, Document

_PEOPLE = ("modified_by", "updated_by", "modifier", "last_modified_by")
_TIMES = ("modified_at", "updated_at", "modified", "last_modified", "last_modified_at")
_NAMES = ("handle", "email", "name", "id")


def last_change(document: Document) -> str:
    """` by ann@example.com on 2026-11-30 21:00 UTC`; empty where the object does not tell."""
    who = next(filter(None, (_person(document.get(field)) for field in _PEOPLE)), "")
    when = next(filter(None, (_time(document.get(field)) for field in _TIMES)), "")
    return (f" by {who}" if who else "") + (f" on {when}" if when else "")


def _person(value: JSON) -> str:
    if isinstance(value, dict):
        return next((str(value[name]) for name in _NAMES if value.get(name)), "")
    return value if isinstance(value, str) else ""


def _time(value: JSON) -> str:
    """To the minute, of a text in ISO 8601 or of seconds or milliseconds since 1970."""
    try:
        if isinstance(value, str) and value:
            moment = datetime.fromisoformat(value)
        elif isinstance(value, int | float) and value:
            moment = datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC)
        else:
            return ""
    except (ValueError, OverflowError, OSError):
        return ""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
