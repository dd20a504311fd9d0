"""The widgets of a dashboard on their grid, groups inside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ddconf.analytics.query import UncomputableQuery
from ddconf.document import JSON, Document, walk
from ddconf.errors import DdconfError
from ddconf.preview.grid import GridCell, places
from ddconf.preview.sources import Sources
from ddconf.preview.widgets import find_widget
from ddconf.render.markup import Html, element

_GROUPS = ("group", "split_group", "powerpack")


def board(widgets: Sequence[Document], sources: Sources, *, free: bool = False) -> Html:
    """Every widget at its place."""
    drawn = (
        _widget(item.get("definition") or {}, place, sources)
        for item, place in zip(widgets, places(widgets, free=free), strict=True)
    )
    return element("div", *drawn, class_="grid")


def _widget(definition: Document, place: GridCell, sources: Sources) -> Html:
    type_ = str(definition.get("type") or "")
    title = str(definition.get("title") or "")
    if type_ in _GROUPS and isinstance(definition.get("widgets"), list):
        return _group(definition, title, place, sources)
    heading = element("h3", title, title=title) if title else None
    return element(
        "section",
        heading,
        element("div", _inside(definition, type_, place, sources), class_="inside", tabindex=0),
        class_=f"widget {_class(type_)}",
        style=place.style,
        aria_label=title or type_.replace("_", " "),
    )


def _group(definition: Document, title: str, place: GridCell, sources: Sources) -> Html:
    heading = element("h2", title) if definition.get("show_title", True) else None
    color = _class(str(definition.get("background_color") or ""))
    return element(
        "section",
        heading,
        board(definition["widgets"], sources),
        class_=f"group {color}".strip(),
        style=place.style,
        aria_label=title,
    )


def _inside(definition: Document, type_: str, place: GridCell, sources: Sources) -> Html:
    draw = find_widget(type_)
    try:
        if draw is None:
            raise UncomputableQuery(f"{type_.replace('_', ' ') or 'this widget'} is not drawn here")
        return draw(definition, sources, place.inside(titled=bool(definition.get("title"))))
    except (UncomputableQuery, DdconfError) as why:
        if isinstance(why, DdconfError) and not sources.live:
            raise
        queries = (element("li", element("code", query)) for query in queries_of(definition))
        return element("div", element("p", str(why)), element("ul", *queries), class_="uncomputed")


def queries_of(document: JSON) -> Iterator[str]:
    """Every query that stands in a definition, of whatever kind, once."""
    found = (
        value
        for path, value in _leaves(document)
        if isinstance(value, str) and path[-1] in ("q", "query", "query_string", "expression")
    )
    return iter(dict.fromkeys(found))


def _leaves(document: JSON, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], JSON]]:
    for below, value in walk(document, path):
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from _leaves(item, (*below, index))
        elif below:
            yield below, value


def _class(name: str) -> str:
    return re.sub(r"[^\w-]", "", name)
