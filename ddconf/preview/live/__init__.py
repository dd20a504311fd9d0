"""A dashboard on live data: a page whose script asks for the board again and draws lines with uPlot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from ddconf.analytics.request import MetricQueries, SearchedLogs
from ddconf.analytics.variables import variables_of
from ddconf.analytics.window import frame_over
from ddconf.document import Document
from ddconf.pipelines.log import Log
from ddconf.preview.board import board
from ddconf.preview.dashboard import choices
from ddconf.preview.sources import Sources
from ddconf.render.markup import Html, element, join
from ddconf.render.page import page

SCRIPT = "/_sandbox/dashboard.js"
_RANGES = {"5m": "5 minutes", "15m": "15 minutes", "1h": "1 hour", "4h": "4 hours", "1d": "1 day"}


@dataclass(frozen=True, slots=True)
class LiveDashboards:
    """The pages of the dashboards of an organisation; `units` are those of measures, by their paths."""

    units: Mapping[str, str]
    app: str = ""

    def page(self, dashboard: Document) -> str:
        """The page before it has any data."""
        title = str(dashboard.get("title") or "")
        options = (element("option", text, value=value) for value, text in _RANGES.items())
        controls = element(
            "form",
            element("label", element("span", "Time"), element("select", *options, name="range")),
            element("button", "Back to live", type="button", id="live", hidden=True),
            class_="variables",
            id="controls",
        )
        about = element("p", str(dashboard.get("description") or ""), class_="about")
        head = element(
            "header",
            element("nav", element("a", "Sandbox", href="/")),
            element("h1", title),
            about,
            element("p", "Reading ...", class_="span", id="span", aria_live="polite"),
            controls,
        )
        tip = element("div", id="tip", role="status", hidden=True)
        style = element("style", Html(_text("uplot.css") + _text("dashboard.css")))
        body = join(head, element("main", id="board"), tip, style)
        return page(title, body, script=SCRIPT)

    def script(self) -> str:
        """What the page runs: the library of charts, then ours."""
        return f"{_text('uplot.js')}\n{_text('dashboard.js')}"

    def board(
        self,
        dashboard: Document,
        logs: Sequence[Log],
        span: tuple[int, int],
        chosen: Mapping[str, Sequence[str]],
        monitors: Sequence[Document],
        metrics: MetricQueries,
    ) -> Document:
        """The widgets over logs of a span in milliseconds, and what its variables may be."""
        variables = variables_of(dashboard, chosen)
        store = SearchedLogs(logs, frame_over(*span), variables, metrics)
        sources = Sources(store, monitors, self.units, self.app, live=True)
        free = dashboard.get("layout_type") == "free"
        return {
            "logs": len(logs),
            "board": board(dashboard.get("widgets") or [], sources, free=free),
            "variables": [
                {"name": item.name, "options": choices(item, logs), "values": list(item.values)}
                for item in variables
            ],
        }


def _text(name: str) -> str:
    return resources.files("ddconf.preview.live").joinpath(name).read_text(encoding="utf-8")
