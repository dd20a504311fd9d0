"""`kill -9` at the boundaries of an apply: the next apply makes the same organisation, without twins."""

from __future__ import annotations

import random
import signal
import subprocess
import threading
import time

from ddconf.emulator.wire import Request
from tests.e2e import thirty
from tests.e2e.conftest import SOAK, Desk
from tests.e2e.processes import start, unlocked

KILL_AT_RENAME = """\
import os, pathlib, signal
def replace(self, target):
    if pathlib.Path(target).name != "state.json" or b"monitor.m1" not in self.read_bytes():
        return os.replace(self, target)
    os.kill(os.getpid(), signal.SIGKILL)
pathlib.Path.replace = replace
"""
STEP = 1 if SOAK else 7
"""A run tries each boundary, or each of so many from a random one on."""


class Killer:
    """Kills a process right before or after the effect of its n-th request.

    What else it had sent by then has its effect all the same, and late.
    """

    def __init__(self, boundary: int) -> None:
        self.left = boundary
        self.process: subprocess.Popen[str] | None = None
        self.passed = 0
        self._lock = threading.Lock()

    def __call__(self, moment: str, _request: Request) -> None:
        with self._lock:
            orphaned = self.left < 0 and self.process is not None and self.process.poll() is not None
            self.passed += 1
            if self.left == 0 and self.process is not None:
                self.process.send_signal(signal.SIGKILL)
                self.process.wait()
            self.left -= 1
        if orphaned and moment == "before":
            time.sleep(0.2)


def applied(desk: Desk, killer: Killer, *words: str) -> int:
    """Run an apply in a process of its own, watched by the killer; gives its exit code."""
    others = set(threading.enumerate())
    desk.app.hook = killer
    killer.process = start(desk, "apply", "--auto-approve", "--parallelism=4", *words)
    killer.process.communicate()
    served(desk, others)
    desk.app.hook = None
    return killer.process.returncode


def served(desk: Desk, others: set[threading.Thread]) -> None:
    """Wait until everything that was sent had its effect, as a person does who looks before unlocking."""
    desk.api("GET", "/api/v1/validate")  # accepted after all connections of the killed process
    while any("process_request_thread" in thread.name for thread in set(threading.enumerate()) - others):
        time.sleep(0.005)


def test_a_killed_apply_is_healed_by_the_next(desk: Desk) -> None:
    thirty.define(desk, thirty.before())
    desk.done("apply", "--auto-approve")
    thirty.define(desk, thirty.after())
    ahead = desk.checkpoint()
    counter = Killer(-1)
    assert applied(desk, counter) == 0
    wanted, wanted_counts = thirty.picture(desk), thirty.counts(desk)

    first = random.randrange(STEP)
    print(f"boundaries from {first} in steps of {STEP}")
    for boundary in range(first, counter.passed, STEP):
        desk.return_to(ahead)
        assert applied(desk, Killer(boundary)) in (0, -signal.SIGKILL)
        unlocked(desk)
        desk.done("apply", "--auto-approve")
        assert thirty.picture(desk) == wanted, f"boundary {boundary}"
        assert thirty.counts(desk) == wanted_counts, f"twins after boundary {boundary}"
        assert thirty.orphans(desk) == []
        assert "No changes." in desk.done("plan")


def test_a_kill_between_the_state_file_and_its_rename_loses_nothing(desk: Desk) -> None:
    thirty.define(desk, thirty.before())
    killed = start(desk, "apply", "--auto-approve", code=KILL_AT_RENAME)
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    counts = thirty.counts(desk)
    unlocked(desk)
    assert "No changes." in desk.done("plan")
    assert thirty.counts(desk) == counts
    assert thirty.orphans(desk) == []


def test_a_replacement_that_was_killed_is_gone_on_with(desk: Desk) -> None:
    """Whether the old object is there, or none, or the new one, which no entry knows."""
    thirty.define(desk, {"monitor": {"m1": thirty.monitor(1, "x")}})
    desk.done("apply", "--auto-approve")
    ahead = desk.checkpoint()
    counter = Killer(-1)
    assert applied(desk, counter, "--replace=monitor.m1") == 0
    for boundary in range(counter.passed):
        desk.return_to(ahead)
        assert applied(desk, Killer(boundary), "--replace=monitor.m1") in (0, -signal.SIGKILL)
        unlocked(desk)
        desk.done("apply", "--auto-approve")
        assert thirty.counts(desk)["monitor"] == 1, f"boundary {boundary}"
        assert "No changes." in desk.done("plan")
