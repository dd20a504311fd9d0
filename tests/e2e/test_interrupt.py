"""Ctrl-C: what is in flight ends, nothing new begins, and no wait holds the run up."""

from __future__ import annotations

import signal
import threading
import time

import pytest

from ddconf.emulator import faults
from ddconf.emulator.faults import calls
from ddconf.emulator.wire import Request
from tests.e2e import thirty
from tests.e2e.conftest import Desk
from tests.e2e.processes import start

SOON = 10
"""Seconds; the waits of these tests would last a minute."""


def is_create(request: Request) -> bool:
    """A write; the question whether one would be valid is none."""
    return request.method == "POST" and not request.path.endswith("/validate")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_finishes_what_is_in_flight_and_says_so(desk: Desk, number: int) -> None:
    thirty.define(desk, thirty.before())
    seen = threading.Event()

    def hook(moment: str, request: Request) -> None:
        if moment == "before" and is_create(request) and not seen.is_set():
            seen.set()
            process.send_signal(number)

    desk.app.hook = hook
    process = start(desk, "apply", "--auto-approve", "--parallelism=2")
    out, err = process.communicate()
    desk.app.hook = None
    assert process.returncode == 130, out + err
    assert "Interrupted" in err
    assert thirty.orphans(desk) == []
    desk.done("apply", "--auto-approve")
    assert "No changes." in desk.done("plan")


def test_nothing_new_begins_after_an_interrupt(desk: Desk) -> None:
    thirty.define(desk, thirty.before())
    sent = threading.Event()
    begun: list[str] = []

    def hook(moment: str, request: Request) -> None:
        if moment == "before" and is_create(request):
            begun.append(request.path)
            if not sent.is_set():
                sent.set()
                process.send_signal(signal.SIGINT)
            time.sleep(0.3)

    desk.app.hook = hook
    process = start(desk, "apply", "--auto-approve", "--parallelism=2")
    out, err = process.communicate()
    desk.app.hook = None
    assert process.returncode == 130, out + err
    assert len(begun) <= 4, begun
    assert "Skipped: interrupted" in out


def test_a_reader_of_the_output_who_leaves_ends_the_apply(desk: Desk) -> None:
    thirty.define(desk, thirty.before())
    begun: list[str] = []

    def hook(moment: str, request: Request) -> None:
        if moment == "before" and is_create(request):
            begun.append(request.path)
            time.sleep(0.3)

    desk.app.hook = hook
    process = start(desk, "apply", "--auto-approve", "--parallelism=2")
    assert process.stdout is not None
    while "Creating..." not in process.stdout.readline():
        pass
    process.stdout.close()
    process.wait()
    desk.app.hook = None
    assert len(begun) <= 6, begun
    desk.done("apply", "--auto-approve")
    assert "No changes." in desk.done("plan")


def test_an_interrupt_ends_the_waits_of_an_apply(desk: Desk) -> None:
    thirty.define(desk, thirty.before())
    desk.app.faults.on(faults.refuse(429, retry_after=60), is_create, skip=2, times=99)
    code, err, seconds = _interrupted_while_it_waits(desk, "apply", "--auto-approve", "--parallelism=2")
    assert code == 130, err
    assert seconds < SOON
    assert "Traceback" not in err
    desk.app.faults.clear()
    assert thirty.orphans(desk) == []
    desk.done("apply", "--auto-approve")
    assert thirty.counts(desk)["monitor"] == 10


def test_an_interrupt_ends_a_plan_that_waits(desk: Desk) -> None:
    thirty.define(desk, thirty.before())
    desk.app.faults.on(faults.refuse(429, retry_after=60), calls("GET", "/api/v1/monitor"), times=99)
    code, err, seconds = _interrupted_while_it_waits(desk, "plan")
    assert code == 130, err
    assert seconds < SOON
    assert "Interrupted." in err and "Traceback" not in err


def test_an_interrupt_ends_a_plan_whose_checks_wait(desk: Desk) -> None:
    thirty.define(desk, thirty.before())
    desk.app.faults.on(
        faults.refuse(429, retry_after=60), calls("POST", "/api/v1/monitor/validate"), skip=2, times=99
    )
    code, err, seconds = _interrupted_while_it_waits(desk, "plan", "--parallelism=2")
    assert code == 130, err
    assert seconds < SOON
    assert "Interrupted." in err and "Traceback" not in err


SLOW_BEGINNING = """
import time
from concurrent.futures import ThreadPoolExecutor
submit = ThreadPoolExecutor.submit
def slowly(*args, **more):
    begun = submit(*args, **more)
    time.sleep(3)
    return begun
ThreadPoolExecutor.submit = slowly
"""


def test_an_interrupt_ends_a_plan_whose_requests_have_only_just_begun(desk: Desk) -> None:
    thirty.define(desk, thirty.before())
    desk.done("apply", "--auto-approve")
    desk.app.faults.on(faults.refuse(429, retry_after=60), calls("GET", "/api/v1/monitor"), times=99)
    code, err, seconds = _interrupted_while_it_waits(desk, "plan", code=SLOW_BEGINNING)
    assert code == 130, err
    assert seconds < SOON


def _interrupted_while_it_waits(desk: Desk, *words: str, code: str = "") -> tuple[int, str, float]:
    """Exit code, errors and the seconds from the signal to the end."""
    process = start(desk, *words, code=code)
    assert process.stderr is not None
    first = ""
    while "Waiting" not in first:
        first = process.stderr.readline()
        assert first, "it did not wait"
    process.send_signal(signal.SIGINT)
    sent = time.monotonic()
    _, err = process.communicate(timeout=SOON * 3)
    return process.returncode, err, time.monotonic() - sent
