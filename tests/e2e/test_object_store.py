"""State in an S3-compatible store, as CI keeps it: two applies at once, a runner that forgets its disk."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from tests.e2e import thirty
from tests.e2e.conftest import Desk
from tests.state.conftest import s3, s3_server

__all__ = ["s3", "s3_server"]


@pytest.fixture
def bucket(desk: Desk, s3: str) -> Iterator[Desk]:
    thirty.define(desk, thirty.before())
    desk.write("ddconf.yaml", f"state: {s3}\nlimits: {{deletes: 100%, updates: 100%}}\n")
    yield desk


def test_a_runner_that_forgets_its_disk_plans_nothing_after_an_apply(bucket: Desk) -> None:
    bucket.done("apply", "--auto-approve")
    shutil.rmtree(bucket.folder / ".ddconf", ignore_errors=True)
    assert "No changes." in bucket.done("plan")
    assert len(bucket.done("state", "list").splitlines()) == 17
    assert not bucket.state.exists()


def test_of_two_applies_at_once_one_is_told_who_holds_the_lock(bucket: Desk) -> None:
    held, go_on = threading.Event(), threading.Event()

    def hook(moment: str, request: object) -> None:
        if not held.is_set():
            held.set()
            go_on.wait(30)

    bucket.app.hook = hook
    command = [sys.executable, "-m", "ddconf", "apply", "-C", str(bucket.folder), "--auto-approve"]
    first = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert held.wait(30)
        second = bucket.ddconf("apply", "--auto-approve")
        assert second.code == 1 and "is locked by" in second.err
    finally:
        go_on.set()
        out, err = first.communicate(timeout=60)
    assert first.returncode == 0, out + err
    bucket.app.hook = None
    assert "No changes." in bucket.done("plan")
    assert thirty.counts(bucket)["monitor"] == 10


def monitors(desk: Desk, threshold: int) -> None:
    document = {
        "name": "CPU",
        "type": "metric alert",
        "query": f"avg(last_5m):avg:system.cpu.user{{*}} > {threshold}",
        "message": "High",
    }
    desk.write("all.json", json.dumps({"monitor": {"cpu": document}}))


def test_every_verb_that_changes_can_follow_every_other(bucket: Desk) -> None:
    """The second write of a run's state is allowed, since the run knows what it read."""
    for threshold in (90, 91, 92):
        monitors(bucket, threshold)
        bucket.done("apply", "--auto-approve")
        assert "No changes." in bucket.done("plan")
    monitors(bucket, 93)
    saved = str(bucket.folder / "one.plan.json")
    bucket.done("plan", "--out", saved)
    bucket.done("apply", saved)
    bucket.done("state", "mv", "monitor.cpu", "monitor.processor")
    (bucket.folder / "all.json").write_text(
        (bucket.folder / "all.json").read_text().replace('"cpu"', '"processor"')
    )
    made = bucket.api(
        "POST",
        "/api/v1/monitor",
        {
            "name": "RAM",
            "type": "metric alert",
            "query": "avg(last_5m):avg:system.mem.used{*} > 9",
            "message": "",
        },
    )
    bucket.done("import", "monitor.ram", str(made["id"]))
    bucket.done("export", "--kind", "monitor")
    bucket.done("export", "--kind", "monitor")
    assert "No changes." in bucket.done("plan")
    bucket.done("destroy", "--auto-approve", "--allow-deletes=9")
    assert bucket.done("state", "list") == ""
