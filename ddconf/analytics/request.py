"""A widget's request computed over logs: its queries, then its formulas, each one a column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ddconf.analytics.aggregations import CARDINALITY, COUNT
from ddconf.analytics.compute import compute
from ddconf.analytics.formula import evaluate
from ddconf.analytics.frame import Frame
from ddconf.analytics.query import LogQuery, UncomputableQuery, read_log_query, read_query
from ddconf.analytics.variables import TemplateVariable, fill
from ddconf.analytics.window import TimeFrame
from ddconf.document import Document
from ddconf.errors import DdconfError
from ddconf.pipelines.log import Log
from ddconf.pipelines.query import parse_query

_UNITLESS = (COUNT, CARDINALITY)
_METRICS = ("metrics", "cloud_cost")

MetricQueries = Callable[[Document, TimeFrame], Frame]
"""Computes a metric query in a window, one bucket being the whole; raises Uncomputable."""


@dataclass(frozen=True, slots=True)
class Column:
    """One formula of a request and its numbers; `style` is the formula's document: alias, format, colours.

    `measure` is what the numbers are of, where they are plain values of it.
    """

    name: str
    frame: Frame
    style: Document = field(default_factory=dict)
    measure: str | None = None


@dataclass(frozen=True)
class SearchedLogs:
    """The logs that queries search, and the template variables that stand in them; searches are kept."""

    logs: Sequence[Log]
    window: TimeFrame
    variables: Sequence[TemplateVariable] = ()
    metrics: MetricQueries | None = None
    """Who knows metrics, if anybody does."""
    _found: dict[str, list[Log]] = field(default_factory=dict, compare=False, repr=False)

    def narrowed(
        self, logs: Sequence[Log], window: TimeFrame, variables: Sequence[TemplateVariable]
    ) -> SearchedLogs:
        """The store of some of the logs, which hold all that any search here has found or will find."""
        return SearchedLogs(logs, window, variables, self.metrics, self._found)

    def search(self, query: str) -> list[Log]:
        """The logs that a query matches, in their order; raises Uncomputable for a malformed query."""
        text = fill(query, self.variables)
        if text not in self._found:
            try:
                matches = parse_query(text).matches
            except DdconfError as error:
                raise UncomputableQuery(f"the query cannot be read: {error}") from None
            self._found[text] = [log for log in self.logs if matches(log)]
        return self._found[text]


def scalar(request: Document, store: SearchedLogs) -> list[Column]:
    """The columns of a request over the whole window, one number for each group."""
    return _columns(request, store, store.window.whole())


def series(request: Document, store: SearchedLogs) -> tuple[list[Column], TimeFrame]:
    """The columns of a request over time, and the buckets that they are in."""
    queries = [query for query in _queries(request, store).values() if isinstance(query, LogQuery)]
    interval = next((query.compute.interval for query in queries if query.compute.interval), None)
    window = store.window.every(interval) if interval else store.window
    return _columns(request, store, window), window


def _columns(request: Document, store: SearchedLogs, window: TimeFrame) -> list[Column]:
    queries = _queries(request, store)
    fetch = _fetch(queries, store, window)
    formulas = request.get("formulas") or [{"formula": name} for name in queries]
    if "" in queries:
        return [Column("", fetch("", 0), measure=_measure(queries.get("")))]
    return [
        Column(
            str(item.get("alias") or item["formula"]),
            evaluate(str(item["formula"]), fetch, window),
            item,
            _measure(queries.get(str(item["formula"]).strip())),
        )
        for item in formulas
    ]


def _queries(request: Document, store: SearchedLogs) -> dict[str, LogQuery | Document]:
    """The queries by name: of logs, and documents of metric queries where the store knows metrics."""
    documents = request.get("queries") or []
    if store.metrics is None:
        return {query.name: query for query in read_queries(request)}
    if isinstance(request.get("q"), str):
        return {"": {"data_source": "metrics", "query": request["q"]}}
    if not any(document.get("data_source") in _METRICS for document in documents):
        return {query.name: query for query in read_queries(request)}
    return {
        str(document.get("name") or f"query{place + 1}"): document
        if document.get("data_source") in _METRICS
        else read_query(document)
        for place, document in enumerate(documents)
    }


def _measure(query: LogQuery | Document | None) -> str | None:
    """The measure whose unit a query's numbers have; a count has none."""
    if not isinstance(query, LogQuery) or query.compute.aggregation in _UNITLESS:
        return None
    return query.compute.metric


def _fetch(
    queries: Mapping[str, LogQuery | Document], store: SearchedLogs, window: TimeFrame
) -> Callable[[str, int], Frame]:
    found: dict[tuple[str, int], Frame] = {}

    def fetch(name: str, shift: int) -> Frame:
        if name not in queries:
            raise UncomputableQuery(f"there is no query {name}")
        if (name, shift) not in found:
            query, at = queries[name], window.shifted(-shift)
            if isinstance(query, LogQuery):
                found[name, shift] = compute(query, store.search(query.search), at)
            elif store.metrics is not None:
                text = fill(str(query.get("query") or ""), store.variables)
                found[name, shift] = store.metrics({**query, "query": text}, at)
        return found[name, shift]

    return fetch


def read_queries(request: Document) -> Iterator[LogQuery]:
    """The queries of a request; raises Uncomputable where it asks for other things than logs."""
    if isinstance(request.get("log_query"), dict):
        yield read_log_query(request["log_query"])
        return
    single = request.get("query")
    listed = request.get("queries") or ([single] if isinstance(single, dict) else [])
    if not listed:
        raise UncomputableQuery("asks for something else than logs")
    for document in listed:
        yield read_query(document)
