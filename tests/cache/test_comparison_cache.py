"""What an earlier plan has settled: spared, and never of any influence on a plan."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.cache.comparison_cache import UnchangedFingerprints
from ddconf.document import Document, pack
from ddconf.kind import Live
from ddconf.plans import planner
from ddconf.state.model import Entry, State
from ddconf.state.serialization import read_state, write_state
from tests.plans.kinds import Definitions, definition, definitions, entry, live, only_change, plan, state
from tests.properties.documents import DOCUMENTS, law

CPU: Document = {"name": "CPU", "query": "avg", "tags": ["a", "b"]}


def stored(known: State) -> State:
    """The state as a file gives it back."""
    return read_state(write_state(known), "state")


def settled_by(defined: Definitions, found: list[Live], known: State) -> frozenset[bytes]:
    settled = UnchangedFingerprints()
    plan(defined, found, known, unchanged=settled)
    return frozenset(settled.current)


ORDINARY = (
    definitions(definition("monitor.cpu", CPU)),
    live("monitor", _7=CPU | {"created": "today"}),
    stored(state(monitor__cpu=entry("7", CPU))),
)


def test_what_is_settled_is_not_compared_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = settled_by(*ORDINARY)
    assert len(before) == 1
    monkeypatch.setattr(planner, "decide", lambda *_: pytest.fail("compared again"))
    settled = UnchangedFingerprints(before)
    made = plan(*ORDINARY, unchanged=settled)
    assert (made.changes, made.unchanged) == ((), 1)
    assert settled.current == before


def test_packed_documents_settle_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    defined, found, known = ORDINARY
    packed = [replace(item, content=pack(item.document)) for item in found]
    before = settled_by(defined, packed, known)
    monkeypatch.setattr(planner, "decide", lambda *_: pytest.fail("compared again"))
    assert plan(defined, packed, known, unchanged=UnchangedFingerprints(before)).unchanged == 1


def test_a_change_in_the_definition_is_seen() -> None:
    _, found, known = ORDINARY
    defined = definitions(definition("monitor.cpu", CPU | {"query": "max"}))
    assert (
        only_change(
            plan(defined, found, known, unchanged=UnchangedFingerprints(settled_by(*ORDINARY)))
        ).action
        == "update"
    )


def test_a_change_of_the_live_object_is_seen() -> None:
    defined, _, known = ORDINARY
    found = live("monitor", _7=CPU | {"query": "max"})
    assert (
        only_change(
            plan(defined, found, known, unchanged=UnchangedFingerprints(settled_by(*ORDINARY)))
        ).action
        == "update"
    )


def test_a_change_of_the_options_is_seen() -> None:
    _, found, known = ORDINARY
    defined = definitions(definition("monitor.cpu", CPU, protect=True))
    made = plan(defined, found, known, unchanged=UnchangedFingerprints(settled_by(*ORDINARY)))
    assert only_change(made).reason == "protected from now on"


def test_a_secret_is_compared_every_time() -> None:
    document = {"name": "d", "auth": {"password": "${secret.TOKEN}"}}
    shown = {"name": "d"}
    known = stored(state(destination__d=entry("1", shown)))
    defined = definitions(definition("destination.d", document))
    assert settled_by(defined, live("destination", _1=shown), known) == frozenset()


def test_what_a_person_must_do_or_must_be_made_is_never_settled() -> None:
    defined = definitions(definition("facet.f", {"path": "@a"}), definition("monitor.new", CPU))
    assert settled_by(defined, [], stored(state(facet__f=entry("", {"path": "@a"})))) == frozenset()


def test_another_lineage_settles_anew() -> None:
    defined, found, known = ORDINARY
    other = replace(known, lineage="other")
    assert not settled_by(*ORDINARY) & settled_by(defined, found, other)


def one(document: Document, shown: Document, was: Entry) -> tuple[Definitions, list[Live], State]:
    return (
        definitions(definition("monitor.m", document), definition("slo.s", {"owner": "${monitor.m}"})),
        [*live("monitor", _7=shown), *live("slo", s={"owner": 7})],
        stored(state(monitor__m=was, slo__s=entry("s", {"owner": 7}, depends_on=("monitor.m",)))),
    )


worlds = st.builds(
    one, DOCUMENTS, DOCUMENTS, st.builds(Entry, st.just("7"), DOCUMENTS, DOCUMENTS)
) | st.builds(lambda document: one(document, document, entry("7", document)), DOCUMENTS)


@law
@given(worlds, worlds)
def test_law_a_plan_is_the_same_with_what_other_plans_settled(
    earlier: tuple[Definitions, list[Live], State], now: tuple[Definitions, list[Live], State]
) -> None:
    before = settled_by(*earlier) | settled_by(*now)
    assert plan(*now, unchanged=UnchangedFingerprints(before)) == plan(*now), json.dumps(now[1][0].document)
