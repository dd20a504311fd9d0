"""What a monitor may not ask: windows, methods and functions by its type.

https://docs.datadoghq.com/monitors/types/
"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.pipelines.query import QueryError, parse_query
from ddconf.queries.anomaly_checks import anomaly_mistakes, forecast_mistakes
from ddconf.queries.checks import expression_mistakes
from ddconf.queries.cost_checks import cost_mistakes
from ddconf.queries.functions import FUNCTIONS
from ddconf.queries.monitors import (
    Composite,
    EventAlert,
    FormulaAlert,
    MetricAlert,
    MonitorQuery,
    ServiceCheck,
    SloAlert,
)
from ddconf.queries.problem import QueryMistake, moved
from ddconf.queries.reader import did_you_mean
from ddconf.queries.sources import (
    AGGREGATIONS,
    DAY,
    ERROR_SOURCES,
    EVENT_TYPES,
    FORMULA_METHODS,
    HOUR,
    MINUTE,
    PLAIN_FORMULA_METHODS,
    SLO_TIMEFRAMES,
    in_words,
    longest_window,
)
from ddconf.queries.tree import FormulaCall, Method, Tag, all_series, calls, groups, scope_nodes
from ddconf.queries.windows import duration

_MOST_PARTS = 10
_LONGEST_METRIC_WINDOW = 31 * DAY
_JOBS = ("data-jobs alert", "data-quality alert")


def monitor_mistakes(text: str, type: str, query: MonitorQuery) -> Iterator[QueryError]:
    """Everything wrong with a query that its grammar lets through."""
    match query:
        case MetricAlert():
            yield from _metric_mistakes(text, query)
        case EventAlert():
            yield from _event_mistakes(text, type, query)
        case FormulaAlert():
            yield from _formula_mistakes(text, type, query)
        case ServiceCheck():
            yield from _check_mistakes(text, query)
        case SloAlert():
            yield from _slo_mistakes(text, query)
        case Composite():
            parts = {part.id for part in query.parts}
            if len(parts) > _MOST_PARTS:
                yield QueryMistake(
                    text,
                    (0, len(text)),
                    f"a composite has at most {_MOST_PARTS} monitors",
                    rule="composite-too-many",
                )


def _metric_mistakes(text: str, query: MetricAlert) -> Iterator[QueryError]:
    yield from expression_mistakes(text, query.expression)
    yield from _place_mistakes(text, query)
    for series in all_series(query.expression):
        for tag in scope_nodes(series.scope):
            if isinstance(tag, Tag) and tag.has_variable:
                hint = "they exist in dashboards only"
                yield QueryMistake(
                    text,
                    tag.span,
                    f"template variable {tag.text} in a monitor",
                    hint,
                    rule="template-variable-in-monitor",
                )
    head = query.expression
    forecast = isinstance(head, FormulaCall) and head.function == "forecast"
    if (query.window.relation == "next") != forecast:
        message = "forecast looks at the future" if forecast else "only forecast looks at the future"
        hint = "write max(next_1w):" if forecast else "write last_ instead of next_"
        yield QueryMistake(text, query.window_span, message, hint, rule="invalid-window")
    if query.window.relation == "last" and query.window.seconds > _LONGEST_METRIC_WINDOW:
        yield QueryMistake(
            text,
            query.window_span,
            f"{query.window} is too long",
            "at most one month: last_1mo",
            rule="invalid-window",
        )
    if query.window.relation == "current" and str(query.window.duration) not in ("1h", "1d", "1mo"):
        yield QueryMistake(
            text,
            query.window_span,
            f"no such window: {query.window}",
            "current_1h, _1d or _1mo",
            rule="invalid-window",
        )
    if isinstance(head, FormulaCall) and head.function == "outliers" and not groups(head):
        hint = "write by {host} or the like"
        yield QueryMistake(text, head.name_span, "outliers() compares groups, and the query has none", hint)
    if isinstance(head, FormulaCall) and head.function == "anomalies":
        yield from anomaly_mistakes(text, query, head)
    if isinstance(head, FormulaCall) and head.function == "forecast":
        yield from forecast_mistakes(text, query, head)


def _place_mistakes(text: str, query: MetricAlert) -> Iterator[QueryError]:
    """Functions that no monitor has, or that nothing may stand around."""
    for call in calls(query.expression):
        signature = FUNCTIONS.get(call.function)
        if signature and not signature.in_monitors:
            yield QueryMistake(
                text, call.name_span, f"{call.function}() cannot be used in monitors", rule="unknown-function"
            )
        if signature and signature.outermost and call is not query.expression:
            hint = "compute inside of it"
            yield QueryMistake(
                text,
                call.name_span,
                f"nothing may stand around {call.function}()",
                hint,
                rule="wrong-arguments",
            )


def _event_mistakes(text: str, type: str, query: EventAlert) -> Iterator[QueryError]:
    events = EVENT_TYPES[type]
    yield from _chain_mistakes(text, query.methods, events.methods)
    try:
        parse_query(query.search.value)
    except QueryError as error:
        (diagnostic,) = error.diagnostics
        start = query.search.span[0] + 1 + error.offset
        span = (start, start + error.length)
        yield QueryMistake(text, span, diagnostic.message, diagnostic.hint, rule="malformed-query")
    rollup = query.method("rollup")
    if rollup and query.aggregation not in AGGREGATIONS:
        hint = did_you_mean(query.aggregation, AGGREGATIONS) or ", ".join(AGGREGATIONS)
        yield QueryMistake(
            text, rollup.span, f"no such aggregation: {query.aggregation}", hint, rule="wrong-arguments"
        )
    elif rollup and query.aggregation != "count" and not query.measure:
        hint = f'write .rollup("{query.aggregation}", "@duration")'
        yield QueryMistake(text, rollup.span, f"{query.aggregation} of what?", hint, rule="wrong-arguments")
    if len(query.groups) > events.most_groups:
        yield QueryMistake(
            text,
            query.methods[0].span,
            f"more than {events.most_groups} groups",
            "leave some out",
            rule="too-many-groups",
        )
    if "source" in events.methods:
        yield from _error_tracking_mistakes(text, query)
    yield from _window_mistakes(text, query.method("last"), query.search.span, MINUTE, events.longest)


def _error_tracking_mistakes(text: str, query: EventAlert) -> Iterator[QueryError]:
    """https://docs.datadoghq.com/monitors/types/error_tracking/"""
    source = query.method("source")
    if source and query.text("source") not in ERROR_SOURCES:
        hint = did_you_mean(query.text("source") or "", ERROR_SOURCES) or ", ".join(ERROR_SOURCES)
        yield QueryMistake(text, source.span, f"no such source: {query.text('source')}", hint)
    if not {"issue.id", "@issue.id"} & set(query.groups):
        hint = 'write .by("issue.id") behind .rollup(...)'
        yield QueryMistake(text, query.search.span, "error tracking counts by issue", hint)


