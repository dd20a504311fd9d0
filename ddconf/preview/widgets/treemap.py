"""Shares of a whole as areas, groups inside groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ddconf.analytics.request import scalar
from ddconf.document import Document
from ddconf.preview.charts import Spec, chart
from ddconf.preview.colors import series_color
from ddconf.preview.numbers import Unit, shown
from ddconf.preview.sources import Size, Sources
from ddconf.preview.widgets import widget
from ddconf.preview.widgets.sunburst import Shares, firsts
from ddconf.render.markup import Html, element

_LEAST_WIDTH, _LEAST_HEIGHT = 20, 15


@widget("treemap")
def treemap(definition: Document, sources: Sources, size: Size) -> Html:
    columns = scalar((definition.get("requests") or [{}])[0], sources.store)
    shares = {group: number for group, number in columns[0].frame.scalars.items() if number and number > 0}
    if not shares:
        return element("p", "No logs with a value of this", class_="empty")
    nodes = list(_nodes(shares, sources.unit(columns[0])))
    names = ", ".join(f"{node['name']} {node['text']}" for node in nodes if node["parent"] == "whole")
    return chart(_spec(nodes, size), f"Areas: {names}")


def _nodes(shares: Shares, unit: Unit) -> Iterator[dict[str, Any]]:
    """The whole, each outer group and each inner one, as rows that name their parent by number."""
    yield {"id": "whole", "parent": None, "name": "", "text": "", "color": "transparent"}
    for index, (first, total) in enumerate(firsts(shares).items()):
        color = series_color(index)
        inner = {group: number for group, number in shares.items() if group[:1] == (first,)}
        whole = {
            "id": f"{index}",
            "parent": "whole",
            "name": first,
            "text": shown(total, unit),
            "color": color,
        }
        if len(inner) == 1 and len(next(iter(inner))) < 2:
            yield {**whole, "size": total}
            continue
        yield whole
        for number, (group, size) in enumerate(inner.items()):
            yield {
                "id": f"{index}.{number}",
                "parent": f"{index}",
                "name": ", ".join(group[1:]),
                "text": shown(size, unit),
                "size": size,
                "color": color,
            }


def _spec(nodes: list[dict[str, Any]], size: Size) -> Spec:
    """Vega lays the areas out; a name is cut where its area is narrow, and left out where it is too low."""
    box = {"x": {"field": "x0"}, "y": {"field": "y0"}, "x2": {"field": "x1"}, "y2": {"field": "y1"}}
    room = "datum.x1 - datum.x0 - 12"
    fits = f"datum.y1 - datum.y0 >= {_LEAST_HEIGHT} && {room} >= {_LEAST_WIDTH}"
    label = f"{fits} ? datum.name + '  ' + datum.text : ''"
    layout = {
        "type": "treemap",
        "field": "size",
        "method": "squarify",
        "ratio": 1.6,
        "paddingInner": 2,
        "paddingTop": 17 if any("." in node["id"] for node in nodes) else 0,
        "size": [{"signal": "width"}, {"signal": "height"}],
    }
    return {
        "$schema": "https://vega.github.io/schema/vega/v5.json",
        "width": size.width,
        "height": size.height,
        "padding": 0,
        "autosize": "none",
        "data": [
            {
                "name": "tree",
                "values": nodes,
                "transform": [{"type": "stratify", "key": "id", "parentKey": "parent"}, layout],
            },
            {
                "name": "groups",
                "source": "tree",
                "transform": [{"type": "filter", "expr": "datum.parent === 'whole'"}],
            },
            {"name": "leaves", "source": "tree", "transform": [{"type": "filter", "expr": "datum.size > 0"}]},
        ],
        "marks": [
            _rectangles("groups", box, 0.16),
            _rectangles("leaves", box, 0.55),
            _labels("groups", label, room, bold=True),
            _labels("leaves", f"datum.parent === 'whole' ? '' : {label}", room, bold=False),
        ],
        "config": {"aria": False},
    }


def _rectangles(source: str, box: Spec, opacity: float) -> Spec:
    look = {**box, "fill": {"field": "color"}, "fillOpacity": {"value": opacity}}
    return {"type": "rect", "from": {"data": source}, "encode": {"enter": look}}


def _labels(source: str, text: str, room: str, *, bold: bool) -> Spec:
    look = {
        "x": {"field": "x0", "offset": 5},
        "y": {"field": "y0", "offset": 4},
        "baseline": {"value": "top"},
        "fill": {"value": "currentColor"},
        "font": {"value": "system-ui, sans-serif"},
        "fontSize": {"value": 11},
        "fontWeight": {"value": "bold" if bold else "normal"},
        "text": {"signal": text},
        "limit": {"signal": room},
    }
    return {"type": "text", "from": {"data": source}, "encode": {"enter": look}}
