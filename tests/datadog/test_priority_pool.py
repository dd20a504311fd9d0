"""The pool of requests: what waits, what goes first, what is dropped."""

from __future__ import annotations

import threading
from contextlib import suppress

import pytest

from ddconf.datadog.http.priority_pool import Pool


def test_what_is_for_later_goes_after_all_else() -> None:
    done: list[str] = []
    gate = threading.Event()
    with Pool(1) as pool:
        pool.submit(gate.wait, 5)
        for number in range(3):
            pool.submit(done.append, f"later {number}", later=True)
            pool.submit(done.append, f"soon {number}")
        gate.set()
    assert done == [*(f"soon {number}" for number in range(3)), *(f"later {number}" for number in range(3))]


def test_leaving_waits_for_everything_and_failures_stay_with_their_work() -> None:
    with Pool(4) as pool:
        asked = [pool.submit(divmod, 7, number) for number in range(3)]
    with pytest.raises(ZeroDivisionError):
        asked[0].result()
    assert [future.result() for future in asked[1:]] == [(7, 0), (3, 1)]


def test_what_has_not_begun_is_dropped_where_the_context_fails() -> None:
    done: list[int] = []
    gate = threading.Event()
    with pytest.raises(KeyError), Pool(1) as pool:
        pool.submit(gate.wait, 5)
        pool.submit(done.append, 1)
        gate.set() if pool.submit(done.append, 2, later=True).cancel() else None
        raise KeyError
    assert done in ([], [1])


def test_never_more_threads_than_workers() -> None:
    names: set[str] = set()
    with Pool(3) as pool:
        for _ in range(50):
            pool.submit(lambda: names.add(threading.current_thread().name))
    assert 1 <= len(names) <= 3


def test_an_interrupt_while_work_is_handed_over_leaves_the_threads_free(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Python's own Condition can be interrupted when it has taken its lock, before it could give it back."""
    enter = threading.Condition.__enter__
    with Pool(1) as pool:

        def interrupted(self: threading.Condition) -> bool:
            taken = enter(self)
            if self is pool._changed and threading.current_thread() is threading.main_thread():
                monkeypatch.undo()
                raise KeyboardInterrupt
            return taken

        pool.submit(int).result(timeout=5)
        monkeypatch.setattr(threading.Condition, "__enter__", interrupted)
        with suppress(KeyboardInterrupt):
            pool.submit(int)
        monkeypatch.undo()
        assert pool.submit(int).result(timeout=5) == 0


def test_an_interrupt_while_a_thread_is_begun_is_what_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_self: threading.Thread) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(threading.Thread, "start", interrupted)
    with pytest.raises(KeyboardInterrupt), Pool(1) as pool:
        pool.submit(int)
