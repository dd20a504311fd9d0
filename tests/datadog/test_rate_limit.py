"""The shared budget by an artificial clock."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import pytest

from ddconf.datadog.http.rate_limit import Budget, RunStopped

FOREVER = 1e9


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def told(remaining: int, reset: int, name: str = "things", limit: int = 10) -> Mapping[str, str]:
    return {
        "x-ratelimit-name": name,
        "x-ratelimit-limit": str(limit),
        "x-ratelimit-remaining": str(remaining),
        "x-ratelimit-reset": str(reset),
    }


def is_blocked(budget: Budget, clock: Clock, route: str) -> bool:
    """Whether a request would have to wait for the window's end."""
    try:
        budget.enter(route, clock.now)
    except RunStopped:
        return True
    return False


def test_without_headers_nothing_waits() -> None:
    budget, clock = Budget(), Clock()
    for _ in range(100):
        budget.leave("GET /x", budget.enter("GET /x", FOREVER), 200, {})
    assert not is_blocked(budget, clock, "GET /x")


def test_a_spent_window_blocks_until_its_reset() -> None:
    clock = Clock()
    budget = Budget(clock=clock)
    budget.leave("GET /x", budget.enter("GET /x", FOREVER), 200, told(0, 30))
    assert is_blocked(budget, clock, "GET /x")
    clock.now += 30
    assert not is_blocked(budget, clock, "GET /x")


def test_routes_with_one_limit_share_its_window() -> None:
    clock = Clock()
    budget = Budget(clock=clock)
    for route in ("GET /x", "GET /y", "GET /z"):
        name = "other" if route == "GET /z" else "things"
        budget.leave(route, budget.enter(route, FOREVER), 200, told(5, 30, name))
    budget.leave("GET /x", budget.enter("GET /x", FOREVER), 200, told(0, 30))
    assert is_blocked(budget, clock, "GET /y")
    assert not is_blocked(budget, clock, "GET /z")


def test_requests_in_flight_count_as_spent() -> None:
    clock = Clock()
    budget = Budget(clock=clock)
    budget.leave("GET /x", budget.enter("GET /x", FOREVER), 200, told(2, 30))
    budget.enter("GET /x", FOREVER)
    budget.enter("GET /x", FOREVER)
    assert is_blocked(budget, clock, "GET /x")


def test_a_late_answer_does_not_give_back_what_is_spent() -> None:
    clock = Clock()
    budget = Budget(clock=clock)
    early, late = budget.enter("GET /x", FOREVER), budget.enter("GET /x", FOREVER)
    budget.leave("GET /x", early, 200, told(0, 30))
    budget.leave("GET /x", late, 200, told(1, 30))
    assert is_blocked(budget, clock, "GET /x")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({"x-ratelimit-reset": "7"}, 7), ({"retry-after": "4"}, 4), ({}, 1), ({"x-ratelimit-reset": "soon"}, 1)],
)
def test_a_refusal_waits_as_long_as_its_headers_say(headers: Mapping[str, str], seconds: float) -> None:
    clock = Clock()
    budget = Budget(clock=clock)
    budget.leave("GET /x", budget.enter("GET /x", FOREVER), 429, headers)
    clock.now += seconds - 0.01
    assert is_blocked(budget, clock, "GET /x")
    clock.now += 0.02
    assert not is_blocked(budget, clock, "GET /x")


def test_refusals_without_headers_wait_longer_each_time() -> None:
    clock = Clock()
    budget = Budget(clock=clock)
    for seconds in (1, 2, 4, 8):
        budget.leave("GET /x", budget.enter("GET /x", FOREVER), 429, {})
        clock.now += seconds - 0.01
        assert is_blocked(budget, clock, "GET /x")
        clock.now += 0.02


def test_a_request_without_an_answer_gives_its_place_back() -> None:
    clock = Clock()
    budget = Budget(clock=clock)
    budget.leave("GET /x", budget.enter("GET /x", FOREVER), 200, told(1, 30))
    budget.leave("GET /x", budget.enter("GET /x", FOREVER), 0, {})
    assert not is_blocked(budget, clock, "GET /x")