def _formula_mistakes(text: str, type: str, query: FormulaAlert) -> Iterator[QueryError]:
    if type not in _JOBS:
        inside = query.formula.span[0] + 1
        for error in expression_mistakes(query.formula.value, query.expression):
            yield moved(error, text, inside)
    if type == "cost alert":
        yield from cost_mistakes(text, query)
    methods = FORMULA_METHODS.get(type, PLAIN_FORMULA_METHODS)
    yield from _chain_mistakes(text, query.methods, methods)
    if "current" not in methods or query.method("current") is None:
        yield from _window_mistakes(
            text, query.method("last"), query.formula.span, MINUTE, longest_window(type)
        )


def _chain_mistakes(text: str, methods: tuple[Method, ...], known: tuple[str, ...]) -> Iterator[QueryError]:
    seen = set()
    for method in methods:
        at = (method.span[0], method.span[0] + len(method.name))
        if method.name not in known:
            hint = did_you_mean(method.name, known) or f"methods: {', '.join(known)}"
            yield QueryMistake(text, at, f"no such method: .{method.name}()", hint, rule="unknown-function")
        elif method.name in seen:
            yield QueryMistake(text, at, f".{method.name}() stands there twice", rule="wrong-arguments")
        seen.add(method.name)


def _window_mistakes(
    text: str, last: Method | None, head: tuple[int, int], least: int, most: int
) -> Iterator[QueryError]:
    """The window of `.last("5m")`, in seconds from `least` to `most`."""
    if last is None:
        yield QueryMistake(text, head, "no window", 'write .last("5m")', rule="invalid-window")
        return
    written = text[last.span[0] + len("last(") : last.span[1] - 1].strip("\"' ")
    found = duration(written)
    if found is None:
        yield QueryMistake(
            text,
            last.span,
            f"{written!r} is not a window",
            'write for example .last("5m")',
            rule="invalid-window",
        )
    elif not least <= found.seconds <= most:
        yield QueryMistake(
            text,
            last.span,
            f"a window of {found}",
            f"{in_words(least)} to {in_words(most)}",
            rule="invalid-window",
        )


