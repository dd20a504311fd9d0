"""Series as data of a chart that the script of a live page draws."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from ddconf.analytics.frame import Row
from ddconf.analytics.window import TimeFrame
from ddconf.preview.colors import series_color
from ddconf.preview.numbers import Unit
from ddconf.render.markup import Html, element

_MARKS = {"bars": "bars", "area": "area"}


@dataclass(frozen=True, slots=True)
class DrawnSeries:
    """One series as it is drawn."""

    name: str
    row: Row
    mark: str
    unit: Unit


def plotted(lines: Sequence[DrawnSeries], window: TimeFrame, markers: Sequence[float]) -> Html:
    """An element that holds the series; times are in seconds."""
    largest = max(abs(value) for line in lines for value in line.row if value is not None)
    divisor, sign = lines[0].unit.scale(largest)
    data = {
        "times": [start / 1000 for start in window.starts],
        "step": window.interval / 1000,
        "divisor": divisor,
        "unit": sign.strip(),
        "markers": list(markers),
        "series": [
            {
                "name": line.name,
                "color": series_color(index),
                "mark": _MARKS.get(line.mark, "line"),
                "values": list(line.row),
            }
            for index, line in enumerate(lines)
        ],
    }
    label = f"Chart of {len(lines)} series; the table below has their figures"
    return element("div", class_="plot", role="img", aria_label=label, data_series=json.dumps(data))