def test_a_refusal_may_shorten_the_wait() -> None:
    clock = Clock()
    budget = Budget(clock=clock)
    budget.leave("GET /a", budget.enter("GET /a", FOREVER), 200, told(remaining=9, reset=60))
    budget.leave("GET /a", budget.enter("GET /a", FOREVER), 429, told(remaining=0, reset=2))
    clock.now += 2.1
    assert budget.enter("GET /a", deadline=clock.now) == "things"


def test_an_impatient_budget_lets_through_what_need_not_wait() -> None:
    budget = Budget()
    budget.end_waits()
    key = budget.enter("GET /a", deadline=FOREVER)
    budget.leave("GET /a", key, 429, {"x-ratelimit-reset": "60"})
    with pytest.raises(RunStopped):
        budget.enter("GET /a", deadline=FOREVER)
    with pytest.raises(RunStopped):
        budget.pause(60)
    assert budget.enter("GET /b", deadline=FOREVER)


def test_a_stopped_budget_lets_nothing_through() -> None:
    budget = Budget()
    budget.stop()
    with pytest.raises(RunStopped):
        budget.enter("GET /x", FOREVER)
    with pytest.raises(RunStopped):
        budget.pause(10)


def test_an_answer_of_the_window_before_gives_nothing_back() -> None:
    clock = Clock()
    budget = Budget(clock=clock)
    budget.leave("GET /x", budget.enter("GET /x", FOREVER), 200, told(2, 1))
    late = budget.enter("GET /x", FOREVER)
    clock.now += 2
    budget.leave("GET /x", budget.enter("GET /x", FOREVER), 200, told(0, 58))
    budget.leave("GET /x", late, 200, told(1, 0))
    clock.now += 1
    assert is_blocked(budget, clock, "GET /x")


def test_who_waits_for_a_request_in_flight_sleeps() -> None:
    looks = 0

    def clock() -> float:
        nonlocal looks
        looks += 1
        return 200.0

    budget = Budget(clock=clock)
    budget.leave("GET /x", budget.enter("GET /x", FOREVER), 200, told(1, 0, limit=1))
    key = budget.enter("GET /x", FOREVER)
    before = looks
    other = threading.Thread(target=budget.enter, args=("GET /x", FOREVER), daemon=True)
    other.start()
    other.join(0.05)
    assert other.is_alive() and looks - before < 5
    budget.leave("GET /x", key, 200, {})
    other.join(5)
    assert not other.is_alive()


def test_a_wait_is_told_once_though_its_end_seems_to_move() -> None:
    clock = Clock()
    waits: list[float] = []

    def wait(seconds: float, _why: str) -> None:
        waits.append(seconds)
        clock.now += 0.4
        budget.leave("GET /x", in_flight, 200, told(0, 30))
        threading.Timer(0.05, budget.end_waits).start()

    budget = Budget(wait, clock=clock)
    one, in_flight = budget.enter("GET /x", FOREVER), budget.enter("GET /x", FOREVER)
    budget.leave("GET /x", one, 200, told(0, 30))
    with pytest.raises(RunStopped):
        budget.enter("GET /x", FOREVER)
    assert waits == [30]


def test_a_wait_tells_how_much_the_limit_allows() -> None:
    told: list[str] = []
    clock = [0.0]

    def wait(seconds: float, why: str) -> None:
        told.append(why)
        clock[0] += seconds

    budget = Budget(wait, clock=lambda: clock[0])
    headers = {
        "x-ratelimit-name": "logs_indexes",
        "x-ratelimit-limit": "10",
        "x-ratelimit-period": "300",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": "120",
    }
    budget.leave("POST /x", budget.enter("POST /x", 1e9), 200, headers)
    budget.enter("POST /x", 1e9)
    assert told == ["rate limit logs_indexes, 10 in 300 s"]
