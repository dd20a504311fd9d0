"""The conditions of `{{#...}}` blocks, by name.

https://docs.datadoghq.com/monitors/notify/variables/#conditional-variables
"""

from __future__ import annotations

from collections.abc import Callable

from ddconf.alerting.messages.context import Context
from ddconf.alerting.messages.text import as_number
from ddconf.alerting.status import Status, Transition

_OF_TRANSITION: dict[str, Callable[[Transition], bool]] = {
    "is_alert": lambda to: to.status is Status.ALERT,
    "is_warning": lambda to: to.status is Status.WARN,
    "is_no_data": lambda to: to.status is Status.NO_DATA,
    "is_unknown": lambda to: to.status is Status.UNKNOWN,
    "is_recovery": lambda to: to.is_recovery,
    "is_alert_recovery": lambda to: to.is_recovery and to.former is Status.ALERT,
    "is_warning_recovery": lambda to: to.is_recovery and to.former is Status.WARN,
    "is_no_data_recovery": lambda to: to.is_recovery and to.former is Status.NO_DATA,
    "is_alert_to_warning": lambda to: to == Transition(Status.ALERT, Status.WARN),
    "is_renotify": lambda to: to.is_renotify,
}
OF_VALUES = ("is_match", "is_exact_match")
"""Conditions that compare a variable with texts."""
CONDITIONS = (*_OF_TRANSITION, "is_priority", *OF_VALUES)


def holds(name: str, arguments: tuple[str, ...], context: Context) -> bool:
    """`arguments` are the texts of the tag, the first one replaced by its value in a comparison.

    A condition that does not exist never holds, whichever way it is asked.
    """
    if name in _OF_TRANSITION:
        return _OF_TRANSITION[name](context.transition)
    if name == "is_priority":
        return f"P{context.priority}" in (argument.upper() for argument in arguments)
    value, *texts = arguments or ("",)
    if name == "is_match":
        return any(text in value if text else bool(value) for text in texts)
    return name == "is_exact_match" and any(_same(value, text) for text in texts)


def _same(value: str, text: str) -> bool:
    """Two numbers are the same if they are equal, so 5 is 5.0."""
    if value == text:
        return True
    left, right = as_number(value), as_number(text)
    return left is not None and left == right
