"""`kill -9` at the boundaries of an apply: the next apply makes the same organisation, without twins."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ddconf.emulator.wire import Request
from tests.e2e import thirty
from tests.e2e.conftest import Desk

SOAK = bool(os.environ.get("DDCONF_SOAK"))
MAIN = [sys.executable, "-c", "from ddconf.cli.main import main; main()"]
KILL_AT_RENAME = """\
import os, pathlib, signal
def replace(self, target):
    if pathlib.Path(target).name != "state.json":
        return os.replace(self, target)
    os.kill(os.getpid(), signal.SIGKILL)
pathlib.Path.replace = replace
from ddconf.cli.main import main
main()
"""


class Killer:
    """Kills a process right before or after the effect of its n-th request."""

    def __init__(self, boundary: int) -> None:
        self.left = boundary
        self.process: subprocess.Popen[str] | None = None
        self.passed = 0
        self._lock = threading.Lock()

    def __call__(self, _moment: str, _request: Request) -> None:
        with self._lock:
            self.passed += 1
            if self.left == 0 and self.process is not None:
                self.process.send_signal(signal.SIGKILL)
                self.process.wait()
            self.left -= 1


def applied(desk: Desk, killer: Killer) -> int:
    """Run an apply in a process of its own, watched by the killer; gives its exit code."""
    command = [*MAIN, "apply", "-C", str(desk.folder), "--auto-approve", "--parallelism=4"]
    desk.app.hook = killer
    killer.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    killer.process.communicate()
    desk.app.hook = None
    return killer.process.returncode


def unlocked(desk: Desk) -> None:
    """A person takes away the lock of the killed run."""
    lock = desk.state.with_name(desk.state.name + ".lock")
    if lock.exists():
        import json

        desk.done("force-unlock", json.loads(lock.read_text())["id"])


def test_a_killed_apply_is_healed_by_the_next(desk: Desk, tmp_path: Path) -> None:
    thirty.define(desk, thirty.before())
    desk.done("apply", "--auto-approve")
    snapshot = desk.app.store.snapshot()
    kept = tmp_path / "kept"
    shutil.copytree(desk.folder, kept)
    thirty.define(desk, thirty.after())
    counter = Killer(-1)
    assert applied(desk, counter) == 0
    wanted, wanted_counts = thirty.picture(desk), thirty.counts(desk)

    seed = random.randrange(7)
    print(f"every boundary from {seed}" if not SOAK else "every boundary")
    for boundary in range(0 if SOAK else seed, counter.passed, 1 if SOAK else 7):
        desk.app.store.restore(snapshot)
        shutil.rmtree(desk.folder)
        shutil.copytree(kept, desk.folder)
        thirty.define(desk, thirty.after())
        assert applied(desk, Killer(boundary)) in (0, -signal.SIGKILL)
        unlocked(desk)
        desk.done("apply", "--auto-approve")
        assert thirty.picture(desk) == wanted, f"boundary {boundary}"
        assert thirty.counts(desk) == wanted_counts, f"twins after boundary {boundary}"
        assert thirty.orphans(desk) == []
        assert "No changes." in desk.done("plan")


def test_a_kill_between_the_state_file_and_its_rename_loses_nothing(desk: Desk) -> None:
    thirty.define(desk, thirty.before())
    command = [sys.executable, "-c", KILL_AT_RENAME, "apply", "-C", str(desk.folder), "--auto-approve"]
    killed = subprocess.run(command, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    counts = thirty.counts(desk)
    unlocked(desk)
    assert "No changes." in desk.done("plan")
    assert thirty.counts(desk) == counts
    assert thirty.orphans(desk) == []


@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_finishes_what_is_in_flight_and_says_so(desk: Desk, signal_number: int) -> None:
    thirty.define(desk, thirty.before())
    seen = threading.Event()

    def hook(moment: str, request: Request) -> None:
        if moment == "before" and request.method == "POST" and not seen.is_set():
            seen.set()
            process.send_signal(signal_number)

    desk.app.hook = hook
    command = [*MAIN, "apply", "-C", str(desk.folder), "--auto-approve", "--parallelism=2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    out, err = process.communicate()
    desk.app.hook = None
    assert process.returncode == 130, out + err
    assert "Interrupted" in err
    assert thirty.orphans(desk) == []
    desk.done("apply", "--auto-approve")
    assert "No changes." in desk.done("plan")
