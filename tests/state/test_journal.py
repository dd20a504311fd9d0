"""The journal beside the state: a killed run loses nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ddconf.address import Address
from ddconf.errors import DdconfError
from ddconf.state import local
from ddconf.state.journal import load_state, new_state, recorder
from ddconf.state.model import Entry, State
from ddconf.state.open import open_backend
from ddconf.state.protocol import Backend
from ddconf.state.serialization import write_state
from tests.state.examples import CORE, CPU, DISK, example


@pytest.fixture
def backend(tmp_path: Path) -> Backend:
    return open_backend("state.json", tmp_path)


def loaded(backend: Backend) -> State:
    state = load_state(backend)
    assert state is not None
    return state


def test_where_nothing_is_stored_there_is_no_state(backend: Backend) -> None:
    assert load_state(backend, site="datadoghq.com") is None


def test_a_new_state_has_a_lineage_of_its_own() -> None:
    one, other = new_state("datadoghq.com"), new_state("datadoghq.com")
    assert (one.site, one.serial, one.entries) == ("datadoghq.com", 0, {})
    assert len(one.lineage) == 32
    assert one.lineage != other.lineage


def test_the_state_of_another_site_is_refused(backend: Backend) -> None:
    backend.write(write_state(example()))
    assert load_state(backend, site="datadoghq.com") == example()
    with pytest.raises(
        DdconfError, match=r"belongs to datadoghq\.com, and the keys to datadoghq\.eu"
    ) as raised:
        load_state(backend, site="datadoghq.eu")
    assert "DD_SITE" in raised.value.diagnostics[0].hint


def test_a_run_that_records_grows_the_serial_by_one(backend: Backend) -> None:
    with recorder(backend, new_state("s")) as journal:
        for number in range(5):
            journal.record(Address("monitor", f"m{number}"), Entry(str(number), {}, {}))
    assert (loaded(backend).serial, len(loaded(backend).entries)) == (1, 5)
    with recorder(backend, loaded(backend)) as journal:
        journal.record(Address("monitor", "m0"), None)
    assert (loaded(backend).serial, len(loaded(backend).entries)) == (2, 4)
    assert backend.journal() == []


def test_a_run_that_records_nothing_writes_nothing(backend: Backend) -> None:
    with recorder(backend, new_state("s")):
        pass
    assert backend.read() is None


def test_a_run_that_fails_keeps_what_it_recorded(backend: Backend) -> None:
    with pytest.raises(ZeroDivisionError), recorder(backend, new_state("s")) as journal:
        journal.record(CPU, Entry("7", {"a": 1}, {"a": 1}))
        raise ZeroDivisionError
    assert loaded(backend).entries == {CPU: Entry("7", {"a": 1}, {"a": 1})}


def test_a_record_costs_the_same_however_large_the_state_is(backend: Backend, tmp_path: Path) -> None:
    big = Entry("1", {"text": "x" * 10_000}, {})
    state = example(entries={Address("monitor", f"m{number}"): big for number in range(100)})
    with recorder(backend, state) as journal:
        journal.record(CPU, Entry("7", {"a": 1}, {"a": 1}))
        assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 300
        assert journal.state.entries[CPU].id == "7"


def test_records_come_from_many_threads(backend: Backend) -> None:
    with recorder(backend, new_state("s")) as journal, ThreadPoolExecutor(8) as pool:
        for number in range(200):
            pool.submit(
                journal.record, Address("monitor", f"m{number}"), Entry(str(number), {"n": number}, {})
            )
    entries = loaded(backend).entries
    assert {entry.applied["n"] for entry in entries.values()} == set(range(200))


# a run that was killed


def left_behind(backend: Backend, state: State, stored: bool = True) -> list[bytes]:
    """What a killed run leaves: the state it began with, and a journal."""
    if stored:
        backend.write(write_state(state))
    journal: Any = recorder(backend, state).__enter__()
    journal.record(CPU, Entry("70", {"new": 1}, {"new": 2}, (CORE,)))
    journal.record(DISK, None)
    return backend.journal()


AFTER = {
    CORE: example().entries[CORE],
    CPU: Entry("70", {"new": 1}, {"new": 2}, (CORE,)),
}


def test_the_journal_of_a_killed_run_is_part_of_the_state(backend: Backend) -> None:
    left_behind(backend, example())
    assert loaded(backend).entries == AFTER
    assert loaded(backend).serial == 3


def test_the_next_run_folds_it_in(backend: Backend) -> None:
    left_behind(backend, example())
    with recorder(backend, loaded(backend)) as journal:
        assert backend.journal() == []
        journal.record(CORE, None)
    assert loaded(backend).entries == {CPU: AFTER[CPU]}
    assert loaded(backend).serial == 5


def test_the_first_run_of_all_may_be_killed_too(backend: Backend) -> None:
    state = new_state("datadoghq.com")
    left_behind(backend, state, stored=False)
    found = load_state(backend, site="datadoghq.com")
    assert found == replace(state, entries={CPU: AFTER[CPU]})
    with pytest.raises(DdconfError, match="belongs to"):
        load_state(backend, site="datadoghq.eu")


def test_a_journal_that_was_folded_in_but_not_dropped_is_passed_over(backend: Backend) -> None:
    left_behind(backend, example())
    backend.write(write_state(example(serial=4)))
    assert loaded(backend) == example(serial=4)


def test_a_journal_cut_off_at_any_byte_keeps_its_whole_records(backend: Backend, tmp_path: Path) -> None:
    left_behind(backend, example())
    file = tmp_path / "state.json.journal"
    content = file.read_bytes()
    first = content.index(b"\n") + 1
    for length in range(len(content) + 1):
        file.write_bytes(content[:length])
        expected = dict(example().entries)
        if length >= first:
            expected[CPU] = AFTER[CPU]
        if length == len(content):
            del expected[DISK]
        assert loaded(backend).entries == expected
        with recorder(backend, loaded(backend)) as journal:
            journal.record(CORE, None)
        del expected[CORE]
        assert loaded(backend).entries == expected
        backend.write(write_state(example()))


TYPES = b'{"lineage": "abc", "site": "s", "serial": "3", "address": "team.core", "entry": null}'


@pytest.mark.parametrize("damage", [b"nonsense", b"{}", b"null", b'{"lineage": "abc"', b"\x00\x00", TYPES])
def test_a_journal_broken_in_the_middle_is_an_error(backend: Backend, tmp_path: Path, damage: bytes) -> None:
    first, second = left_behind(backend, example())
    (tmp_path / "state.json.journal").write_bytes(b"\n".join((first, damage, second, b"")))
    with pytest.raises(DdconfError, match="journal that cannot be read, at record 2"):
        load_state(backend)


def test_a_journal_of_another_state_is_an_error(backend: Backend) -> None:
    left_behind(backend, example())
    for other in (example(lineage="other"), example(serial=2)):
        backend.write(write_state(other))
        with pytest.raises(DdconfError, match="belongs to another state"):
            load_state(backend)


# kill -9 at each call that touches the disk


def in_child(work: Callable[[], None]) -> None:
    """Run in a process of its own, which may end at any moment."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def killed_at(call: int, work: Callable[[], None]) -> None:
    """The work up to its nth call to the system, and not further; half of what is written then arrives."""
    counter = [0]

    def guarded(function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **options: Any) -> Any:
            counter[0] += 1
            if counter[0] == call:
                if function is real_write:
                    real_write(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                os._exit(9)
            return function(*arguments, **options)

        return wrapped

    real_write = os.write
    for name in ("open", "write", "fsync", "ftruncate", "close"):
        setattr(local.os, name, guarded(getattr(os, name)))
    for name in ("replace", "unlink"):
        setattr(Path, name, guarded(getattr(Path, name)))
    work()


CALLS = 40


def test_a_kill_at_any_call_loses_no_finished_record_and_invents_none(
    backend: Backend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "_UNWRITTEN_SECONDS", -1)
    done = tmp_path / "done"
    seen = set()
    for call in range(1, CALLS):
        for file in tmp_path.iterdir():
            file.unlink()
        backend.write(write_state(example()))
        done.write_bytes(b"")

        def run() -> None:
            handle = os.open(done, os.O_WRONLY | os.O_APPEND)
            with backend.lock("me"), recorder(backend, loaded(backend)) as journal:
                for number in range(3):
                    journal.record(Address("team", f"t{number}"), Entry(str(number), {"n": number}, {}))
                    os.pwrite(handle, b"x", number)

        in_child(lambda call=call, run=run: killed_at(call, run))  # type: ignore[misc]
        finished = len(done.read_bytes())
        state = loaded(backend)
        made = [address.name for address in state.entries if address.kind == "team" and address != CORE]
        assert made in ([f"t{n}" for n in range(finished)], [f"t{n}" for n in range(finished + 1)])
        seen.add(finished)
        with backend.lock("next", 0), recorder(backend, state) as journal:
            journal.record(CPU, None)
        assert loaded(backend).entries == {
            address: entry for address, entry in state.entries.items() if address != CPU
        }
        assert not [file.name for file in tmp_path.iterdir() if file.suffix in (".lock", ".journal", ".tmp")]
    assert seen == {0, 1, 2, 3}


def test_the_last_kill_came_after_the_end(backend: Backend, tmp_path: Path) -> None:
    """So that the test above has tried every call."""

    def run() -> None:
        with backend.lock("me"), recorder(backend, loaded(backend)) as journal:
            for number in range(3):
                journal.record(Address("team", f"t{number}"), Entry(str(number), {}, {}))

    backend.write(write_state(example()))
    in_child(lambda: (killed_at(CALLS, run), (tmp_path / "ended").touch())[0])  # type: ignore[func-returns-value]
    assert (tmp_path / "ended").exists()


def test_no_file_of_a_run_holds_what_is_not_in_its_entries(backend: Backend, tmp_path: Path) -> None:
    left_behind(backend, example())
    for file in tmp_path.iterdir():
        text = file.read_text()
        assert json.loads(text.splitlines()[0] + ("}}" if file.name == "state.json" else ""))


def test_entries_taken_over_together_are_written_at_the_end(backend: Backend) -> None:
    taken = {Address("monitor", name): Entry(name, {"name": name}, {"name": name}) for name in "ab"}
    with recorder(backend, new_state("example.com")) as journal:
        journal.take_over(taken)
        assert backend.journal() == []
    state = load_state(backend)
    assert state is not None
    assert dict(state.entries) == taken
