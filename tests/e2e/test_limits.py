"""Accidents that would delete everything: each is stopped, and a number lets it through."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable

import pytest

from tests.e2e.conftest import Desk

KINDS = ("monitor", "dashboard", "logs_metric")


def define(desk: Desk, number: int = 3) -> None:
    for count in range(number):
        monitor = {
            "name": f"M{count}",
            "type": "metric alert",
            "query": "avg(last_5m):avg:a{*} > 1",
            "message": "m",
        }
        desk.write(f"monitor/m{count}.json", json.dumps({"monitor": {f"m{count}": monitor}}))
        board = {"title": f"D{count}", "layout_type": "ordered", "widgets": []}
        desk.write(f"dashboard/d{count}.json", json.dumps({"dashboard": {f"d{count}": board}}))
        metric = {
            "compute": {"aggregation_type": "count"},
            "filter": {"query": f"a:{count}"},
            "id": f"logs.m{count}",
        }
        desk.write(f"logs_metric/l{count}.json", json.dumps({"logs_metric": {f"l{count}": metric}}))


def lose_everything(desk: Desk) -> None:
    for kind in KINDS:
        shutil.rmtree(desk.folder / kind)


def lose_a_kind(desk: Desk) -> None:
    shutil.rmtree(desk.folder / "monitor")


def rename_the_files(desk: Desk) -> None:
    for file in desk.folder.rglob("*.json"):
        if file.parent != desk.folder and ".ddconf" not in file.parts:
            file.rename(file.with_suffix(".txt"))


def ignore_them(desk: Desk) -> None:
    desk.write("ddconf.yaml", "ignore: ['*.json']\n")


@pytest.mark.parametrize("accident", [lose_everything, lose_a_kind, rename_the_files, ignore_them])
def test_an_accident_is_stopped_until_a_number_is_named(desk: Desk, accident: Callable[[Desk], None]) -> None:
    define(desk)
    desk.done("apply", "--auto-approve")
    accident(desk)
    before = desk.app.store.snapshot()
    for command in (("plan",), ("apply", "--auto-approve"), ("apply", "--auto-approve", "--allow-deletes=1")):
        ran = desk.ddconf(*command)
        assert ran.code == 3, ran.out + ran.err
        assert "--allow-deletes=" in ran.err
    assert desk.app.store.snapshot() == before
    number = 3 if accident is lose_a_kind else 9
    desk.done("apply", "--auto-approve", f"--allow-deletes={number}")
    assert len(desk.done("state", "list").splitlines()) == 9 - number


def test_a_checkout_that_loses_files_with_every_run_is_stopped(desk: Desk) -> None:
    define(desk, 40)
    desk.done("apply", "--auto-approve")
    codes = []
    for lost in range(5):
        for count in range(8 * lost, 8 * lost + 8):
            (desk.folder / f"monitor/m{count}.json").unlink()
        codes.append(desk.ddconf("apply", "--auto-approve").code)
    assert codes[0] == 0 and set(codes[1:]) == {3}


def test_what_was_agreed_to_does_not_count_later(desk: Desk) -> None:
    define(desk, 40)
    desk.done("apply", "--auto-approve")
    for count in range(20):
        (desk.folder / f"monitor/m{count}.json").unlink()
    desk.done("apply", "--auto-approve", "--allow-deletes=20")
    (desk.folder / "monitor/m20.json").unlink()
    desk.done("apply", "--auto-approve")


def test_objects_that_vanished_are_not_all_made_anew_unasked(desk: Desk) -> None:
    define(desk, 12)
    desk.done("apply", "--auto-approve")
    for found in desk.api("GET", "/api/v1/monitor"):
        desk.api("DELETE", f"/api/v1/monitor/{found['id']}")
    ran = desk.ddconf("apply", "--auto-approve")
    assert ran.code == 3 and "--allow-updates=12" in ran.err
    desk.done("apply", "--auto-approve", "--allow-updates=12")


def test_destroy_deletes_a_handful_and_asks_for_a_number_beyond(desk: Desk) -> None:
    define(desk)
    desk.done("apply", "--auto-approve")
    desk.done("destroy", "--auto-approve")
    define(desk, 5)
    desk.done("apply", "--auto-approve")
    ran = desk.ddconf("destroy", "--auto-approve")
    assert ran.code == 3 and "--allow-deletes=15" in ran.err
    desk.done("destroy", "--auto-approve", "--allow-deletes=15")
