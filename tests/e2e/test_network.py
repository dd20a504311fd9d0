"""Trouble on the network: whatever comes back, each object is there once and as defined."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddconf.emulator import faults
from ddconf.emulator.faults import calls
from tests.e2e import thirty
from tests.e2e.conftest import SOAK, Checkpoint, Desk, open_desk
from tests.e2e.trouble import FAULTS, short_waits

MOST_REQUESTS = 700
"""An apply of these thirty changes makes 58 requests where nothing goes wrong."""


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    with short_waits():
        yield


@pytest.mark.parametrize("name", [name for name in FAULTS if name not in ("429", "slow")])
def test_a_create_whose_answer_is_lost_makes_one_object(desk: Desk, name: str) -> None:
    thirty.define(desk, {"monitor": {"one": thirty.monitor(1, "m")}})
    desk.app.faults.on(FAULTS[name], calls("POST", "/api/v1/monitor"))
    desk.done("apply", "--auto-approve")
    assert len(desk.api("GET", "/api/v1/monitor")) == 1
    assert desk.app.faults.struck
    assert "No changes." in desk.done("plan")


def test_a_lost_create_that_the_list_does_not_show_yet_is_found_later(desk: Desk) -> None:
    thirty.define(desk, {"monitor": {"one": thirty.monitor(1, "m")}})
    desk.app.faults.on(FAULTS["504 after"], calls("POST", "/api/v1/monitor"))
    desk.app.faults.on(faults.stale(), calls("GET", "/api/v1/monitor"), skip=1)
    desk.done("apply", "--auto-approve")
    assert len(desk.api("GET", "/api/v1/monitor")) == 1


def test_a_create_that_fails_for_good_is_tried_a_few_times_and_told(desk: Desk) -> None:
    thirty.define(desk, {"monitor": {"one": thirty.monitor(1, "m"), "two": thirty.monitor(2, "m")}})
    desk.app.faults.on(FAULTS["500"], lambda request: b"CPU 1" in request.body, times=1000)
    ran = desk.ddconf("apply", "--auto-approve")
    assert ran.code == 4
    assert "monitor.one" in ran.err and "HTTP 500" in ran.err
    assert [item["name"] for item in desk.api("GET", "/api/v1/monitor")] == ["CPU 2"]
    assert len(desk.app.log) < 40


@pytest.fixture(scope="module")
def halfway() -> Iterator[tuple[Desk, Checkpoint, object]]:
    """A desk with thirty changes ahead of it, and how the organisation looks once they are made."""
    with TemporaryDirectory() as folder, open_desk(Path(folder) / "definitions") as desk:
        thirty.define(desk, thirty.before())
        desk.done("apply", "--auto-approve")
        thirty.define(desk, thirty.after())
        ahead = desk.checkpoint()
        desk.done("apply", "--auto-approve")
        yield desk, ahead, (thirty.picture(desk), thirty.counts(desk))


schedules = st.lists(st.sampled_from([*[None] * 25, *FAULTS]), max_size=120)


@settings(max_examples=200 if SOAK else 12, deadline=None, print_blob=True)
@given(schedule=schedules)
def test_any_faults_end_in_the_same_organisation(
    halfway: tuple[Desk, Checkpoint, object], schedule: list[str | None]
) -> None:
    desk, ahead, wanted = halfway
    desk.app.faults.clear()
    desk.return_to(ahead)
    desk.app.log.clear()
    desk.app.faults.follow(FAULTS[name] if name else None for name in schedule)
    ran = desk.ddconf("apply", "--auto-approve")
    assert ran.code in (0, 1, 4, 5), ran.err
    assert "Traceback" not in ran.err
    assert len(desk.app.log) < MOST_REQUESTS
    desk.app.faults.clear()
    last = ran.out.splitlines()[-1] if ran.out else ""
    if ran.code == 0:
        assert last.startswith("Apply complete!")
        assert (thirty.picture(desk), thirty.counts(desk)) == wanted
    else:
        assert "Apply complete!" not in ran.out
        assert ran.err
    desk.done("apply", "--auto-approve")
    assert (thirty.picture(desk), thirty.counts(desk)) == wanted
    assert thirty.orphans(desk) == []
    assert "No changes." in desk.done("plan")
