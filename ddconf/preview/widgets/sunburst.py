"""Shares of a whole as rings, one for each level of groups, with a list of the figures."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from ddconf.analytics.frame import Group
from ddconf.analytics.request import scalar
from ddconf.document import Document
from ddconf.preview.charts import Spec, chart, lite
from ddconf.preview.colors import series_color
from ddconf.preview.numbers import exact, shown
from ddconf.preview.sources import Size, Sources
from ddconf.preview.widgets import widget
from ddconf.render.markup import Html, element

_FULL = 2 * math.pi

Shares = dict[Group, float]


@widget("sunburst", "pie_chart")
def sunburst(definition: Document, sources: Sources, size: Size) -> Html:
    columns = scalar((definition.get("requests") or [{}])[0], sources.store)
    shares = {group: number for group, number in columns[0].frame.scalars.items() if number}
    if not shares:
        return element("p", "No logs with a value of this", class_="empty")
    diameter = min(size.height, size.width // 2)
    rings = chart(_spec(list(_arcs(shares)), diameter, _levels(shares)), "Shares; the list has their figures")
    unit, whole = sources.unit(columns[0]), sum(shares.values())
    rows = (
        element(
            "li",
            element("i", style=f"background:{series_color(index)}"),
            element("span", name, class_="name"),
            element("span", shown(number, unit), class_="number", title=exact(number)),
            element("span", f"{number / whole:.1%}", class_="number share"),
        )
        for index, (name, number) in enumerate(firsts(shares).items())
    )
    return element("div", rings, element("ol", *rows, class_="shares"), class_="sunburst")


def firsts(shares: Shares) -> dict[str, float]:
    """The sums of the outermost groups, largest first."""
    sums: dict[str, float] = {}
    for group, number in shares.items():
        name = group[0] if group else ""
        sums[name] = sums.get(name, 0) + number
    return dict(sorted(sums.items(), key=lambda item: -item[1]))


def _levels(shares: Shares) -> int:
    return max(1, *(len(group) for group in shares))


def _arcs(shares: Shares) -> Iterator[Spec]:
    """Every group's arc on the ring of its level, below the arc of the group that it is in."""
    whole, at = sum(shares.values()), 0.0
    for index, (first, total) in enumerate(firsts(shares).items()):
        inside = {group: number for group, number in shares.items() if group[:1] == (first,)}
        yield from _ring(inside, 1, at, whole, series_color(index))
        at += total


def _ring(shares: Shares, level: int, at: float, whole: float, color: str) -> Iterator[Spec]:
    total = sum(shares.values())
    yield {
        "a": at / whole * _FULL,
        "b": (at + total) / whole * _FULL,
        "l": level - 1,
        "c": color,
        "o": 1 - 0.25 * (level - 1),
    }
    for inner in dict.fromkeys(group[: level + 1] for group in shares if len(group) > level):
        below = {group: number for group, number in shares.items() if group[: level + 1] == inner}
        yield from _ring(below, level + 1, at, whole, color)
        at += sum(below.values())


def _spec(arcs: Sequence[Spec], diameter: int, levels: int) -> Spec:
    radius, hole = diameter / 2 - 2, diameter * 0.2
    width = (radius - hole) / levels
    values = [{**arc, "r": hole + arc["l"] * width, "q": hole + (arc["l"] + 1) * width - 1} for arc in arcs]
    plain = {"type": "quantitative", "scale": None}
    encoding = {
        "theta": {"field": "a", **plain},
        "theta2": {"field": "b"},
        "radius": {"field": "r", **plain},
        "radius2": {"field": "q"},
        "color": {"field": "c", "type": "nominal", "scale": None},
        "opacity": {"field": "o", "type": "quantitative", "scale": None},
    }
    mark = {"type": "arc", "stroke": "currentColor", "strokeOpacity": 0.3, "strokeWidth": 0.6}
    return lite(diameter, diameter, values, [{"mark": mark, "encoding": encoding}])
