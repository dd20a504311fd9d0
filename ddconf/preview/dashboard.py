"""The page of a dashboard: its title, its template variables, the logs it was drawn from, its widgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from ddconf.analytics.compute import values
from ddconf.analytics.query import UncomputableQuery
from ddconf.analytics.request import SearchedLogs
from ddconf.analytics.variables import EVERYTHING, TemplateVariable, variables_of
from ddconf.analytics.window import TimeFrame, window_of
from ddconf.document import Document
from ddconf.pipelines.attributes import text_of
from ddconf.pipelines.log import Log
from ddconf.preview.board import board, queries_of
from ddconf.preview.sources import Sources
from ddconf.render.markup import Html, element, join
from ddconf.render.page import page

_CHOICES = 50


def dashboard(
    document: Document,
    logs: Sequence[Log],
    *,
    chosen: Mapping[str, Sequence[str]] | None = None,
    monitors: Sequence[Document] = (),
    units: Mapping[str, str] | None = None,
    app: str = "",
    served: bool = False,
) -> str:
    """The page of a dashboard over logs; `chosen` are values of its template variables.

    With `served` the variables are a form, which asks the server that the page came from.
    """
    variables = variables_of(document, chosen)
    everything = [TemplateVariable(item.name, item.prefix) for item in variables]
    whole = SearchedLogs(logs, window_of(logs), everything)
    seen = _concerned(document, whole)
    sources = Sources(whole.narrowed(seen, window_of(seen), variables), monitors, units or {}, app)
    free = document.get("layout_type") == "free"
    title = str(document.get("title") or "")
    body = join(
        element("header", *_head(document, title, sources, served)),
        element("main", board(document.get("widgets") or [], sources, free=free)),
    )
    return page(title, body)


def _concerned(document: Document, store: SearchedLogs) -> list[Log]:
    """The logs that any query of the dashboard finds: their span is what the page shows."""
    found: set[int] = set()
    for query in queries_of(document.get("widgets") or []):
        try:
            found.update(map(id, store.search(query)))
        except UncomputableQuery:
            continue
    return [log for log in store.logs if id(log) in found]


def _head(document: Document, title: str, sources: Sources, served: bool) -> Iterator[Html]:
    if served:
        yield element("nav", element("a", "All previews", href="/"))
    yield element("h1", title)
    if about := document.get("description"):
        yield element("p", str(about), class_="about")
    yield element("p", f"{len(sources.store.logs):,} logs, {_span(sources.store.window)}", class_="span")
    if sources.store.variables:
        yield _form(sources) if served else _values(sources.store.variables)


def _span(window: TimeFrame) -> str:
    start, end = (datetime.fromtimestamp(time / 1000, UTC) for time in (window.start, window.end))
    return f"{start:%Y-%m-%d %H:%M:%S} to {end:%Y-%m-%d %H:%M:%S} UTC"


def _values(variables: Sequence[TemplateVariable]) -> Html:
    items = (element("li", element("b", f"${item.name}"), " ", ", ".join(item.values)) for item in variables)
    return element("ul", *items, class_="variables")


def _form(sources: Sources) -> Html:
    fields = (_field(item, sources.store.logs) for item in sources.store.variables)
    return element("form", *fields, element("button", "Apply"), class_="variables", method="get")


def _field(variable: TemplateVariable, logs: Sequence[Log]) -> Html:
    options = choices(variable, logs)
    listed = (element("option", name, value=name, selected=name in variable.values) for name in options)
    select = element("select", *listed, name=variable.name)
    return element("label", element("span", f"${variable.name}"), select)


def choices(variable: TemplateVariable, logs: Sequence[Log]) -> list[str]:
    """What a variable can be: everything, what it is, and the values that logs have, most frequent first."""
    if not variable.prefix:
        return list(dict.fromkeys((EVERYTHING, *variable.values)))
    seen = Counter(text_of(value) for log in logs for value in values(log, variable.prefix))
    return list(
        dict.fromkeys((EVERYTHING, *variable.values, *(name for name, _ in seen.most_common(_CHOICES))))
    )
