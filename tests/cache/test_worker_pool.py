"""Work that other processes do."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

import pytest

from ddconf.cache.worker_pool import WorkerProcesses

TIMES = f"{__name__}:times"
DYING = f"{__name__}:dying"
SLOW = f"{__name__}:slow"


def times(factor: int) -> Callable[[int], tuple[int, int]]:
    return lambda number: (factor * number, os.getpid())


def dying(_about: None) -> Callable[[int], int]:
    def work(number: int) -> int:
        if number == 3:
            os._exit(1)
        return number

    return work


def slow(_about: None) -> Callable[[float], float]:
    def work(seconds: float) -> float:
        time.sleep(seconds)
        return seconds

    return work


def test_what_is_given_is_done_by_others_and_comes_back() -> None:
    with WorkerProcesses(TIMES, 3) as apart:
        found = [future.result() for future in [apart.submit(number) for number in range(50)]]
    assert [value for value, _ in found] == [3 * number for number in range(50)]
    processes = {process for _, process in found}
    assert os.getpid() not in processes
    assert len(processes) <= (os.cpu_count() or 1)


def test_bytes_of_any_size_go_through() -> None:
    content = os.urandom(3_000_000)
    with WorkerProcesses(TIMES, 2) as apart:
        assert apart.submit(content).result()[0] == content + content


def test_a_process_that_dies_is_told_for_each_value_it_was_given() -> None:
    with WorkerProcesses(DYING) as apart:
        futures = [apart.submit(number) for number in (3, 3, 3, 3, 3, 3)]
        for future in futures:
            with pytest.raises(OSError):
                future.result()


@pytest.mark.parametrize("executable", ["", "/no/python", "/bin/false", "/bin/echo"])
def test_without_any_process_every_value_is_told(monkeypatch: pytest.MonkeyPatch, executable: str) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    with WorkerProcesses(TIMES, 2) as apart, pytest.raises(OSError):
        apart.submit(1).result()


def test_what_was_not_begun_is_not_waited_for() -> None:
    with WorkerProcesses(SLOW) as apart:  # half a minute for four processes
        futures = [apart.submit(seconds) for seconds in (0.0, *[0.5] * 200)]
        futures[0].result()
    assert any(future.cancelled() for future in futures)
