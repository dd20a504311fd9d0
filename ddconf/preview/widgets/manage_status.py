"""The monitors that a summary would list: those defined here, whose state nobody knows offline."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.analytics.query import UncomputableQuery
from ddconf.document import Document
from ddconf.errors import DdconfError
from ddconf.pipelines.log import Log
from ddconf.pipelines.query import parse_query
from ddconf.preview.sources import Size, Sources
from ddconf.preview.widgets import widget
from ddconf.render.markup import Html, element, join


@widget("manage_status")
def manage_status(definition: Document, sources: Sources, _size: Size) -> Html:
    found = list(_matching(str(definition.get("query") or "*"), sources))
    if not found:
        return element("p", "No monitor that is defined here matches", class_="empty")
    rows = (element("li", _state(monitor, sources), str(monitor.get("name", ""))) for monitor in found)
    noun = "monitor" if len(found) == 1 else "monitors"
    told = f"{len(found)} {noun}" + ("" if sources.live else ", not evaluated offline")
    summary = element("p", told, class_="summary")
    return join(summary, element("ul", *rows, class_="monitors"))


def _state(monitor: Document, sources: Sources) -> Html:
    """A mark in the colour of the monitor's state, where there is one."""
    state = str(monitor.get("overall_state") or "No Data") if sources.live else "not evaluated"
    return element("i", class_=f"status {state.replace(' ', '')}" if sources.live else "status", title=state)


def _matching(query: str, sources: Sources) -> Iterator[Document]:
    """A monitor's tags are searched as `tag:...`, its name in words.

    https://docs.datadoghq.com/monitors/manage/search/
    """
    try:
        matches = parse_query(query).matches
    except DdconfError as error:
        raise UncomputableQuery(f"the query cannot be read: {error}") from None
    for monitor in sources.monitors:
        tags = tuple(f"tag:{tag}" for tag in monitor.get("tags") or [])
        if matches(
            Log(message=str(monitor.get("name", "")), tags=(*tags, f"type:{monitor.get('type', '')}"))
        ):
            yield monitor
