"""Moments as people write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ddconf.errors import DdconfError
from ddconf.operations.record.moments import moment, time_range

NOW = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("now", "2026-11-23T05:30:00+00:00"),
        ("15m", "2026-11-23T05:15:00+00:00"),
        ("now-1d", "2026-11-22T05:30:00+00:00"),
        ("2w", "2026-11-09T05:30:00+00:00"),
        ("2026-11-23", "2026-11-23T00:00:00+00:00"),
        ("2026-11-23T05", "2026-11-23T05:00:00+00:00"),
        ("2026-11-23T05:16:00+02:00", "2026-11-23T03:16:00+00:00"),
        ("2026-11-23T05:16:00Z", "2026-11-23T05:16:00+00:00"),
    ],
)
def test_each_form_of_a_moment_is_read(text: str, told: str) -> None:
    assert moment(text, NOW).isoformat() == told


@pytest.mark.parametrize("text", ["", "yesterday", "1y", "-1d", "d", "2026-13-01", "999999w"])
def test_what_is_no_moment_is_named(text: str) -> None:
    with pytest.raises(DdconfError, match=f"no time '{text}'"):
        moment(text, NOW)


@pytest.mark.parametrize(("begin", "end"), [("1h", "2h"), ("now", "now"), ("2026-11-24", "2026-11-23")])
def test_a_time_that_ends_before_it_begins_is_refused(begin: str, end: str) -> None:
    with pytest.raises(DdconfError, match=f"--from {begin} is not before --to {end}"):
        time_range(begin, end, NOW)
