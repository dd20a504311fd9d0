"""Thresholds of monitors: held against the query, and against each other.

https://docs.datadoghq.com/monitors/configuration/#thresholds
"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.queries.monitor import MonitorBody
from ddconf.queries.monitors import Comparison, MetricAlert, ServiceCheck
from ddconf.queries.problem import QueryProblem
from ddconf.queries.sources import EVENT_TYPES
from ddconf.queries.tree import FormulaCall
from ddconf.queries.windows import window

NAMES = ("critical", "warning", "critical_recovery", "warning_recovery", "ok", "unknown")
_PATH = ("options", "thresholds")
_NUMBERS_DIFFER = "Datadog refuses a monitor whose numbers differ"
_WITHOUT_CRITICAL = ("composite", "service check", "synthetics alert")
_BOTH_STATES = (
    "alert and alert recovery criteria are such that the monitor can be simultaneously in alert and alert "
    "recovery states"
)


def threshold_problems(monitor: MonitorBody) -> Iterator[QueryProblem]:
    """Numbers that differ, stand on the wrong side or are missing."""
    thresholds = monitor.options.get("thresholds")
    if not isinstance(thresholds, dict) or not thresholds:
        return
    for name in NAMES:
        value = thresholds.get(name)
        if value is not None and monitor.threshold(name) is None and "${" not in str(value):
            yield QueryProblem(
                (*_PATH, name),
                f"threshold {value!r} is not a number",
                answer="Non-numeric threshold value.",
                rule="invalid-option",
            )
    given = {name for name in NAMES if thresholds.get(name) is not None}
    if (
        monitor.type not in _WITHOUT_CRITICAL
        and not given & {"critical"}
        and "critical_query" not in thresholds
    ):
        yield QueryProblem(
            _PATH,
            "critical threshold is missing",
            "write it as in the query",
            answer="Alert status is required.",
            rule="invalid-option",
        )
    if "critical_query" in thresholds and "critical" in given:
        yield QueryProblem(
            (*_PATH, "critical_query"),
            "a query for the threshold beside a fixed threshold",
            "keep one",
            rule="invalid-option",
        )
    yield from _allowed(monitor, given)
    if isinstance(monitor.query, ServiceCheck):
        yield from _runs(monitor, monitor.query)
    elif (comparison := getattr(monitor.query, "comparison", None)) is not None:
        yield from _compared(monitor, comparison)
    if "warning_recovery" in given and "warning" not in given:
        yield QueryProblem(
            (*_PATH, "warning_recovery"),
            "recovery of a warning without a warning",
            "add warning",
            rule="recovery-without-threshold",
        )


def _allowed(monitor: MonitorBody, given: set[str]) -> Iterator[QueryProblem]:
    """Recovery thresholds are for metrics; of log monitors the sources differ."""
    recoveries = sorted(given & {"critical_recovery", "warning_recovery"})
    if not recoveries or monitor.is_metric:
        return
    hint = "remove it: only monitors of metrics have recovery thresholds"
    for name in recoveries:
        if monitor.type == "log alert":
            yield QueryProblem(
                (*_PATH, name),
                "recovery threshold on a log monitor",
                hint,
                warning=True,
                rule="recovery-not-allowed",
            )
        elif monitor.type in EVENT_TYPES or monitor.type in ("slo alert", "service check", "composite"):
            answer = f"Invalid threshold statuses found: {', '.join(recoveries)}."
            yield QueryProblem(
                (*_PATH, name),
                f"recovery threshold on a {monitor.type}",
                hint,
                answer=answer,
                rule="recovery-not-allowed",
            )


def _runs(monitor: MonitorBody, check: ServiceCheck) -> Iterator[QueryProblem]:
    """A service check counts runs in a row, and sees no more than `.last(n)`."""
    if check.method("pct_by_status"):
        return
    for name in ("critical", "warning", "ok", "unknown"):
        count = monitor.threshold(name)
        if count is not None and count > check.runs:
            answer = "Last field should be larger than or equal to max threshold defined in monitor options"
            hint = f"write .last({int(count) + 1}) in the query"
            yield QueryProblem(
                (*_PATH, name),
                f"{name} wants more runs than .last({check.runs})",
                hint,
                answer=answer,
                rule="service-check-last",
            )


def _compared(monitor: MonitorBody, comparison: Comparison) -> Iterator[QueryProblem]:
    critical, warning = monitor.threshold("critical"), monitor.threshold("warning")
    above = comparison.comparator.startswith(">")
    if critical is not None and comparison.threshold is not None and critical != comparison.threshold:
        answer = (
            f"Alert threshold ({critical}) does not match that used in the query ({comparison.threshold})."
        )
        message = f"the query compares with {comparison.threshold:g}, the critical threshold is {critical:g}"
        yield QueryProblem(
            (*_PATH, "critical"),
            message,
            _NUMBERS_DIFFER,
            answer=answer,
            rule="threshold-mismatch",
        )
    if comparison.comparator in ("==", "!="):
        return
    if critical is not None and warning is not None and _beyond(warning, critical, above):
        side = "less" if above else "greater"
        answer = (
            f"Warning threshold ({warning}) must be {side} than the alert threshold ({critical}) "
            f"with {comparison.comparator} comparison."
        )
        message = f"warning {warning:g} lies beyond critical {critical:g}"
        yield QueryProblem(
            (*_PATH, "warning"),
            message,
            f"with {comparison.comparator} it is {side}",
            answer=answer,
            rule="warning-beyond-critical",
        )
    for name in ("critical", "warning"):
        limit, recovery = monitor.threshold(name), monitor.threshold(f"{name}_recovery")
        if limit is not None and recovery is not None and _beyond(recovery, limit, above):
            message = f"recovery at {recovery:g} lies beyond {name} {limit:g}"
            side = "at most" if above else "at least"
            yield QueryProblem(
                (*_PATH, f"{name}_recovery"),
                message,
                f"{side} {limit:g}",
                answer=_BOTH_STATES,
                rule="recovery-beyond-threshold",
            )
    yield from _anomaly_windows(monitor)


def _beyond(value: float, limit: float, above: bool) -> bool:
    return value > limit if above else value < limit


def _anomaly_windows(monitor: MonitorBody) -> Iterator[QueryProblem]:
    """https://docs.datadoghq.com/monitors/guide/anomaly-monitor/"""
    query = monitor.query
    if not (isinstance(query, MetricAlert) and isinstance(query.expression, FormulaCall)):
        return
    option = query.expression.named("alert_window")
    if query.expression.function != "anomalies" or option is None:
        return
    windows = monitor.options.get("threshold_windows")
    path = ("options", "threshold_windows")
    if not isinstance(windows, dict):
        hint = f"write trigger_window and recovery_window: {option.value.value}"
        yield QueryProblem(("options",), "threshold_windows is missing", hint, rule="anomaly-windows")
        return
    if windows.get("trigger_window") != option.value.value:
        answer = "alert window query arg must match trigger window monitor option"
        message = f"trigger_window is not the alert_window of the query, {option.value.value}"
        yield QueryProblem(
            (*path, "trigger_window"),
            message,
            "write the same in both",
            answer=answer,
            rule="anomaly-windows",
        )
        return
    trigger, recovery = (window(str(windows.get(f"{name}_window"))) for name in ("trigger", "recovery"))
    share = query.comparison.threshold
    if recovery is None or trigger is None:
        yield QueryProblem(
            (*path, "recovery_window"),
            "recovery_window is not a window",
            "write for example last_15m",
            rule="anomaly-windows",
        )
    elif share is not None and recovery.seconds < trigger.seconds * (1 - share) + 60:
        least = int(trigger.seconds * (1 - share) / 60 + 1)
        message = "recovery_window is so short that alert and recovery could hold at once"
        yield QueryProblem(
            (*path, "recovery_window"),
            message,
            f"at least {least} minutes",
            answer=_BOTH_STATES,
            rule="anomaly-windows",
        )
