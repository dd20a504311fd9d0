"""Sample logs on their way into a preview."""

from __future__ import annotations

from datetime import UTC, datetime

from ddconf.operations.preview import processed, units_of
from ddconf.pipelines.log import Log

PIPELINE = {
    "name": "P",
    "is_enabled": True,
    "filter": {"query": "*"},
    "processors": [{"type": "date-remapper", "name": "D", "is_enabled": True, "sources": ["at"]}],
}


def now() -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC)


def test_a_log_without_a_date_is_given_that_of_the_one_before() -> None:
    logs = [Log("a"), Log("b", attributes={"at": 5000}), Log("c"), Log("d", attributes={"at": 9000})]
    assert [log.timestamp for log in processed({"p": PIPELINE}, logs, now=now)] == [5000, 5000, 5000, 9000]


def test_without_any_date_all_is_now() -> None:
    assert [log.timestamp for log in processed({}, [Log("a")], now=now)] == [1_767_225_600_000]


def test_units_are_those_of_facets_and_a_duration_is_in_nanoseconds() -> None:
    facets = [{"path": "netflow.bytes", "unit": {"family": "bytes", "name": "byte"}}, {"path": "user"}]
    assert units_of(facets) == {"duration": "nanosecond", "netflow.bytes": "byte"}
