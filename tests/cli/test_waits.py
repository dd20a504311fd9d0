"""Waits for rate limits, as the status line tells them."""

from __future__ import annotations

import time

import pytest

from ddconf.cli.progress import StatusLine, Waits


def test_a_wait_is_told_while_it_lasts_and_counted_for_ever() -> None:
    waits = Waits()
    assert (waits.now(), waits.total()) == ("", "")
    waits.begin(0.0, "rate limit dashboards")
    assert waits.now() == ""
    waits.begin(34.6, "rate limit monitors")
    assert waits.now() == "waiting 35s for rate limit monitors"
    assert waits.total() == "2 waits for rate limits, 35s"


def test_where_there_is_no_terminal_plain_lines_come_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    with StatusLine(lambda: "3 of 7", plain_seconds=0.01).running():
        time.sleep(0.1)
    lines = capsys.readouterr().err.splitlines()
    assert set(lines) == {"3 of 7"}
    with StatusLine(lambda: "never").running():
        time.sleep(0.05)
    assert capsys.readouterr().err == ""
