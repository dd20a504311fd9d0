"""Why Datadog refuses a monitor, in its own words: the query's form, thresholds and options that do not fit.

What is checked here is what answers are known of; the emulator knows it by itself, so that it can contradict
whoever talks to it. https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from ddconf.emulator.wire import Document

INVALID = "The value provided for parameter 'query' is invalid"
NO_OPERATOR = f"{INVALID}: invalid operator specified: "
_METRIC = ("metric alert", "query alert")
_COMPARISON = re.compile(r"(>=|<=|==|!=|>|<)\s*(-?[\d.]+(?:[eE][-+]?\d+)?)\s*$")
_HEAD = re.compile(
    r"\s*(?:(?:pct_)?change\s*\(\s*)?(?:avg|sum|min|max)\s*\(\s*(last|current|next)_\d+(?:mo|[mhdw])\s*\)"
)
_SCOPE = re.compile(r"\{([^{}]*)\}")
_WORDS = re.compile(r"[\s(](?:AND|OR|NOT|IN)[\s(]", re.IGNORECASE)
_SYMBOLS = re.compile(r",(?![^()]*\))|!")
_GROUPS = re.compile(r"\bby\s*\{[^}]+\}|\.by\(\s*[^)\s]")
_ALERT_WINDOW = re.compile(r"alert_window\s*=\s*['\"](\w+)['\"]")
_LAST_RUNS = re.compile(r"\.last\(\s*(\d+)\s*\)")
_BOTH_STATES = (
    "alert and alert recovery criteria are such that the monitor can be simultaneously in alert and alert "
    "recovery states"
)


def refusals(monitor: Document, ids: Collection[str]) -> list[str]:
    """What Datadog would answer; `ids` are those of the monitors that a composite may be made of."""
    type, query = str(monitor.get("type", "")), str(monitor.get("query", ""))
    options = monitor.get("options") or {}
    found = list(_of_query(type, query, ids))
    return found or [*_of_thresholds(type, query, options), *_of_options(type, query, options)]


def _of_query(type: str, query: str, ids: Collection[str]) -> Iterator[str]:
    if type == "composite":
        if any(part not in ids for part in re.findall(r"\d+", query)):
            yield "Some monitor IDs are invalid"
    elif type == "service check" and ".by(" not in query:
        yield "A grouping must be specified for custom checks"
    elif type in _METRIC and not query.lstrip().startswith("formula("):
        if not _HEAD.match(query) or query.count("{") != query.count("}") or "{" not in query:
            yield INVALID
        elif any(_WORDS.search(f" {scope} ") and _SYMBOLS.search(scope) for scope in _SCOPE.findall(query)):
            yield "Error parsing query: 'AND' and 'OR' cannot be mixed with ','"
        elif not _COMPARISON.search(query):
            yield NO_OPERATOR


def _of_thresholds(type: str, query: str, options: Document) -> Iterator[str]:
    thresholds = {key: value for key, value in (options.get("thresholds") or {}).items() if value is not None}
    names = ("critical", "warning", "critical_recovery", "warning_recovery")
    if any(not isinstance(thresholds[name], int | float) for name in names if name in thresholds):
        yield "Non-numeric threshold value."
        return
    if type == "service check":
        runs = _LAST_RUNS.search(query)
        if runs and any(value > int(runs[1]) for value in thresholds.values()):
            yield "Last field should be larger than or equal to max threshold defined in monitor options"
        return
    if not thresholds or type in ("composite", "synthetics alert"):
        return
    if "critical" not in thresholds and "critical_query" not in thresholds:
        yield "Alert status is required."
    wrong = sorted(name for name in thresholds if name.endswith("_recovery"))
    if type == "event-v2 alert" and wrong:
        yield f"Invalid threshold statuses found: {', '.join(wrong)}."
        return
    if comparison := _COMPARISON.search(query):
        yield from _compared(comparison[1], float(comparison[2]), thresholds)


def _compared(operator: str, number: float, thresholds: dict[str, Any]) -> Iterator[str]:
    critical, warning = thresholds.get("critical"), thresholds.get("warning")
    if critical is not None and float(critical) != number:
        yield f"Alert threshold ({float(critical)}) does not match that used in the query ({number})."
    sign = {">": 1, "<": -1}.get(operator[0], 0)
    if critical is not None and warning is not None and sign * (warning - critical) > 0:
        side = "less" if sign > 0 else "greater"
        yield (
            f"Warning threshold ({float(warning)}) must be {side} than the alert threshold "
            f"({float(critical)}) with {operator} comparison."
        )
    recovery = thresholds.get("critical_recovery")
    if critical is not None and recovery is not None and sign * (recovery - critical) > 0:
        yield _BOTH_STATES


def _of_options(type: str, query: str, options: Document) -> Iterator[str]:
    if options.get("new_group_delay") and type != "composite" and not _is_split(query, options):
        yield "The new_group_delay option can only be used for multi-alert monitors"
    if options.get("renotify_occurrences") and not options.get("renotify_interval"):
        yield "The renotify_occurrences option can only be used if renotify_interval is set"
    if type == "composite" and options.get("on_missing_data") is not None:
        yield "Invalid monitor option: on_missing_data"
    current = type in _METRIC and "(current_" in query
    scheduled = (options.get("scheduling_options") or {}).get("evaluation_window")
    if type in _METRIC and bool(scheduled) != current:
        yield (
            "Monitors with an evaluation_window scheduling_option must have a current query period and vice "
            "versa."
        )
    window, chosen = _ALERT_WINDOW.search(query), options.get("threshold_windows") or {}
    if window and chosen and chosen.get("trigger_window") != window[1]:
        yield "alert window query arg must match trigger window monitor option"
    elif window and chosen and _recovers_too_soon(query, chosen):
        yield _BOTH_STATES


def _recovers_too_soon(query: str, windows: Document) -> bool:
    """Whether an anomaly may end while enough of its window is still one."""
    trigger, recovery = (_minutes(windows.get(f"{name}_window")) for name in ("trigger", "recovery"))
    share = _COMPARISON.search(query)
    return share is not None and 0 < recovery < trigger * (1 - float(share[2])) + 1


def _minutes(window: Any) -> float:
    """Of `last_4h`; 0 for what is no window."""
    found = re.fullmatch(r"last_(\d+)([mhdw])", str(window))
    return int(found[1]) * {"m": 1, "h": 60, "d": 1440, "w": 10_080}[found[2]] if found else 0


def _is_split(query: str, options: Document) -> bool:
    """Whether the query, or one beside a formula, has groups."""
    return bool(_GROUPS.search(query)) or any(
        variable.get("group_by") or _GROUPS.search(str(variable.get("query", "")))
        for variable in options.get("variables") or []
    )
