"""State in a local folder, with several processes at it."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import signal
import stat
import time
from pathlib import Path
from typing import Any

import pytest

from ddconf.errors import DdconfError, LockedError
from ddconf.state.local import LocalBackend
from ddconf.state.open import open_backend

FORK = multiprocessing.get_context("fork")


@pytest.fixture
def backend(tmp_path: Path) -> LocalBackend:
    return LocalBackend(tmp_path / "private" / "state.json", "private/state.json")


def names(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


def modes(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


def test_what_was_never_written_is_none(backend: LocalBackend) -> None:
    assert backend.read() is None
    assert backend.journal() == []
    backend.clear()


def test_what_was_written_is_read(backend: LocalBackend) -> None:
    backend.write(b"one")
    backend.write(b"two")
    assert backend.read() == b"two"


def test_records_are_read_in_order_until_cleared(backend: LocalBackend) -> None:
    backend.append(b"one")
    backend.append(b"two")
    assert backend.journal() == [b"one", b"two"]
    backend.clear()
    assert backend.journal() == []


def test_every_file_is_for_its_owner_alone(backend: LocalBackend) -> None:
    before = os.umask(0)
    try:
        with backend.lock("me"):
            backend.write(b"state")
            backend.append(b"record")
            found = modes(backend.path.parent)
    finally:
        os.umask(before)
    assert found == {"state.json": 0o600, "state.json.journal": 0o600, "state.json.lock": 0o600}


def test_a_file_that_all_could_read_is_closed_on_the_next_write(backend: LocalBackend) -> None:
    backend.write(b"state")
    backend.path.chmod(0o644)
    backend.write(b"state")
    assert modes(backend.path.parent) == {"state.json": 0o600}


def test_a_link_to_the_state_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "state.json").symlink_to(tmp_path / "real" / "state.json")
    open_backend("state.json", tmp_path).write(b"state")
    assert (tmp_path / "state.json").is_symlink()
    assert (tmp_path / "real" / "state.json").read_bytes() == b"state"


def test_a_path_or_a_file_url_opens_a_local_file(tmp_path: Path) -> None:
    open_backend("a/state.json", tmp_path).write(b"1")
    open_backend(f"file://{tmp_path}/b.json", Path("/nowhere")).write(b"2")
    assert (tmp_path / "a" / "state.json").read_bytes() == b"1"
    assert (tmp_path / "b.json").read_bytes() == b"2"


@pytest.mark.parametrize("url", ["ftp://x/y", "http://x/state.json"])
def test_an_unknown_scheme_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(DdconfError, match="no state backend"):
        open_backend(url, tmp_path)


# faults of the file system


def fail(monkeypatch: pytest.MonkeyPatch, function: str, number: int) -> None:
    """From now on the function fails, as the system would."""

    def failing(*_arguments: Any, **_options: Any) -> Any:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(f"ddconf.state.local.os.{function}", failing)


@pytest.mark.parametrize("function", ["write", "fsync"])
def test_a_full_disk_is_a_clear_error_and_leaves_the_old_state(
    backend: LocalBackend, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    backend.write(b"old")
    backend.append(b"first")
    with monkeypatch.context() as patched:
        fail(patched, function, errno.ENOSPC)
        for action in (lambda: backend.write(b"new"), lambda: backend.append(b"second")):
            with pytest.raises(DdconfError, match="No space left on device") as raised:
                action()
            assert "the disk is full" in raised.value.diagnostics[0].hint
    assert backend.read() == b"old"
    assert backend.journal() == [b"first"]
    assert set(modes(backend.path.parent)) == {"state.json", "state.json.journal"}


def test_a_record_half_written_is_taken_back(backend: LocalBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    backend.append(b"first")
    real, calls = os.write, []

    def write(handle: int, content: bytes) -> int:
        calls.append(1)
        if len(calls) > 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, bytes(content)[:3])

    with monkeypatch.context() as patched:
        patched.setattr("ddconf.state.local.os.write", write)
        with pytest.raises(DdconfError):
            backend.append(b"second")
    backend.append(b"third")
    assert backend.journal() == [b"first", b"third"]


def test_a_state_path_that_is_a_folder_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "state.json").mkdir()
    backend = open_backend("state.json", tmp_path)
    for action in (backend.read, lambda: backend.write(b"x")):
        with pytest.raises(DdconfError, match=r"state\.json: Is a directory") as raised:
            action()
        assert "must name a file" in raised.value.diagnostics[0].hint
    assert names(tmp_path) == ["state.json"]


def test_a_path_through_a_file_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    backend = open_backend("file/state.json", tmp_path)
    for action in (backend.read, lambda: backend.write(b"x"), lambda: backend.lock("me").__enter__()):
        with pytest.raises(DdconfError, match=r"the state file/state\.json"):
            action()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_a_clear_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    backend = open_backend("state.json", tmp_path)
    with pytest.raises(DdconfError, match="Permission denied"):
        backend.write(b"x")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.EPERM])
def test_no_permission_is_a_clear_error(
    backend: LocalBackend, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    backend.write(b"old")
    with monkeypatch.context() as patched:
        fail(patched, "open", number)
        for action in (lambda: backend.write(b"new"), lambda: backend.lock("me").__enter__()):
            with pytest.raises(DdconfError, match=r"private/state\.json: ") as raised:
                action()
            assert "`state:` in ddconf.yaml" in raised.value.diagnostics[0].hint
    assert backend.read() == b"old"


# the lock


def test_a_held_lock_names_its_holder_and_the_ways_out(backend: LocalBackend) -> None:
    with backend.lock("alice@laptop"):
        with pytest.raises(LockedError) as raised, LocalBackend(backend.path, "s").lock("bob"):
            pass
        (diagnostic,) = raised.value.diagnostics
        holder = json.loads((backend.path.parent / "state.json.lock").read_bytes())
    assert f"is locked by alice@laptop (process {os.getpid()} on " in diagnostic.message
    assert "--lock-timeout" in diagnostic.hint
    assert f"ddconf force-unlock {holder['id']}" in diagnostic.hint


def test_a_lock_is_free_after_its_block_even_on_an_error(backend: LocalBackend) -> None:
    with pytest.raises(ZeroDivisionError), backend.lock("me"):
        raise ZeroDivisionError
    with backend.lock("me"):
        pass
    assert names(backend.path.parent) == []


def hold(path: Path, seconds: float, ready: Any) -> None:
    with LocalBackend(path, "s").lock("child"):
        ready.set()
        time.sleep(seconds)


def test_a_lock_is_waited_for(backend: LocalBackend) -> None:
    ready = FORK.Event()
    child = FORK.Process(target=hold, args=(backend.path, 0.3, ready))
    child.start()
    ready.wait(10)
    with pytest.raises(LockedError), backend.lock("me", 0.0):
        pass
    with backend.lock("me", 10):
        assert backend.read() is None
    child.join()


def test_the_lock_of_a_killed_run_on_this_machine_is_taken_over(backend: LocalBackend) -> None:
    ready = FORK.Event()
    child = FORK.Process(target=hold, args=(backend.path, 60, ready))
    child.start()
    ready.wait(10)
    with pytest.raises(LockedError), backend.lock("me"):
        pass
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    with backend.lock("me"), pytest.raises(LockedError, match="is locked by me"):
        LocalBackend(backend.path, "s").lock("other").__enter__()
    assert names(backend.path.parent) == []


def leave_lock(backend: LocalBackend, content: bytes, age: float = 0.0) -> None:
    backend.path.parent.mkdir(exist_ok=True)
    lock = backend.path.parent / "state.json.lock"
    lock.write_bytes(content)
    os.utime(lock, (time.time() - age, time.time() - age))


ELSEWHERE = (
    b'{"id": "abc123", "owner": "ci", "host": "runner-1", "pid": 5, "since": "2026-01-01T00:00:00+00:00"}'
)


def test_the_lock_of_another_machine_is_never_taken_over(backend: LocalBackend) -> None:
    leave_lock(backend, ELSEWHERE, age=1e6)
    with pytest.raises(LockedError, match=r"locked by ci .process 5 on runner-1. since 2026-01-01"):
        backend.lock("me").__enter__()


def test_a_lock_file_that_was_never_filled_is_taken_over_after_a_while(backend: LocalBackend) -> None:
    leave_lock(backend, b"")
    with pytest.raises(LockedError, match="just being locked"):
        backend.lock("me").__enter__()
    leave_lock(backend, b"", age=60)
    with backend.lock("me"):
        pass


def test_force_unlock_takes_away_the_lock_of_that_id_alone(backend: LocalBackend) -> None:
    with pytest.raises(DdconfError, match="is not locked"):
        backend.force_unlock("abc123")
    leave_lock(backend, ELSEWHERE)
    with pytest.raises(DdconfError, match=r"has no lock other: it is locked by ci .*, id abc123"):
        backend.force_unlock("other")
    backend.force_unlock("abc123")
    with backend.lock("me"):
        pass


def test_who_lost_the_lock_does_not_write(backend: LocalBackend) -> None:
    backend.write(b"old")
    other = LocalBackend(backend.path, "s")
    with backend.lock("me"):
        backend.force_unlock(json.loads((backend.path.parent / "state.json.lock").read_bytes())["id"])
        with other.lock("other"):
            other.write(b"theirs")
            with pytest.raises(LockedError, match="taken away"):
                backend.write(b"mine")
    assert backend.read() == b"theirs"


def count_up(path: Path, times: int) -> None:
    backend = LocalBackend(path, "s")
    for _ in range(times):
        with backend.lock("me", 60):
            backend.write(str(int(backend.read() or b"0") + 1).encode())


def test_of_many_writers_none_is_lost(backend: LocalBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ddconf.state.lock.POLL_SECONDS", 0.001)
    children = [FORK.Process(target=count_up, args=(backend.path, 10)) for _ in range(4)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert backend.read() == b"40"
