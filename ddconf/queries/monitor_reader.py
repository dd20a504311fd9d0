"""From the text of a monitor's query to its tree, for each type of monitor."""

from __future__ import annotations

import re

from ddconf.pipelines.query import QueryError
from ddconf.queries.chains import HEAD, ChainReader, formula_inside
from ddconf.queries.composites import CompositeReader
from ddconf.queries.monitors import (
    ChangeMeasure,
    EventAlert,
    FormulaAlert,
    MetricAlert,
    MonitorQuery,
    NoQuery,
    ServiceCheck,
    SloAlert,
)
from ddconf.queries.reader import Reader, did_you_mean
from ddconf.queries.sources import EVENT_TYPES, FORMULA_WINDOWS, METRIC_TYPES, MONITOR_TYPES
from ddconf.queries.tree import Span
from ddconf.queries.windows import Window, shift, window

TIME_AGGREGATORS = ("avg", "sum", "min", "max")
_CHANGE = re.compile(r"(change|pct_change)\s*\(")
_WINDOW_WORD = re.compile(r"\w+")
_WINDOW_HINT = "write for example last_5m, last_1h, last_1d"
_SLO_HEADS = ("error_budget", "burn_rate")


def read_monitor_query(text: str, type: str) -> MonitorQuery:
    """The tree of a monitor's query; raises QueryError."""
    if type not in MONITOR_TYPES:
        hint = did_you_mean(type, MONITOR_TYPES)
        raise Reader(text).mistake_at((0, len(text)), f"no such type of monitor: {type}", hint)
    reader: CompositeReader | MonitorReader
    reader = CompositeReader(text) if type == "composite" else MonitorReader(text)
    query = reader.query(type)
    reader.end("the query should end here")
    return query


def _elsewhere(head: str) -> str:
    """A hint which type has queries with this head."""
    for type, events in EVENT_TYPES.items():
        if head in events.heads:
            return f"{head}( belongs to type: {type}"
    return "that belongs to type: slo alert" if head in _SLO_HEADS else ""


class MonitorReader(ChainReader):
    """Reads the queries of all monitors but composites."""

    def query(self, type: str) -> MonitorQuery:
        if type == "service check":
            return self.service_check()
        if type == "slo alert":
            return self.slo_alert()
        if type == "synthetics alert":
            return self.no_query()
        self.peek()
        head = HEAD.match(self.text, self.at)
        name = head[1] if head else ""
        if name == "formula" and (type in FORMULA_WINDOWS or type in EVENT_TYPES):
            return self.formula_alert()
        if type in EVENT_TYPES and name in EVENT_TYPES[type].heads:
            return self.event_alert(EVENT_TYPES[type].quotes)
        if type in METRIC_TYPES and not _elsewhere(name):
            return self.metric_alert()
        raise self.wrong_head(type, name)

    def wrong_head(self, type: str, name: str) -> QueryError:
        heads = EVENT_TYPES[type].heads if type in EVENT_TYPES else ("formula",)
        begin = "avg(last_5m):" if type in METRIC_TYPES else " or ".join(f"{head}(" for head in heads)
        hint = did_you_mean(name, heads) or _elsewhere(name)
        return self.mistake(f"the query of a {type} begins with {begin}", hint)

    def metric_alert(self) -> MetricAlert:
        change, (aggregator, when, when_span) = self.evaluation()
        self.expect(":", "a colon belongs here", "write avg(last_5m):avg:system.load.1{*} > 4")
        return MetricAlert(aggregator, when, change, self.expression(), self.comparison(), when_span)

    def evaluation(self) -> tuple[ChangeMeasure | None, tuple[str, Window, Span]]:
        """`avg(last_5m)`, or `change(avg(last_5m),last_1h)` around it."""
        change = self.match(_CHANGE)
        if change is None:
            return None, self.reduction()
        inner = self.reduction()
        self.expect(",", "how long ago is missing", "write change(avg(last_5m),last_1h)")
        word, span = self.word()
        ago = shift(word)
        if ago is None:
            raise self.mistake_at(span, f"{word!r} is not a time ago", "write last_1h or 1h_ago")
        self.expect(")", "this parenthesis is never closed", "add the missing )")
        return ChangeMeasure(change[1], ago, word), inner

    def reduction(self) -> tuple[str, Window, Span]:
        head = self.match(HEAD)
        if head is None:
            raise self.mistake("the time over which the monitor looks is missing", "begin with avg(last_5m):")
        if head[1] not in TIME_AGGREGATORS:
            hint = did_you_mean(head[1], TIME_AGGREGATORS) or "avg, sum, min or max"
            raise self.mistake_at(head.span(1), f"{head[1]} is not an aggregation over time", hint)
        word, span = self.word()
        found = window(word)
        if found is None:
            raise self.mistake_at(span, f"{word!r} is not a window", _WINDOW_HINT)
        self.expect(")", "this parenthesis is never closed", "add the missing )")
        return head[1], found, span

    def word(self) -> tuple[str, Span]:
        found = self.match(_WINDOW_WORD)
        if found is None:
            raise self.mistake("a window is missing here", _WINDOW_HINT)
        return found[0], found.span()

    def event_alert(self, quotes: str) -> EventAlert:
        source, search = self.head(quotes)
        return EventAlert(self.chain(quotes), source, search, self.comparison())

    def formula_alert(self) -> FormulaAlert:
        _, formula = self.head('"')
        methods = self.chain('"', bare=True)
        return FormulaAlert(methods, formula, formula_inside(self.text, formula), self.comparison())

    def slo_alert(self) -> SloAlert:
        measure, slo = self.head('"')
        if measure not in _SLO_HEADS:
            hint = did_you_mean(measure, _SLO_HEADS)
            message = "an slo alert begins with error_budget( or burn_rate("
            raise self.mistake_at((0, len(measure)), message, hint)
        return SloAlert(self.chain('"'), measure, slo, self.comparison())

    def service_check(self) -> ServiceCheck:
        check = self.string('"')
        chain = self.chain('"')
        return ServiceCheck(chain, check, self.comparison() if self.peek() else None)

    def no_query(self) -> NoQuery:
        self.expect("no_query", "the query of a synthetics alert is no_query")
        return NoQuery()
