"""What can be wrong in one tag of a template, as a message and a hint; None if nothing is."""

from __future__ import annotations

from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ddconf.alerting.messages.conditions import CONDITIONS, OF_VALUES
from ddconf.alerting.messages.expression import ExpressionError, parse_expression
from ddconf.alerting.messages.tree import Argument

_PRIORITIES = ("P1", "P2", "P3", "P4", "P5")
_ARGUMENTS = {"eval": 1, "local_time": 2, "urlencode": 1, "override_priority": 1}
Wrong = tuple[str, str] | None


def wrong_block(name: str, arguments: tuple[Argument, ...]) -> Wrong:
    if not name:
        return "a block without a name", f"write a condition: {{{{#{CONDITIONS[0]}}}}}"
    if name not in CONDITIONS:
        near = get_close_matches(name, CONDITIONS, 1)
        return f"unknown conditional {name}", f"did you mean '{near[0]}'?" if near else ""
    if name in OF_VALUES:
        missing = len(arguments) < 2
        return (f"{name} has nothing to compare", f'{{{{#{name} "host.name" "web"}}}}') if missing else None
    if name == "is_priority":
        return _wrong_priority(name, arguments)
    return (f"{name} takes no values", f"write {{{{#{name}}}}}") if arguments else None


def wrong_call(name: str, arguments: tuple[Argument, ...]) -> Wrong:
    if name not in _ARGUMENTS:
        near = get_close_matches(name, _ARGUMENTS, 1)
        return f"unknown function {name}", f"did you mean '{near[0]}'?" if near else ""
    if len(arguments) != _ARGUMENTS[name]:
        return f"{name} takes {_ARGUMENTS[name]} values, not {len(arguments)}", ""
    if name == "override_priority":
        return _wrong_priority(name, arguments)
    if name == "local_time":
        return _wrong_zone(str(arguments[1]))
    if name == "eval":
        try:
            parse_expression(str(arguments[0]))
        except ExpressionError as error:
            return f"eval cannot be read: {error}", ""
    return None


def _wrong_priority(name: str, arguments: tuple[Argument, ...]) -> Wrong:
    if len(arguments) == 1 and arguments[0] in _PRIORITIES:
        return None
    return f"{name} takes one priority", f"one of {', '.join(_PRIORITIES)}"


def _wrong_zone(zone: str) -> Wrong:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return f"unknown time zone {zone!r}", "take a name of the tz database: Asia/Tokyo"
    return None
