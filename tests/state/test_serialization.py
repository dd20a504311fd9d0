"""The text of a state file."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace

import pytest

from ddconf.address import Address
from ddconf.errors import DdconfError
from ddconf.state.model import Entry
from ddconf.state.serialization import read_state, write_state
from tests.state.examples import CORE, CPU, DISK, example

NAME = ".ddconf/state.json"


def test_a_state_is_read_as_it_was_written() -> None:
    assert read_state(write_state(example()), NAME) == example()
    assert read_state(write_state(example(entries={})), NAME) == example(entries={})


def test_the_file_is_json_with_one_entry_per_line() -> None:
    content = write_state(example())
    value = json.loads(content)
    assert {key: value[key] for key in ("version", "lineage", "site", "serial")} == {
        "version": 1,
        "lineage": "abc",
        "site": "datadoghq.com",
        "serial": 3,
    }
    assert list(value["entries"]) == ["monitor.cpu", "monitor.disk[/var]", "team.core"]
    assert content.count(b"\n") == 1 + 3 + 1
    assert content.endswith(b"}}\n")


def test_what_was_observed_is_written_only_where_it_differs() -> None:
    value = json.loads(write_state(example()))["entries"]
    assert value["monitor.cpu"]["observed"] == {"name": "CPU", "größe": 1.5}
    assert "observed" not in value["monitor.disk[/var]"]
    assert value["team.core"] == {"id": "t1", "protected": True, "applied": {"name": "Core"}}


def test_one_is_not_true_in_what_was_observed() -> None:
    state = example(entries={CPU: Entry("7", {"a": 1}, {"a": True})})
    assert read_state(write_state(state), NAME).entries[CPU].observed["a"] is True


def test_entries_that_did_not_change_are_written_back_as_they_were() -> None:
    content = write_state(example())
    state = read_state(content, NAME)
    assert write_state(state) == content
    changed = replace(state.entries[CORE], protected=False)
    assert changed.line == b""
    assert b'"protected"' not in write_state(replace(state, entries={**state.entries, CORE: changed}))


def test_documents_are_read_when_asked_for() -> None:
    content = write_state(example()).replace(b'{"name":"Core"}', b'{"name":Core"}')
    state = read_state(content, NAME)
    assert state.entries[CPU].applied["name"] == "CPU "
    assert state.entries[CORE].protected
    with pytest.raises(DdconfError, match="the entry with id 't1' cannot be read"):
        _ = state.entries[CORE].applied


def test_a_stored_entry_is_a_value_like_any_other() -> None:
    stored = read_state(write_state(example()), NAME).entries[CPU]
    assert stored == example().entries[CPU]
    assert repr(stored).startswith("Entry(id='7', applied={")
    assert pickle.loads(pickle.dumps(stored)) == stored
    with pytest.raises(AttributeError):
        _ = stored.nothing  # type: ignore[attr-defined]


def test_a_state_that_somebody_formatted_is_read() -> None:
    content = json.dumps(json.loads(write_state(example())), indent=2).encode()
    state = read_state(content, NAME)
    assert state == example()
    assert write_state(state) == write_state(example())


def test_a_state_of_the_usual_lines_with_other_order_inside_is_read() -> None:
    content = (
        b'{"version":1,"lineage":"abc","site":"s","serial":1,"entries":{\n'
        b'"monitor.a":{"applied":{"n":1},"id":"7","protected":true}\n}}\n'
    )
    (found,) = read_state(content, NAME).entries.values()
    assert found == Entry("7", {"n": 1}, {"n": 1}, protected=True)
    assert read_state(write_state(read_state(content, NAME)), NAME) == read_state(content, NAME)


@pytest.mark.parametrize("keep", [0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_state_cut_off_anywhere_is_refused_with_the_way_out(keep: float) -> None:
    content = write_state(example())
    with pytest.raises(DdconfError) as raised:
        read_state(content[: int(len(content) * keep)], NAME)
    (diagnostic,) = raised.value.diagnostics
    assert NAME in diagnostic.message
    assert "restore it" in diagnostic.hint


def test_every_cut_is_found_but_that_of_the_last_line_end() -> None:
    content = write_state(example())
    for length in range(len(content) - 1):
        with pytest.raises(DdconfError):
            read_state(content[:length], NAME)
    assert read_state(content[:-1], NAME) == example()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n",
        b"null",
        b"[]",
        b"{}",
        b"hello",
        b"\x00" * 500,
        b'{"version":1}',
        b'{"version":1,"lineage":"a","site":"s","serial":1,"entries":[]}',
        b'{"version":"1","lineage":"a","site":"s","serial":1,"entries":{}}',
        b'{"version":1,"lineage":"","site":"s","serial":1,"entries":{}}',
        b'{"version":1,"lineage":"a","site":"s","serial":true,"entries":{}}',
        b'{"version":1,"lineage":"a","site":"s","serial":1,"entries":{"x":{}}}',
        b'{"version":1,"lineage":"a","site":"s","serial":1,"entries":{"monitor.a":null}}',
        b'{"version":1,"lineage":"a","site":"s","serial":1,"entries":{"monitor.a":{"id":7,"applied":{}}}}',
        b'{"version":1,"lineage":"a","site":"s","serial":1,"entries":{"monitor.a":{"id":"7","applied":[]}}}',
        b'{"version":1,"lineage":"a","site":"s","serial":1,"entries":{\n"monitor.a":{"id":7,"applied":{}}\n}}',
        b'{"version":1,"lineage":"a","site":"s","serial":1,"entries":{\n"monitor.a":{"id":"7"}\n}}',
        b'{"version":1,"lineage":"a","site":"s","serial":1,"entries":{\nnonsense\n}}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_state_is_never_taken_for_an_empty_one(content: bytes) -> None:
    with pytest.raises(DdconfError, match="the state"):
        read_state(content, NAME)


def test_an_address_may_stand_in_a_state_once() -> None:
    line = b'"monitor.a":{"id":"7","applied":{}}'
    content = (
        b'{"version":1,"lineage":"a","site":"s","serial":1,"entries":{\n' + line + b",\n" + line + b"\n}}\n"
    )
    with pytest.raises(DdconfError, match="there twice"):
        read_state(content, NAME)


def test_a_newer_version_asks_for_a_newer_program() -> None:
    content = write_state(example()).replace(b'"version":1', b'"version":2')
    with pytest.raises(DdconfError) as raised:
        read_state(content, NAME)
    assert "version 2" in raised.value.diagnostics[0].message
    assert "newer ddconf" in raised.value.diagnostics[0].hint


def test_addresses_of_all_forms_stand_in_a_state() -> None:
    entry = Entry("1", {"a": '":{'}, {"a": '":{'}, (DISK,))
    state = example(entries={Address("monitor", "a-b_c[x:y@/.Z]"): entry})
    assert read_state(write_state(state), NAME) == state
