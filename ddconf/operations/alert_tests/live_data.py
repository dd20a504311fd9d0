"""Logs and series that monitors look at, asked of the live site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from ddconf.alerting.events import ArrivedEvent
from ddconf.alerting.metrics.samples import Samples
from ddconf.alerting.windows import Span
from ddconf.document import JSON, Document
from ddconf.errors import ApiError
from ddconf.operations.alert_tests.data_needs import LogNeed, Need, SeriesNeed
from ddconf.operations.alert_tests.live_series import live_series
from ddconf.operations.record.log_search import PATH, found_logs
from ddconf.operations.replay.recorded_log import log_from_event

if TYPE_CHECKING:
    from ddconf.datadog.http.client import Client

N = TypeVar("N", bound=Need)
T = TypeVar("T")
_REFUSED = (400, 403, 404, 422)
"""Statuses that are about one query, or about what the keys may read."""


@dataclass(frozen=True)
class LiveData:
    """What came; of a need that was refused, why. `cut` are searches with more logs than were asked for."""

    series: Sequence[Samples] = ()
    events: Sequence[ArrivedEvent] = ()
    refused: Mapping[Need, str] = field(default_factory=dict)
    cut: Sequence[LogNeed] = ()


def ask_for(client: Client, needs: Mapping[Need, float], run: Span, most_logs: int) -> LiveData:
    """What evaluations within `run` look at, at most so many logs of each search and the same log once.

    Raises ApiError where the site does not answer, or refuses everything.
    """
    with ThreadPoolExecutor(client.workers) as pool:
        searches = {
            need: pool.submit(_logs, client, need, reach, run, most_logs)
            for need, reach in needs.items()
            if isinstance(need, LogNeed)
        }
        queries = {
            need: pool.submit(live_series, client, need.query, reach, run)
            for need, reach in needs.items()
            if isinstance(need, SeriesNeed)
        }
        try:
            logs, refused_logs = _answers(searches)
            series, refused_series = _answers(queries)
        except BaseException:
            client.stop()
            raise
    refused = refused_logs | refused_series
    if refused and not (logs or series):
        raise next(iter(refused.values()))
    events = {id: event for found in logs.values() for id, event in found.items()}
    return LiveData(
        [samples for found in series.values() for samples in found],
        sorted(events.values(), key=lambda event: event.time),
        {need: _why(error) for need, error in refused.items()},
        [need for need, found in logs.items() if len(found) >= most_logs],
    )


def _answers(asked: Mapping[N, Future[T]]) -> tuple[dict[N, T], dict[Need, ApiError]]:
    """What was answered, and what was refused."""
    found: dict[N, T] = {}
    refused: dict[Need, ApiError] = {}
    for need, future in asked.items():
        try:
            found[need] = future.result()
        except ApiError as error:
            if error.status not in _REFUSED:
                raise
            refused[need] = error
    return found, refused


def _why(error: ApiError) -> str:
    said = "; ".join(error.errors) or f"HTTP {error.status}"
    if error.status == 403:
        return f"the keys may not read its data: {error.method} {error.path}: {said}"
    return f"Datadog refuses its query: {said}"


def _logs(client: Client, need: LogNeed, reach: float, run: Span, most: int) -> dict[str, ArrivedEvent]:
    """The logs of a search by their ids, as the site's pipelines have left them."""
    wanted: Document = {
        "query": need.search,
        "from": _iso(run[0] - reach),
        "to": _iso(run[1]),
        **({"indexes": list(need.indexes)} if need.indexes else {}),
    }

    def ask(body: Document) -> JSON:
        return client.request("POST", PATH, body=body, repeatable=True)

    found: dict[str, ArrivedEvent] = {}
    for event in found_logs(ask, wanted, most):
        log = log_from_event(event.get("attributes") or {})
        if log.timestamp is not None:
            found[str(event.get("id"))] = ArrivedEvent(log.timestamp / 1000, log)
    return found


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