_CHECK_METHODS = ("over", "exclude", "by", "last", "count_by_status", "pct_by_status")


def _check_mistakes(text: str, query: ServiceCheck) -> Iterator[QueryError]:
    yield from _chain_mistakes(text, query.methods, _CHECK_METHODS)
    over = query.method("over")
    if over and not any(query.texts("over")):
        yield QueryMistake(text, over.span, ".over() names no tag", 'write .over("*") for all')
    if not query.groups:
        hint = 'write .by("host") behind .over(...)'
        yield QueryMistake(text, query.check.span, "a grouping must be specified for custom checks", hint)
    last = query.method("last")
    runs = query.text("last") or ""
    if last is None or not runs.isdigit() or not 1 <= int(runs) <= 100:
        at = last.span if last else query.check.span
        yield QueryMistake(text, at, "the number of runs is 1 to 100", "write for example .last(3)")
    counted, share = query.method("count_by_status"), query.method("pct_by_status")
    if (counted is None) == (share is None):
        yield QueryMistake(text, query.check.span, "end with .count_by_status() or .pct_by_status()")
    if counted and query.comparison:
        yield QueryMistake(text, query.comparison.span, "count_by_status() is compared in options.thresholds")


def _slo_mistakes(text: str, query: SloAlert) -> Iterator[QueryError]:
    burn = query.measure == "burn_rate"
    known = ("over", "long_window", "short_window") if burn else ("over",)
    yield from _chain_mistakes(text, query.methods, known)
    over = query.method("over")
    if query.text("over") not in SLO_TIMEFRAMES:
        hint = f"one of {', '.join(SLO_TIMEFRAMES)}"
        yield QueryMistake(
            text,
            over.span if over else query.slo.span,
            ".over() names no timeframe of SLOs",
            hint,
            rule="invalid-window",
        )
    if query.comparison.comparator not in (">", ">="):
        yield QueryMistake(text, query.comparison.span, "an slo alert compares with > or >=")
    threshold = query.comparison.threshold
    if threshold is not None and (threshold < 0 or (burn and threshold == 0)):
        yield QueryMistake(text, query.comparison.threshold_span, "the threshold is above 0")
    if burn:
        yield from _burn_windows(text, query)


def _burn_windows(text: str, query: SloAlert) -> Iterator[QueryError]:
    seconds: dict[str, int] = {}
    for name in ("long_window", "short_window"):
        method = query.method(name)
        found = duration(query.text(name) or "")
        if method is None or found is None:
            at = method.span if method else query.slo.span
            yield QueryMistake(
                text, at, f"no .{name}()", f'write .{name}("{"1h" if name[0] == "l" else "5m"}")'
            )
            return
        seconds[name] = found.seconds
    long, short = query.method("long_window"), query.method("short_window")
    if long and not HOUR <= seconds["long_window"] <= 48 * HOUR:
        yield QueryMistake(text, long.span, "the long window is 1 to 48 hours", rule="burn-rate-windows")
    if short and seconds["short_window"] >= seconds["long_window"]:
        yield QueryMistake(
            text, short.span, "the short window is shorter than the long one", rule="burn-rate-windows"
        )
