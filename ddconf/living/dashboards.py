"""What draws dashboards: whoever starts a sandbox brings it, since data and pages do not know each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from ddconf.analytics.request import MetricQueries
from ddconf.document import Document
from ddconf.pipelines.log import Log


class DashboardPages(Protocol):
    """Pages of dashboards, as documents of the API."""

    def page(self, dashboard: Document) -> str:
        """The page before it has any data."""

    def script(self) -> str:
        """What the page runs."""

    def board(
        self,
        dashboard: Document,
        logs: Sequence[Log],
        span: tuple[int, int],
        chosen: Mapping[str, Sequence[str]],
        monitors: Sequence[Document],
        metrics: MetricQueries,
    ) -> Document:
        """`{"logs", "board", "variables"}` over logs of a span in milliseconds."""
