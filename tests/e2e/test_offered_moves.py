"""A new address and a new name at once: a plan sees the likeness and offers a move."""

from __future__ import annotations

import json

from tests.e2e.conftest import Desk

MONITOR = {
    "name": "CPU is high",
    "type": "query alert",
    "query": "avg(last_5m):avg:system.cpu.user{*} > 90",
    "message": "Look at the hosts",
    "tags": ["team:web"],
    "options": {"thresholds": {"critical": 90}},
}
OTHER = {"name": "Errors", "type": "query alert", "query": "sum(last_1h):sum:errors{*}.as_count() > 3"}


def define(desk: Desk, **monitors: object) -> None:
    desk.write("all.yaml", json.dumps({"monitor": monitors}))


def test_a_move_is_offered_and_keeps_the_object(desk: Desk) -> None:
    define(desk, cpu=MONITOR, errors=OTHER)
    desk.done("apply", "--auto-approve")
    renamed = {**MONITOR, "name": "Hosts are busy"}
    define(desk, busy=renamed, errors=OTHER)
    ran = desk.ddconf("plan")
    assert "monitor.busy looks like monitor.cpu under another name and address" in ran.err
    assert "moved: [{from: monitor.cpu, to: monitor.busy}]" in ran.err
    desk.write("moved.yaml", "moved: [{from: monitor.cpu, to: monitor.busy}]")
    out = desk.done("plan")
    assert "1 to change, 0 to destroy" in out and "1 moved" in out


def test_nothing_is_offered_for_objects_that_are_not_alike(desk: Desk) -> None:
    define(desk, cpu=MONITOR)
    desk.done("apply", "--auto-approve")
    define(desk, errors=OTHER)
    assert "looks like" not in desk.ddconf("plan").err


def test_nothing_is_offered_where_two_are_equally_alike(desk: Desk) -> None:
    define(desk, cpu=MONITOR)
    desk.done("apply", "--auto-approve")
    define(desk, one={**MONITOR, "name": "One"}, two={**MONITOR, "name": "Two"})
    assert "looks like" not in desk.ddconf("plan").err
