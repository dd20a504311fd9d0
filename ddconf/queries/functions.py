"""Functions and methods of metric queries and formulas: their arguments, and where they may stand.

https://docs.datadoghq.com/dashboards/functions/
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from re import compile

from ddconf.queries.tree import Argument, Braces, Number, Text, Word

TIMES = ("avg", "sum", "min", "max", "count")
RANKS = ("mean", "min", "max", "last", "area", "l2norm", "sum")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument by its place: `says` is for messages, `fits` decides."""

    says: str
    fits: Callable[[Argument], bool]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function takes; `options` are the names of further arguments."""

    parameters: tuple[Parameter, ...]
    options: frozenset[str] = frozenset()
    in_monitors: bool = True
    outermost: bool = False
    """Whether in a monitor nothing may stand around it."""


def _is_expression(argument: Argument) -> bool:
    return not isinstance(argument, Text | Word | Braces | Number)


def _is_query_or_number(argument: Argument) -> bool:
    return not isinstance(argument, Text | Word | Braces)


def _is_number(argument: Argument) -> bool:
    return isinstance(argument, Number)


QUERY = Parameter("a query", _is_expression)
VALUE = Parameter("a query or a number", _is_query_or_number)
NUMBER = Parameter("a number", _is_number)


def at_least(least: float, says: str, *, above: bool = False, required: bool = True) -> Parameter:
    """A number from `least` on, or above it."""

    def fits(argument: Argument) -> bool:
        if not isinstance(argument, Number):
            return False
        return argument.value > least if above else argument.value >= least

    return Parameter(says, fits, required)


def one_of(*texts: str, required: bool = True) -> Parameter:
    """A quoted text, of which the case does not matter."""
    known = {text.lower() for text in texts}

    def fits(argument: Argument) -> bool:
        return isinstance(argument, Text) and argument.value.lower() in known

    return Parameter("one of " + ", ".join(f"'{text}'" for text in texts), fits, required)


def _is_shift(argument: Argument) -> bool:
    return isinstance(argument, Text) and compile(r"-?\d+(d|w|mo)").fullmatch(argument.value) is not None


@cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones()) | {"UTC"}


def _is_zone(argument: Argument) -> bool:
    return isinstance(argument, Text) and (not _zones() - {"UTC"} or argument.value in _zones())


def _is_time_aggregation(argument: Argument) -> bool:
    if not isinstance(argument, Text | Word):
        return False
    return argument.value in (*TIMES, "stddev") or _is_percentile(argument)


def _is_percentile(argument: Argument) -> bool:
    return isinstance(argument, Text | Word) and bool(
        compile(r"p\d{1,2}(\.\d{1,2})?").fullmatch(argument.value)
    )


POSITIVE = at_least(0, "a number above 0", above=True)
SECONDS = at_least(0, "seconds above 0", above=True)
_OPTIONS_OF_ANOMALIES = frozenset(
    ("direction", "alert_window", "interval", "count_default_zero", "seasonality", "timezone")
)

PLAIN = (
    "abs",
    "log2",
    "log10",
    "cumsum",
    "integral",
    "diff",
    "monotonic_diff",
    "derivative",
    "rate",
    "dt",
    "per_second",
    "per_minute",
    "per_hour",
    "throughput",
    "count_nonzero",
    "count_not_null",
    "default_zero",
    "exclude_null",
    "hour_before",
    "day_before",
    "week_before",
    "month_before",
    "robust_trend",
    "trend_line",
    "piecewise_constant",
    "round",
)
"""Functions of one query and nothing else."""

FUNCTIONS: dict[str, Signature] = {
    **{name: Signature((QUERY,)) for name in PLAIN},
    **{f"ewma_{span}": Signature((QUERY,)) for span in (3, 5, 7, 10, 20)},
    **{f"median_{span}": Signature((QUERY,)) for span in (3, 5, 7, 9)},
    **{f"rollingavg_{span}": Signature((QUERY,)) for span in (5, 13, 21, 29)},
    **{name: Signature((QUERY, NUMBER)) for name in ("clamp_min", "clamp_max", "cutoff_min", "cutoff_max")},
    **{
        f"{end}{number}{by}": Signature((QUERY,))
        for end in ("top", "bottom")
        for number in (5, 10, 15, 20)
        for by in ("", *(f"_{rank}" for rank in RANKS))
    },
    "autosmooth": Signature((QUERY,), in_monitors=False),
    "top": Signature((QUERY, POSITIVE, one_of(*RANKS), one_of("asc", "desc"))),
    "moving_rollup": Signature((QUERY, SECONDS, one_of(*TIMES))),
    "timeshift": Signature((QUERY, NUMBER)),
    "calendar_shift": Signature(
        (
            QUERY,
            Parameter('a time such as "-1d", "-1w" or "-1mo"', _is_shift),
            Parameter('a time zone such as "Europe/Paris"', _is_zone),
            Parameter("a text", lambda argument: isinstance(argument, Text), required=False),
        )
    ),
    "anomalies": Signature(
        (QUERY, one_of("basic", "agile", "robust", "adaptive"), POSITIVE),
        _OPTIONS_OF_ANOMALIES,
        outermost=True,
    ),
    "outliers": Signature(
        (
            QUERY,
            one_of("DBSCAN", "MAD", "scaledDBSCAN", "scaledMAD"),
            POSITIVE,
            at_least(0, "a percentage", required=False),
        ),
        outermost=True,
    ),
    "forecast": Signature(
        (QUERY, one_of("linear", "seasonal"), at_least(1, "deviations of 1 or more")),
        frozenset(("interval", "history", "model", "seasonality", "timezone")),
        outermost=True,
    ),
    "rollup": Signature(
        (
            QUERY,
            Parameter("an aggregation such as 'avg' or 'p95'", _is_time_aggregation),
            at_least(0, "seconds above 0", above=True, required=False),
        )
    ),
    "reduce": Signature((QUERY, one_of("avg", "sum", "min", "max", "last", "area", "l2norm", "percentile"))),
    "percentile": Signature(
        (
            QUERY,
            Parameter("a percentile such as 'p90'", _is_percentile),
            Parameter("tags in braces", lambda argument: isinstance(argument, Braces), required=False),
        )
    ),
    "min": Signature((VALUE, VALUE)),
    "max": Signature((VALUE, VALUE)),
}

NOT_IN_FORECAST = frozenset(
    ("anomalies", "cumsum", "integral", "outliers", "piecewise_constant", "robust_trend", "trend_line")
)


def _is_rollup_method(argument: Argument) -> bool:
    return isinstance(argument, Word | Text) and argument.value in (
        *TIMES,
        "stddev",
    )


def _is_method_or_seconds(argument: Argument) -> bool:
    return _is_rollup_method(argument) or SECONDS.fits(argument)


def _is_period(argument: Argument) -> bool:
    if isinstance(argument, Word | Text):
        return argument.value in ("daily", "weekly", "monthly")
    return SECONDS.fits(argument)


def _is_filling(argument: Argument) -> bool:
    if isinstance(argument, Word | Text):
        return argument.value in ("null", "zero", "last", "linear")
    return isinstance(argument, Number)


METHODS: dict[str, Signature] = {
    "as_count": Signature(()),
    "as_rate": Signature(()),
    "weighted": Signature(()),
    "rollup": Signature(
        (
            Parameter("avg, sum, min, max, count or seconds", _is_method_or_seconds),
            Parameter("seconds, daily, weekly or monthly", _is_period, required=False),
        )
    ),
    "fill": Signature(
        (
            Parameter("null, zero, last, linear or a number", _is_filling),
            at_least(0, "seconds", required=False),
        )
    ),
}
