"""Laws of normalizing and of the three-way difference."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ddconf.document import JSON, Document, canonical, copy, drop, get, parse_path, put, remove
from ddconf.kind import Kind
from ddconf.plans.change import Cause, FieldChange
from ddconf.plans.explain.edits import explain
from ddconf.plans.normalize import normalize
from ddconf.plans.rules import compile_rules
from ddconf.plans.three_way import field_changes, same, surely_same
from tests.properties.documents import DOCUMENTS, KINDS, PATTERNS, VALUES, law


@law
@given(KINDS, DOCUMENTS)
def test_normalizing_twice_changes_nothing_more(kind: Kind, document: Document) -> None:
    once = normalize(kind, document, key=b"k")
    assert canonical(normalize(kind, once, key=b"k")) == canonical(once)


@law
@given(KINDS, DOCUMENTS, st.lists(PATTERNS, max_size=2).map(tuple))
def test_normalizing_leaves_its_argument_alone(
    kind: Kind, document: Document, ignore: tuple[str, ...]
) -> None:
    before = canonical(document)
    normalize(kind, document, ignore=ignore)
    assert canonical(document) == before


@law
@given(KINDS, DOCUMENTS)
def test_a_document_never_differs_from_itself(kind: Kind, document: Document) -> None:
    other = json.loads(json.dumps(document))
    assert surely_same(document, other, compile_rules(kind))
    assert field_changes(normalize(kind, document), normalize(kind, other), None, None) == ()


@law
@given(KINDS, DOCUMENTS, DOCUMENTS)
def test_what_is_surely_the_same_is_the_same_normalized(kind: Kind, left: Document, right: Document) -> None:
    if surely_same(left, right, compile_rules(kind)):
        assert same(normalize(kind, left), normalize(kind, right))


@st.composite
def relatives(draw: st.DrawFn) -> tuple[Kind, Document, Document]:
    """Two documents that differ in a place or two, or not at all once normalized."""
    kind, document = draw(KINDS), draw(DOCUMENTS)
    other = copy(document)
    for key in draw(st.lists(st.sampled_from(sorted(document) or ["a"]), max_size=2)):
        other[key] = draw(VALUES)
    return kind, document, other


@law
@given(relatives())
def test_the_quick_comparison_agrees_with_the_thorough_one(case: tuple[Kind, Document, Document]) -> None:
    kind, left, right = case
    if surely_same(left, right, compile_rules(kind)):
        assert same(normalize(kind, left), normalize(kind, right))


@law
@given(st.lists(VALUES, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_an_unordered_list_is_irrelevant(items: list[JSON], random: object) -> None:
    kind = Kind(name="thing", api=None, unordered=("tags",))
    shuffled = copy(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    left, right = normalize(kind, {"tags": items}), normalize(kind, {"tags": shuffled})
    assert canonical(left) == canonical(right)


@law
@given(VALUES, VALUES)
def test_values_are_the_same_when_their_texts_are(left: JSON, right: JSON) -> None:
    plain = Kind(name="thing", api=None)
    whole, other = normalize(plain, {"v": [left]}), normalize(plain, {"v": [right]})
    assert same(whole, other) == (canonical(whole) == canonical(other))


def patched(live: Document, changes: tuple[FieldChange, ...]) -> Document:
    result = copy(live)
    for change in changes:
        if change.after is None:
            remove(result, change.path)
        else:
            put(result, change.path, change.after)
    return result


PLAIN = Kind(name="thing", api=None)
NORMALIZED = DOCUMENTS.map(lambda document: normalize(PLAIN, document))


@law
@given(NORMALIZED, NORMALIZED)
def test_without_an_entry_the_changes_lead_from_live_to_desired(desired: Document, live: Document) -> None:
    changes = field_changes(desired, live, None, None)
    assert same(normalize(PLAIN, patched(live, changes)), desired)
    assert all(change.cause is Cause.BOTH for change in changes)


@law
@given(NORMALIZED, NORMALIZED, NORMALIZED, NORMALIZED)
def test_every_change_has_its_cause(
    desired: Document, live: Document, applied: Document, observed: Document
) -> None:
    every = {change.path: change for change in field_changes(desired, live, None, None)}
    for change in field_changes(desired, live, applied, observed):
        config = not same(leaf(applied, change), change.after)
        drift = not same(leaf(observed, change), change.before)
        assert (config, drift) == (change.cause is not Cause.DRIFT, change.cause is not Cause.CONFIG)
        assert every[change.path] == replace(change, cause=Cause.BOTH)


def leaf(document: Document, change: FieldChange) -> JSON:
    value = get(document, change.path)
    return None if isinstance(value, dict) else value


@law
@given(NORMALIZED, NORMALIZED)
def test_after_an_apply_there_is_nothing_to_do_whatever_the_server_made_of_it(
    desired: Document, shown: Document
) -> None:
    assert field_changes(desired, shown, desired, shown) == ()


@law
@given(NORMALIZED, NORMALIZED, NORMALIZED)
def test_an_edit_by_another_hand_is_drift_alone(desired: Document, shown: Document, edited: Document) -> None:
    assert {change.cause for change in field_changes(desired, edited, desired, shown)} <= {Cause.DRIFT}


@law
@given(NORMALIZED, NORMALIZED)
def test_a_change_is_explained_by_edits_and_no_change_by_none(before: Document, after: Document) -> None:
    edits = explain(PLAIN, FieldChange(("x",), before, after, Cause.BOTH))
    assert bool(edits) == (not same(before, after))
    assert all(edit.path[0] == "x" for edit in edits)


@law
@given(DOCUMENTS, PATTERNS)
def test_an_ignored_path_never_differs(document: Document, pattern: str) -> None:
    other = copy(document)
    drop(other, parse_path(pattern))
    left, right = (normalize(PLAIN, item, ignore=(pattern,)) for item in (document, other))
    if "[*]" not in pattern:
        assert same(left, right)
