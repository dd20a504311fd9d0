"""Options of monitors: their limits, what they need beside them, and the types that have them.

https://docs.datadoghq.com/monitors/configuration/ https://docs.datadoghq.com/api/latest/monitors/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ddconf.queries.monitor import MonitorBody
from ddconf.queries.monitors import MetricAlert, MonitorQuery
from ddconf.queries.problem import QueryProblem
from ddconf.queries.reader import did_you_mean
from ddconf.queries.tree import FormulaCall
from ddconf.queries.windows import duration

LIMITS: dict[str, tuple[float, float, str]] = {
    "evaluation_delay": (0, 86_400, "0 to 86400 seconds"),
    "new_group_delay": (0, float("inf"), "0 seconds or more"),
    "new_host_delay": (0, float("inf"), "0 seconds or more"),
    "timeout_h": (0, 24, "0 to 24 hours"),
    "renotify_interval": (0, float("inf"), "0 minutes or more"),
    "renotify_occurrences": (0, float("inf"), "0 or more"),
    "no_data_timeframe": (0, 1440, "at most 24 hours, in minutes"),
    "min_failure_duration": (0, 7200, "0 to 7200 seconds"),
    "min_location_failed": (1, float("inf"), "1 or more"),
}
CHOICES: dict[str, tuple[str, ...]] = {
    "on_missing_data": ("default", "show_no_data", "show_and_notify_no_data", "resolve"),
    "notification_preset_name": (
        "show_all",
        "hide_query",
        "hide_handles",
        "hide_all",
        "hide_query_and_handles",
        "show_only_snapshot",
        "hide_handles_and_footer",
    ),
    "renotify_statuses": ("alert", "warn", "no data"),
}
FLAGS = (
    "notify_no_data",
    "notify_audit",
    "include_tags",
    "require_full_window",
    "locked",
    "enable_logs_sample",
    "groupby_simple_monitor",
)
OPTIONS = frozenset(
    (
        *LIMITS,
        *CHOICES,
        *FLAGS,
        *("thresholds", "threshold_windows", "scheduling_options", "variables", "notify_by", "silenced"),
        *("escalation_message", "group_retention_duration", "restriction_query", "assets", "aggregation"),
        *("device_ids", "synthetics_check_id", "avalanche_window", "queryConfig", "bounding_box", "metadata"),
    )
)
_ANSWERS = {"no_data_timeframe": "no_data_timeframe must not exceed group retention"}
_HOUR = 3600


def option_problems(monitor: MonitorBody) -> Iterator[QueryProblem]:
    """Every option that Datadog refuses by its value, its type of monitor or what is missing beside it."""
    for name, value in monitor.options.items():
        yield from _value_problems(name, value)
        if name not in OPTIONS:
            near = did_you_mean(name, OPTIONS)
            yield QueryProblem(
                ("options", name), f"no such option: {name}", near, warning=not near, rule="unknown-option"
            )
    yield from _missing_data(monitor)
    yield from _group_options(monitor)
    yield from _renotifying(monitor)
    priority = monitor.document.get("priority")
    if priority is not None and "${" not in str(priority) and priority not in range(6):
        yield QueryProblem(
            ("priority",), f"priority {priority!r}", "1 to 5, or null for none", rule="invalid-option"
        )


def _value_problems(name: str, value: Any) -> Iterator[QueryProblem]:
    path = ("options", name)
    if value is None or "${" in str(value):
        return
    if name in LIMITS:
        least, most, says = LIMITS[name]
        if isinstance(value, str) and value.isdigit():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield QueryProblem(path, f"{name} is not a number", says, rule="invalid-option")
        elif not least <= value <= most:
            yield QueryProblem(
                path, f"{name} {value}", says, answer=_ANSWERS.get(name, ""), rule="invalid-option"
            )
    elif name in FLAGS and not isinstance(value, bool):
        yield QueryProblem(path, f"{name} is neither true nor false", rule="invalid-option")
    elif name in CHOICES:
        for item in value if isinstance(value, list) else [value]:
            if item not in CHOICES[name]:
                hint = did_you_mean(str(item), CHOICES[name]) or ", ".join(CHOICES[name])
                yield QueryProblem(path, f"{name} cannot be {item!r}", hint, rule="invalid-option")
    elif name == "group_retention_duration":
        found = duration(str(value))
        if found is None or not _HOUR <= found.seconds <= 72 * _HOUR:
            yield QueryProblem(
                path, f"{name} {value!r}", '1 to 72 hours, for example "2d"', rule="invalid-option"
            )


def _missing_data(monitor: MonitorBody) -> Iterator[QueryProblem]:
    """Two ways to say what missing data means exclude each other."""
    path = ("options", "on_missing_data")
    chosen = monitor.options.get("on_missing_data")
    if chosen is None:
        return
    if monitor.type in ("composite", "service check", "slo alert"):
        answer = "Invalid monitor option: on_missing_data"
        hint = "remove it" if monitor.type == "slo alert" else "use notify_no_data and no_data_timeframe"
        yield QueryProblem(
            path, f"on_missing_data on a {monitor.type}", hint, answer=answer, rule="option-not-for-type"
        )
    if monitor.number("no_data_timeframe"):
        place = ("options", "no_data_timeframe")
        yield QueryProblem(
            place, "no_data_timeframe beside on_missing_data", "keep one of them", rule="invalid-option"
        )
    if chosen == "resolve" and monitor.number("timeout_h"):
        yield QueryProblem(
            ("options", "timeout_h"),
            "timeout_h beside on_missing_data: resolve",
            "keep one of them",
            rule="invalid-option",
        )
    if _fills(monitor.query) and chosen != "default":
        answer = f"Invalid on_missing_data value: {chosen}; valid value is: default"
        message = f"on_missing_data {chosen} with default_zero() around the query"
        yield QueryProblem(
            path,
            message,
            "default_zero leaves nothing missing: write default",
            answer=answer,
            rule="missing-data-and-default-zero",
        )


def _fills(query: MonitorQuery | None) -> bool:
    """Whether default_zero() stands around the whole query."""
    return (
        isinstance(query, MetricAlert)
        and isinstance(query.expression, FormulaCall)
        and query.expression.function == "default_zero"
    )


def _group_options(monitor: MonitorBody) -> Iterator[QueryProblem]:
    """Options for monitors that split by tags."""
    groups = monitor.groups
    if groups is None:
        return
    delay = monitor.number("new_group_delay")
    if delay and not groups:
        answer = "The new_group_delay option can only be used for multi-alert monitors"
        hint = "group the query by a tag, or remove it"
        yield QueryProblem(
            ("options", "new_group_delay"),
            "new_group_delay without groups",
            hint,
            answer=answer,
            rule="group-delay-without-groups",
        )
    chosen = monitor.options.get("notify_by")
    if not isinstance(chosen, list) or chosen in ([], ["*"]):
        return
    for index, tag in enumerate(chosen):
        if tag not in groups and tag != "*":
            hint = did_you_mean(str(tag), groups) or (f"groups: {', '.join(groups)}" if groups else "none")
            message = f"notify_by names {tag}, by which the query is not grouped"
            yield QueryProblem(("options", "notify_by", index), message, hint, rule="invalid-option")
    if "*" in chosen:
        yield QueryProblem(
            ("options", "notify_by"),
            'notify_by mixes "*" and tags',
            'write ["*"] alone',
            rule="invalid-option",
        )


def _renotifying(monitor: MonitorBody) -> Iterator[QueryProblem]:
    """Renotifications need an interval."""
    interval = monitor.options.get("renotify_interval")
    if interval is not None and monitor.number("renotify_interval") != 0:
        return
    for name in ("renotify_occurrences", "renotify_statuses"):
        if monitor.options.get(name):
            answer = f"The {name} option can only be used if renotify_interval is set"
            yield QueryProblem(
                ("options", name),
                f"{name} without renotify_interval",
                "set the interval",
                answer=answer,
                rule="renotify-without-interval",
            )
