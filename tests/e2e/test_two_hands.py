"""Two runs at once, and another hand between plan and apply: one wins, nothing is overwritten unseen."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from ddconf.emulator import faults
from ddconf.emulator.wire import Request
from tests.e2e import thirty
from tests.e2e.conftest import Desk, Ran
from tests.e2e.processes import start

DONE, ERROR, PARTIAL, STALE = 0, 1, 4, 5


def planned(desk: Desk) -> Path:
    plan = desk.folder / "plan.json"
    desk.done("plan", "--out", str(plan))
    return plan


def names(desk: Desk) -> list[str]:
    return sorted(item["name"] for item in desk.api("GET", "/api/v1/monitor"))


def test_of_two_applies_at_once_one_is_told_of_the_lock(desk: Desk) -> None:
    thirty.define(desk, thirty.before())
    began, go_on = threading.Event(), threading.Event()

    def hook(_moment: str, _request: Request) -> None:
        began.set()
        go_on.wait(20)

    desk.app.hook = hook
    first = start(desk, "apply", "--auto-approve")
    assert began.wait(20)
    second = desk.ddconf("apply", "--auto-approve")
    go_on.set()
    assert second.code == ERROR
    assert "is locked by" in second.err and "force-unlock" in second.err
    assert first.wait(60) == DONE
    assert "No changes." in desk.done("plan")


def test_the_second_of_two_applies_may_wait_for_the_first(desk: Desk) -> None:
    thirty.define(desk, thirty.before())
    runs = [start(desk, "apply", "--auto-approve", "--lock-timeout=60s") for _ in range(3)]
    ended = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [DONE] * 3, ended
    assert thirty.counts(desk)["monitor"] == 10
    assert "No changes." in desk.done("plan")


def test_a_plan_applied_twice_makes_no_twins(desk: Desk) -> None:
    thirty.define(desk, thirty.before())
    plan = planned(desk)
    desk.done("apply", str(plan))
    organisation = desk.app.store.snapshot()
    ran = desk.ddconf("apply", str(plan))
    assert ran.code == STALE
    assert "monitor.m1 exists already" in ran.err
    assert desk.app.store.snapshot() == organisation
    assert "No changes." in desk.done("plan")


def test_a_plan_whose_apply_was_cut_short_does_the_rest_when_applied_again(desk: Desk) -> None:
    thirty.define(desk, {"monitor": {f"m{number}": thirty.monitor(number, "x") for number in range(6)}})
    plan = planned(desk)
    desk.app.faults.on(faults.refuse(400), lambda request: b"CPU 3" in request.body)
    assert desk.ddconf("apply", str(plan)).code == PARTIAL
    assert desk.ddconf("apply", str(plan)).code == STALE
    assert names(desk) == [f"CPU {number}" for number in range(6)]
    assert "No changes." in desk.done("plan")


def test_what_another_hand_created_since_the_plan_is_not_created_again(desk: Desk) -> None:
    thirty.define(desk, {"monitor": {"m1": thirty.monitor(1, "x"), "m2": thirty.monitor(2, "x")}})
    plan = planned(desk)
    desk.api("POST", "/api/v1/monitor", thirty.monitor(1, "theirs"))
    ran = desk.ddconf("apply", str(plan))
    assert ran.code == STALE, ran.err
    assert "monitor.m1 was created by another hand since the plan was made" in ran.err
    assert names(desk) == ["CPU 1", "CPU 2"]


def test_two_folders_without_a_common_state_make_no_twins_of_one_plan_each(
    desk: Desk, tmp_path: Path
) -> None:
    desks = [Desk(tmp_path / name, desk.app, desk.url) for name in ("one", "two")]
    plans = []
    for own in desks:
        thirty.define(own, thirty.before())
        plans.append(planned(own))
    codes = [own.ddconf("apply", str(plan)).code for own, plan in zip(desks, plans, strict=True)]
    assert codes == [DONE, STALE]
    assert thirty.counts(desk)["monitor"] == 10
    assert "No changes." in desks[0].done("plan")


def by_hand(desk: Desk) -> None:
    """Change the monitor whose change is planned, behind the back of the run."""
    (monitor,) = desk.api("GET", "/api/v1/monitor")
    desk.api("PUT", f"/api/v1/monitor/{monitor['id']}", {"message": "by hand"})


def test_an_edit_by_another_hand_during_the_apply_is_not_overwritten(desk: Desk) -> None:
    thirty.define(desk, {"monitor": {"m1": thirty.monitor(1, "first")}})
    desk.done("apply", "--auto-approve")
    thirty.define(desk, {"monitor": {"m1": thirty.monitor(1, "second")}})
    listed = threading.Event()

    def hook(moment: str, request: Request) -> None:
        if moment == "after" and request.path == "/api/v1/monitor" and not listed.is_set():
            listed.set()
            by_hand(desk)

    desk.app.hook = hook
    ran = desk.ddconf("apply", "--auto-approve")
    assert ran.code == STALE
    assert "changed by another hand" in ran.err
    assert desk.api("GET", "/api/v1/monitor")[0]["message"] == "by hand"
    assert "by hand" in desk.done("plan"), "the next plan shows it"


@pytest.mark.parametrize("action", ["update", "delete"])
def test_what_another_hand_deleted_since_the_plan_stops_only_its_own_change(desk: Desk, action: str) -> None:
    thirty.define(desk, {"monitor": {f"m{number}": thirty.monitor(number, "first") for number in (1, 2)}})
    desk.done("apply", "--auto-approve")
    after = {f"m{number}": thirty.monitor(number, "second") for number in (1, 2)}
    thirty.define(desk, {"monitor": after if action == "update" else {}})
    plan = planned(desk)
    monitor = desk.api("GET", "/api/v1/monitor")[0]
    desk.api("DELETE", f"/api/v1/monitor/{monitor['id']}")
    ran = desk.ddconf("apply", str(plan))
    assert ran.code == (STALE if action == "update" else DONE), ran.err
    left = [item["message"] for item in desk.api("GET", "/api/v1/monitor")]
    assert left == (["second"] if action == "update" else [])
    again(desk)


def again(desk: Desk) -> Ran:
    """Plan and apply anew: all is as defined in the end."""
    ran = desk.ddconf("apply", "--auto-approve")
    assert ran.code == DONE
    assert "No changes." in desk.done("plan")
    return ran


def test_what_another_hand_made_in_place_of_ours_is_adopted(desk: Desk) -> None:
    thirty.define(desk, {"monitor": {"m1": thirty.monitor(1, "ours")}})
    desk.done("apply", "--auto-approve")
    (monitor,) = desk.api("GET", "/api/v1/monitor")
    plan = None
    for message in ("theirs", "ours"):
        desk.api("DELETE", f"/api/v1/monitor/{monitor['id']}")
        monitor = desk.api("POST", "/api/v1/monitor", thirty.monitor(1, message))
        assert "deleted outside ddconf" in desk.done("drift")
        plan = planned(desk)
        assert f"[id={monitor['id']}] exists already and will be adopted" in desk.done("plan")
        desk.done("apply", str(plan))
        assert "No changes." in desk.done("plan")
        assert [item["message"] for item in desk.api("GET", "/api/v1/monitor")] == ["ours"]
    assert desk.ddconf("apply", str(plan)).code == STALE


def test_nothing_is_adopted_in_place_of_what_is_there_again(desk: Desk) -> None:
    thirty.define(desk, {"monitor": {"m1": thirty.monitor(1, "ours")}})
    desk.done("apply", "--auto-approve")
    (monitor,) = desk.api("GET", "/api/v1/monitor")
    ahead = desk.app.store.snapshot()
    desk.api("DELETE", f"/api/v1/monitor/{monitor['id']}")
    desk.api("POST", "/api/v1/monitor", thirty.monitor(1, "theirs"))
    plan = planned(desk)
    desk.app.store.restore(ahead)
    desk.api("POST", "/api/v1/monitor", {**thirty.monitor(2, "theirs"), "name": monitor["name"]})
    assert desk.ddconf("apply", str(plan)).code == STALE
    assert "No changes." in desk.done("plan")


def test_without_a_lock_each_create_looks_again_and_a_warning_says_so(desk: Desk) -> None:
    thirty.define(desk, {"monitor": {f"m{number}": thirty.monitor(number, "x") for number in range(4)}})
    others: list[int] = []

    def another_hand(moment: str, request: Request) -> None:
        """Right after the first create another run makes what comes last."""
        is_create = request.method == "POST" and request.path == "/api/v1/monitor"
        if moment == "after" and is_create and not others:
            others.append(3)
            desk.api("POST", "/api/v1/monitor", thirty.monitor(3, "x"))

    desk.app.hook = another_hand
    ran = desk.ddconf("apply", "--auto-approve", "--lock=false", "--parallelism=1")
    assert ran.code == STALE, ran.err
    assert "no lock is held" in ran.err and "monitor.m3 was created by another hand" in ran.err
    assert names(desk) == [f"CPU {number}" for number in range(4)]
