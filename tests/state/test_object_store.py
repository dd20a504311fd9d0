"""State in an object store."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ddconf.address import Address
from ddconf.errors import DdconfError, LockedError
from ddconf.state.journal import load_state, new_state, recorder
from ddconf.state.model import Entry
from ddconf.state.open import open_backend
from ddconf.state.protocol import Backend
from ddconf.state.serialization import read_state, write_state
from tests.state.examples import CPU, example


def backend(url: str) -> Backend:
    return open_backend(url, Path("/nowhere"))


def test_what_was_never_written_is_none(s3: str) -> None:
    assert backend(s3).read() is None
    assert backend(s3).journal() == []
    assert load_state(backend(s3)) is None


def test_what_was_written_is_read(s3: str) -> None:
    one = backend(s3)
    one.write(b"one")
    one.write(b"two")
    assert backend(s3).read() == b"two"


def test_of_two_first_writes_one_is_refused(s3: str) -> None:
    one, other = backend(s3), backend(s3)
    assert (one.read(), other.read()) == (None, None)
    one.write(b"one")
    with pytest.raises(LockedError, match="written by another run") as raised:
        other.write(b"other")
    assert "nothing was overwritten" in raised.value.diagnostics[0].hint
    assert backend(s3).read() == b"one"


def test_an_update_made_since_the_read_is_not_lost(s3: str) -> None:
    backend(s3).write(b"old")
    one, other = backend(s3), backend(s3)
    assert (one.read(), other.read()) == (b"old", b"old")
    other.write(b"theirs")
    with pytest.raises(LockedError):
        one.write(b"mine")
    assert one.read() == b"theirs"
    one.write(b"mine")
    assert backend(s3).read() == b"mine"


def test_a_write_that_is_repeated_after_its_effect_is_a_success(s3: str) -> None:
    one, other = backend(s3), backend(s3)
    one.read()
    other.read()
    other.write(b"same")
    one.write(b"same")
    one.write(b"next")
    assert backend(s3).read() == b"next"


def test_a_held_lock_names_its_holder(s3: str) -> None:
    with backend(s3).lock("alice@laptop"):
        with pytest.raises(LockedError, match="is locked by alice@laptop") as raised:
            backend(s3).lock("bob").__enter__()
        assert "ddconf force-unlock " in raised.value.diagnostics[0].hint
    with backend(s3).lock("bob"):
        pass


def test_a_lock_is_free_after_an_error(s3: str) -> None:
    with pytest.raises(ZeroDivisionError), backend(s3).lock("me"):
        raise ZeroDivisionError
    with backend(s3).lock("me"):
        pass


def lock_id(error: LockedError) -> str:
    return error.diagnostics[0].hint.rsplit(" ", 1)[1]


def test_even_a_broken_lock_cannot_lose_an_update(s3: str) -> None:
    backend(s3).write(write_state(example()))
    slow, quick = backend(s3), backend(s3)
    with slow.lock("slow"):
        state = load_state(slow)
        assert state is not None
        with pytest.raises(LockedError) as raised:
            quick.lock("quick").__enter__()
        with pytest.raises(DdconfError, match="has no lock wrong"):
            quick.force_unlock("wrong")
        quick.force_unlock(lock_id(raised.value))
        with quick.lock("quick"), recorder(quick, load_state(quick) or state) as journal:
            journal.record(CPU, None)
        with pytest.raises(LockedError, match="written by another run"), recorder(slow, state) as journal:
            journal.record(CPU, Entry("lost", {}, {}))
    stored = read_state(backend(s3).read() or b"", s3)
    assert (stored.serial, CPU in stored.entries) == (4, False)
    assert load_state(backend(s3)) == stored


def test_the_lock_of_another_run_is_not_released(s3: str) -> None:
    one, other = backend(s3), backend(s3)
    with one.lock("one"):
        with pytest.raises(LockedError) as raised:
            other.lock("other").__enter__()
        other.force_unlock(lock_id(raised.value))
        theirs = other.lock("other")
        theirs.__enter__()
    with pytest.raises(LockedError, match="locked by other"):
        one.lock("one").__enter__()
    theirs.__exit__(None, None, None)


def test_records_are_kept_in_order_and_folded_in_by_the_next_run(s3: str) -> None:
    state = new_state("datadoghq.com")
    killed = recorder(backend(s3), state).__enter__()
    for number in range(12):
        killed.record(Address("monitor", "m"), Entry(str(number), {"n": number}, {}))
    found = load_state(backend(s3), site="datadoghq.com")
    assert found is not None
    assert (found.lineage, found.serial) == (state.lineage, 0)
    assert found.entries[Address("monitor", "m")].id == "11"
    later = backend(s3)
    with recorder(later, load_state(later) or state) as journal:
        journal.record(CPU, Entry("7", {}, {}))
    found = load_state(backend(s3))
    assert found is not None
    assert (found.serial, len(found.entries), backend(s3).journal()) == (2, 2, [])


WRITER = """
import sys
from pathlib import Path
from ddconf.address import Address
from ddconf.state.open import open_backend
from ddconf.state.model import Entry
from ddconf.state.journal import load_state, new_state, recorder
url, name = sys.argv[1:]
for number in range(5):
    backend = open_backend(url, Path())
    with backend.lock(name, 120), recorder(backend, load_state(backend) or new_state("s")) as journal:
        journal.record(Address("monitor", f"{name}_{number}"), Entry(name, {}, {}))
"""


def test_of_two_applies_at_once_nothing_is_lost(s3: str) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, s3, name]) for name in ("one", "two")]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    found = load_state(backend(s3))
    assert found is not None
    assert len(found.entries) == 10
    assert found.serial == 10


def test_a_missing_bucket_is_an_error_and_not_an_empty_state(s3: str) -> None:
    wrong = s3.replace("s3://states", "s3://nowhere")
    with pytest.raises(DdconfError, match="s3://nowhere/") as raised:
        load_state(backend(wrong))
    assert "bucket" in raised.value.diagnostics[0].hint


@pytest.mark.parametrize("url", ["s3://bucket", "s3://bucket/", "s3:///state.json", "s3://bucket/folder/"])
def test_a_url_without_an_object_is_refused(url: str) -> None:
    with pytest.raises(DdconfError, match="names no object"):
        backend(url)


def test_without_the_package_the_way_to_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "obstore.store", None)
    with pytest.raises(DdconfError, match="needs the package obstore") as raised:
        backend("s3://bucket/state.json")
    assert "the extra `object-store`" in raised.value.diagnostics[0].hint


def test_a_store_that_does_not_answer_is_a_clear_error(s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "canary-secret")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setattr("ddconf.state.object_store.RETRIES", 0)
    with pytest.raises(DdconfError, match="cannot read the") as raised:
        load_state(backend(s3))
    assert "canary-secret" not in str(raised.value)


def test_an_account_that_is_not_named_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("obstore")
    for name in ("AZURE_STORAGE_ACCOUNT_NAME", "AZURE_STORAGE_ACCOUNT"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(DdconfError, match=r"cannot open the state az://states/state\.json") as raised:
        backend("az://states/state.json")
    assert "credentials in the environment" in raised.value.diagnostics[0].hint
