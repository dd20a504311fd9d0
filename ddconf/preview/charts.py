"""Charts as pictures inside a page: a Vega or Vega-Lite specification -> SVG, without a browser or network.

Everything that is drawn in `currentColor` follows the page's light or dark colours.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from ddconf.errors import DdconfError, Diagnostic
from ddconf.render.markup import Html, element

Spec = dict[str, Any]

_FONT = "system-ui, sans-serif"
_FAINT = 0.14
AXIS = {
    "labelColor": "currentColor",
    "titleColor": "currentColor",
    "labelOpacity": 0.75,
    "titleOpacity": 0.75,
    "titleFontWeight": "normal",
    "titlePadding": 6,
    "gridColor": "currentColor",
    "gridOpacity": _FAINT,
    "domainColor": "currentColor",
    "domainOpacity": _FAINT,
    "ticks": False,
    "labelFont": _FONT,
    "titleFont": _FONT,
    "labelPadding": 5,
}


def chart(spec: Spec, label: str) -> Html:
    """The picture of a specification; `label` is what a screen reader says of it."""
    picture = _svg(json.dumps(spec, sort_keys=True))
    return element("div", Html(picture), class_="chart", role="img", aria_label=label)


def lite(width: int, height: int, values: list[Spec], layers: list[Spec]) -> Spec:
    """A Vega-Lite specification with the settings that all charts share; times are UTC."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": 2,
        "background": None,
        "data": {"values": values},
        "layer": layers,
        "config": {
            "aria": False,
            "axis": AXIS,
            "view": {"stroke": None},
            "text": {"font": _FONT, "fill": "currentColor"},
        },
    }


@lru_cache(maxsize=512)
def _svg(text: str) -> str:
    try:
        import vl_convert
    except ImportError:
        hint = "install the extra `preview`, such as pip install '.[preview]' in a checkout of ddconf"
        raise DdconfError(Diagnostic("charts need further packages", hint=hint)) from None
    spec = json.loads(text)
    is_lite = "vega-lite" in spec["$schema"]
    svg: str = vl_convert.vegalite_to_svg(spec) if is_lite else vl_convert.vega_to_svg(spec)
    head, rest = svg.split(">", 1)
    return re.sub(r' (?:width|height)="[^"]*"', "", head) + ">" + rest
