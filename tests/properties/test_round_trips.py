"""What is written is read back as it was: addresses, plans, states."""

from __future__ import annotations

import json
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from ddconf.address import Address
from ddconf.document import Path, canonical, format_path, parse_path
from ddconf.errors import DdconfError, Source
from ddconf.plans.change import Action, Cause, Change, FieldChange, Plan
from ddconf.plans.plan_json import from_json, loads, to_json
from ddconf.state.model import Entry, State
from ddconf.state.serialization import read_state, write_state
from tests.properties.documents import ADDRESSES, DOCUMENTS, KEYS, VALUES, law

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
PATHS = st.lists(KEYS | TEXTS | st.integers(0, 3), max_size=4).map(tuple)


@law
@given(ADDRESSES)
def test_an_address_is_read_as_it_is_written(address: Address) -> None:
    assert Address.parse(str(address)) == address


@law
@given(PATHS)
def test_a_path_is_read_as_it_is_written(path: Path) -> None:
    assert parse_path(format_path(path)) == path


FIELDS = st.builds(FieldChange, PATHS.filter(bool), VALUES, VALUES, st.sampled_from(Cause))


@st.composite
def changes(draw: st.DrawFn) -> Change:
    action = draw(st.sampled_from(Action))
    gone = action in (Action.DELETE, Action.FORGET)
    return Change(
        address=draw(ADDRESSES),
        action=action,
        id=draw(TEXTS),
        before=draw(DOCUMENTS),
        desired=None if gone else draw(DOCUMENTS),
        fields=tuple(draw(st.lists(FIELDS, max_size=2))),
        depends_on=tuple(draw(st.lists(ADDRESSES, max_size=2))),
        moved_from=draw(st.none() | ADDRESSES),
        reason=draw(TEXTS),
        source=draw(st.none() | st.builds(Source, TEXTS, st.integers(1, 9), st.integers(1, 9))),
        ignore=tuple(draw(st.lists(TEXTS, max_size=2))),
        protect=draw(st.booleans()),
        names=draw(st.dictionaries(TEXTS, TEXTS, max_size=2)),
    )


PLANS = st.builds(
    Plan,
    changes=st.lists(changes(), max_size=3, unique_by=lambda change: change.address).map(tuple),
    site=TEXTS,
    lineage=TEXTS,
    serial=st.integers(0, 99),
    created=TEXTS,
    unchanged=st.integers(0, 9),
    unmanaged=st.integers(0, 9),
)


def kinds_of(plan: Plan) -> set[str]:
    return {change.address.kind for change in plan.changes}


@law
@given(PLANS)
def test_a_plan_is_read_as_it_is_written(plan: Plan) -> None:
    assert from_json(to_json(plan), kinds_of(plan)) == plan
    text = json.dumps(to_json(plan))
    assert loads(text, kinds_of(plan)) == plan
    assert json.dumps(to_json(loads(text, kinds_of(plan)))) == text


@law
@given(PLANS, st.data())
def test_a_plan_with_any_value_in_any_place_is_read_or_refused(plan: Plan, data: st.DataObject) -> None:
    value = json.loads(json.dumps(to_json(plan)))
    places = [(value, key) for key in value]
    for change in value["changes"]:
        places += [(change, key) for key in change]
        places += [(field, key) for field in change["fields"] for key in field]
    holder, key = data.draw(st.sampled_from(places))
    holder[key] = data.draw(VALUES)
    with suppress(DdconfError):
        assert isinstance(from_json(value, kinds_of(plan)), Plan)


ENTRIES = st.builds(
    Entry,
    id=TEXTS,
    applied=DOCUMENTS,
    observed=DOCUMENTS,
    depends_on=st.lists(ADDRESSES, max_size=2).map(tuple),
    protected=st.booleans(),
)
STATES = st.builds(
    State,
    lineage=TEXTS.filter(bool),
    site=TEXTS,
    serial=st.integers(0, 99),
    entries=st.dictionaries(ADDRESSES, ENTRIES, max_size=3),
)


@law
@given(STATES)
def test_a_state_is_read_as_it_is_written(state: State) -> None:
    content = write_state(state)
    found = read_state(content, "state.json")
    assert found == state
    assert write_state(found) == content
    assert all(
        canonical(entry.observed) == canonical(state.entries[address].observed)
        for address, entry in found.entries.items()
    )


@law
@given(STATES, st.integers(0, 10_000), st.binary(min_size=1, max_size=3))
def test_a_damaged_state_is_never_shorter_than_it_was(state: State, at: int, damage: bytes) -> None:
    content = write_state(state)
    at %= len(content)
    with suppress(DdconfError):
        assert read_state(content[:at], "state.json") == state
    with suppress(DdconfError):
        found = read_state(content[:at] + damage + content[at:], "state.json")
        assert len(found.entries) == len(state.entries)
        assert all(entry.applied is not None for entry in found.entries.values())
