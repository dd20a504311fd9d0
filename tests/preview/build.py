"""Small dashboards for the tests of pages."""

from __future__ import annotations

from typing import Any

from ddconf.pipelines.log import Log
from ddconf.preview.dashboard import dashboard
from tests.analytics.build import log, query, request
from tests.preview.reading import Element, widgets

LOGS = [
    log(0, client="10.0.0.1", port="443", bytes=3_000_000),
    log(1, client="10.0.0.1", port="22", bytes=1_000_000),
    log(2, client="10.0.0.2", port="443", bytes=500),
    log(9, client="fe80::1", port="53", bytes=76),
]
BYTES = {"number_format": {"unit": {"type": "canonical_unit", "unit_name": "byte"}}}


def widget(type_: str, title: str = "Widget", **definition: Any) -> dict[str, Any]:
    layout = {"x": 0, "y": 0, "width": 6, "height": 3}
    return {"definition": {"type": type_, "title": title, **definition}, "layout": layout}


def drawn(
    type_: str, *requests: dict[str, Any], logs: list[Log] | None = None, more: Any = None, **definition: Any
) -> Element:
    """The inside of one widget on a page of its own."""
    document = {
        "title": "D",
        "widgets": [widget(type_, requests=list(requests), **definition)]
        if requests
        else [widget(type_, **definition)],
    }
    [inside] = widgets(dashboard(document, LOGS if logs is None else logs, **(more or {}))).values()
    return inside


def sums(*facets: str, **more: Any) -> dict[str, Any]:
    """A request for the sum of bytes by facets."""
    found = request(query("sum", "@bytes", *facets))
    found["formulas"][0] |= BYTES
    return found | more
