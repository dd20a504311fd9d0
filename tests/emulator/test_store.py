"""The store: order, transactions, snapshots, and a file that several processes share."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.emulator import ids
from ddconf.emulator.store import Store

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), JSON))
def test_any_object_comes_back_as_it_was_put(document: dict) -> None:
    store = Store()
    store.put("thing", "a", document)
    assert store.get("thing", "a") == document


def test_objects_keep_the_order_of_their_making_and_their_place_when_replaced() -> None:
    store = Store()
    for id in ("b", "a", "c"):
        store.put("thing", id, {"id": id})
    store.put("thing", "b", {"id": "b", "changed": True})
    assert store.ids("thing") == ["b", "a", "c"]
    assert store.all("thing")[0] == {"id": "b", "changed": True}


def test_some_columns_of_all_objects_can_be_read_alone() -> None:
    store = Store()
    store.put("thing", "a", {"id": "a", "n": 1.5, "big": [1] * 99})
    assert store.columns("thing", ("id", "n", "absent")) == [{"id": "a", "n": 1.5, "absent": None}]


def test_candidates_are_found_by_a_field() -> None:
    store = Store()
    store.put("thing", "a", {"name": 'say "hi"'})
    store.put("thing", "b", {"name": "other"})
    assert store.holding("thing", "name", 'say "hi"') == [{"name": 'say "hi"'}]


def test_deleting_tells_whether_something_was_there() -> None:
    store = Store()
    store.put("thing", 1, {})
    assert store.delete("thing", 1)
    assert not store.delete("thing", 1)
    assert store.get("thing", 1) is None


def test_a_transaction_that_raises_leaves_nothing_behind() -> None:
    store = Store()
    with pytest.raises(RuntimeError), store.transaction():
        store.put("thing", "a", {})
        store.set_fact("x", 1)
        raise RuntimeError
    assert store.ids("thing") == []
    assert store.fact("x") is None


def test_a_snapshot_brings_everything_back() -> None:
    store = Store()
    store.put("thing", "a", {"n": 1})
    store.set_fact("order", ["a"])
    before = store.snapshot()
    store.delete("thing", "a")
    store.set_fact("order", [])
    store.restore(before)
    assert store.snapshot() == before
    store.reset()
    assert store.snapshot() == ([], [])


def test_a_seed_makes_the_same_ids_again() -> None:
    first, second = ([Store(seed=7).new_id("m", form) for form in _FORMS] for _ in range(2))
    assert first == second
    assert Store(seed=8).new_id("m", ids.uuid) != first[0]


_FORMS = (ids.uuid, ids.base64url, ids.dashed, ids.hexadecimal, ids.number(9), ids.short, ids.widget)


def test_an_id_that_is_taken_is_drawn_again() -> None:
    store = Store(seed=7)
    taken = Store(seed=7).new_id("m", ids.uuid)
    store.put("m", taken, {})
    assert store.new_id("m", ids.uuid) != taken


def test_a_file_keeps_what_was_written(tmp_path: Path) -> None:
    file = tmp_path / "organisation.sqlite"
    first = Store(file)
    first.put("thing", "a", {"n": 1})
    first.close()
    assert Store(file).get("thing", "a") == {"n": 1}


def test_two_openings_of_a_file_see_each_others_writes(tmp_path: Path) -> None:
    first, second = Store(tmp_path / "o.sqlite"), Store(tmp_path / "o.sqlite")
    first.put("thing", "a", {})
    assert second.ids("thing") == ["a"]
    second.delete("thing", "a")
    assert first.ids("thing") == []


def _write_for_ever(file: Path) -> None:
    store = Store(file)
    for number in range(10**9):
        with store.transaction():
            store.put("thing", f"{number}-a", {})
            store.put("thing", f"{number}-b", {})


def test_a_kill_in_the_middle_of_writing_leaves_whole_transactions(tmp_path: Path) -> None:
    file = tmp_path / "o.sqlite"
    Store(file).close()
    writer = multiprocessing.get_context("spawn").Process(target=_write_for_ever, args=(file,))
    writer.start()
    reader = Store(file)
    while len(reader.ids("thing")) < 20 and writer.is_alive():
        time.sleep(0.01)
    assert writer.pid
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    kept = Store(file).ids("thing")
    assert len(kept) >= 20
    assert len([id for id in kept if id.endswith("a")]) == len([id for id in kept if id.endswith("b")])


def test_threads_may_write_at_once() -> None:
    store = Store()

    def write(worker: int) -> None:
        for number in range(50):
            with store.transaction():
                store.set_fact("sum", store.fact("sum", 0) + 1)
                store.put("thing", f"{worker}-{number}", {})

    threads = [threading.Thread(target=write, args=(worker,)) for worker in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.fact("sum") == 400
    assert len(store.ids("thing")) == 400
