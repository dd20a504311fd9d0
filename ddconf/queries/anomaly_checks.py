"""What monitors of anomalies and forecasts may ask.

https://docs.datadoghq.com/monitors/types/anomaly/ https://docs.datadoghq.com/monitors/types/forecasts/
"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.pipelines.query import QueryError
from ddconf.queries.functions import NOT_IN_FORECAST
from ddconf.queries.monitors import MetricAlert
from ddconf.queries.problem import QueryMistake
from ddconf.queries.reader import did_you_mean
from ddconf.queries.sources import DAY, HOUR
from ddconf.queries.tree import FormulaCall, NamedArgument, Number, Text, calls
from ddconf.queries.windows import duration, window

SEASONS = ("hourly", "daily", "weekly")
_CHOICES = {
    "direction": ("above", "below", "both"),
    "seasonality": SEASONS,
    "model": ("default", "simple", "reactive"),
    "count_default_zero": ("true", "false"),
}
_SHARE_OF_INTERVAL = 5  # the alert window holds so many intervals


def anomaly_mistakes(text: str, query: MetricAlert, call: FormulaCall) -> Iterator[QueryError]:
    """Options of anomalies(), its windows, its threshold."""
    yield from _choice_mistakes(text, call)
    comparison = query.comparison
    if comparison.threshold is not None and not 0 < comparison.threshold <= 1:
        hint = "it is the share of the window: above 0, at most 1"
        yield QueryMistake(
            text,
            comparison.threshold_span,
            "the threshold of anomalies is a share",
            hint,
            rule="anomaly-windows",
        )
    option = call.named("alert_window")
    if option is None:
        return
    alert = window(option_text(option))
    if alert is None or alert.relation != "last":
        yield QueryMistake(
            text,
            option.span,
            "alert_window is not a window",
            "write alert_window='last_15m'",
            rule="anomaly-windows",
        )
        return
    if query.window.seconds < alert.seconds:
        hint = f"write last_{alert.duration} or longer at the beginning"
        yield QueryMistake(
            text,
            query.window_span,
            "the query looks at less than its alert window",
            hint,
            rule="anomaly-windows",
        )
    interval = call.named("interval")
    seconds = interval_seconds(interval) if interval else None
    if interval and seconds is None:
        yield QueryMistake(
            text,
            interval.span,
            "interval is a number of seconds",
            "write interval=60",
            rule="anomaly-windows",
        )
    elif interval and seconds is not None and seconds * _SHARE_OF_INTERVAL > alert.seconds:
        most = f"at most {alert.seconds // _SHARE_OF_INTERVAL}"
        yield QueryMistake(
            text,
            interval.span,
            "interval is more than a fifth of the alert window",
            most,
            rule="anomaly-windows",
        )


def forecast_mistakes(text: str, query: MetricAlert, call: FormulaCall) -> Iterator[QueryError]:
    """Options of forecast() and what stands inside it."""
    yield from _choice_mistakes(text, call)
    for inner in calls(call):
        if inner.function in NOT_IN_FORECAST:
            yield QueryMistake(
                text,
                inner.name_span,
                f"{inner.function}() cannot stand in forecast()",
                rule="wrong-arguments",
            )
    interval = call.named("interval")
    if interval and interval_seconds(interval) is None:
        yield QueryMistake(
            text, interval.span, "interval is not a time", "write interval='60m'", rule="wrong-arguments"
        )
    if query.window.relation == "next" and not 12 * HOUR <= query.window.seconds <= 90 * DAY:
        yield QueryMistake(
            text,
            query.window_span,
            f"a forecast of {query.window.duration}",
            "12 hours to 3 months",
            rule="invalid-window",
        )
    algorithm = call.arguments[1].value if isinstance(call.arguments[1], Text) else ""
    for name, needed in (("model", "linear"), ("seasonality", "seasonal")):
        option = call.named(name)
        if option and algorithm in ("linear", "seasonal") and algorithm != needed:
            yield QueryMistake(
                text,
                option.span,
                f"{name} is for '{needed}' forecasts",
                "leave it out",
                rule="wrong-arguments",
            )


def _choice_mistakes(text: str, call: FormulaCall) -> Iterator[QueryError]:
    for argument in call.arguments:
        if isinstance(argument, NamedArgument) and argument.name in _CHOICES:
            choices = _CHOICES[argument.name]
            if (value := option_text(argument)) not in choices:
                hint = did_you_mean(value, choices) or f"one of {', '.join(choices)}"
                yield QueryMistake(
                    text, argument.span, f"no such {argument.name}: {value}", hint, rule="wrong-arguments"
                )


def option_text(option: NamedArgument) -> str:
    """The value of an option as a text."""
    return str(option.value.value)


def interval_seconds(option: NamedArgument) -> float | None:
    """`60`, or `'60m'` with its unit."""
    if isinstance(option.value, Number):
        return option.value.value
    found = duration(option.value.value)
    if found:
        return found.seconds
    return float(option.value.value) if option.value.value.isdigit() else None
