"""A plan asks Datadog about what it would create or change, before anything is written."""

from __future__ import annotations

import pytest

from ddconf.emulator.faults import Fault, refuse
from ddconf.emulator.wire import Request, answer
from tests.e2e.conftest import Desk

GOOD = """
    monitor:
      cpu:
        name: CPU
        type: query alert
        query: avg(last_5m):avg:system.cpu.user{*} > 90
        message: hot
"""
BAD = f"""{GOOD}
      logs:
        name: Errors
        type: query alert
        query: avg(last_5m):avg:errors{{*}} > 1
"""
REFUSAL = Fault(
    "refusal",
    instead=lambda _: answer(400, {"errors": ["The value provided for parameter 'query' is invalid: no"]}),
)
"""As Datadog speaks where only it knows better."""
REFERRING = f"""{GOOD}
      both:
        name: Both
        type: composite
        query: "${{monitor.cpu}} && ${{monitor.cpu}}"
"""


def watched(desk: Desk, fault: Fault | None = None) -> list[str]:
    """The paths of the questions that are asked from now on, which the fault answers."""
    asked: list[str] = []

    def matches(request: Request) -> bool:
        found = request.method == "POST" and request.path.endswith("/validate")
        asked.extend([request.path] if found else [])
        return found and fault is not None and b"Errors" in (request.body or b"")

    desk.app.faults.on(fault or refuse(500), matches, times=1000)
    return asked


def test_a_refusal_is_shown_at_the_line_of_the_field_and_nothing_is_written(desk: Desk) -> None:
    desk.write("all.yaml", BAD)
    watched(desk, REFUSAL)
    ran = desk.ddconf("apply", "--auto-approve")
    assert ran.code == 1
    assert "monitor.logs: Datadog refuses it: The value provided for parameter 'query' is invalid" in ran.err
    assert "query: avg(last_5m):avg:errors{*} > 1" in ran.err
    assert desk.api("GET", "/api/v1/monitor") == []


def test_only_what_is_created_or_changed_is_asked_about(desk: Desk) -> None:
    desk.write("all.yaml", GOOD)
    asked = watched(desk)
    desk.done("apply", "--auto-approve")
    assert asked == ["/api/v1/monitor/validate"]
    (shown,) = desk.api("GET", "/api/v1/monitor")
    desk.done("plan")
    assert len(asked) == 1
    desk.write("all.yaml", GOOD.replace("hot", "hotter"))
    desk.done("plan")
    assert asked[1:] == [f"/api/v1/monitor/{shown['id']}/validate"]


def test_what_refers_to_an_object_that_is_yet_to_be_created_is_left_to_the_apply(desk: Desk) -> None:
    desk.write("all.yaml", REFERRING)
    asked = watched(desk)
    desk.done("apply", "--auto-approve")
    assert len(asked) == 1
    desk.write("all.yaml", REFERRING.replace("name: Both", "name: Together"))
    desk.done("plan")
    assert len(asked) == 2


def test_the_questions_can_be_left_out(desk: Desk) -> None:
    desk.write("all.yaml", BAD)
    asked = watched(desk, REFUSAL)
    assert "--check false" in desk.done("plan", "--check=false")
    assert asked == []


@pytest.mark.parametrize("status", [403, 404])
def test_who_may_not_ask_still_gets_a_plan(desk: Desk, status: int) -> None:
    desk.write("all.yaml", BAD)
    watched(desk, refuse(status))
    assert "2 to add" in desk.done("plan")
