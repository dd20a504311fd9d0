"""Live values woven into a definition keep what still says the same."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ddconf.document import canonical
from ddconf.operations.export.keep_references import weave

VARIABLES = {"${var.a}": "alpha", "${var.b}": "beta"}

words = st.sampled_from([*VARIABLES, "plain", "x"])
documents = st.recursive(
    words | st.integers(0, 3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abc"), inner),
)


def meant(value: Any) -> Any:
    """The document with its variables put in."""
    if isinstance(value, dict):
        return {key: meant(item) for key, item in value.items()}
    if isinstance(value, list):
        return [meant(item) for item in value]
    return VARIABLES.get(value, value) if isinstance(value, str) else value


@given(documents, documents)
def test_what_is_woven_means_what_is_live(written: Any, other: Any) -> None:
    live = meant(other)
    assert canonical(meant(weave(written, meant(written), live))) == canonical(live)


@given(documents)
def test_what_did_not_change_stays_as_it_was_written(written: Any) -> None:
    assert weave(written, meant(written), meant(written)) == written


def test_a_variable_beside_a_changed_item_stays() -> None:
    written = {"tags": ["team:${var.a}", "b:2"], "name": "${var.b}"}
    resolved = {"tags": ["team:alpha", "b:2"], "name": "beta"}
    live = {"tags": ["team:alpha", "c:3", "b:2"], "name": "gamma"}
    assert weave(written, resolved, live) == {"tags": ["team:${var.a}", "c:3", "b:2"], "name": "gamma"}


PIECES = st.sampled_from([*VARIABLES, "plain", "x", " ", "{", "}", ":", "al", "beta"])
texts = st.lists(PIECES, max_size=8).map("".join)


def put_in(text: str) -> str:
    for reference, value in VARIABLES.items():
        text = text.replace(reference, value)
    return text


@given(texts, texts)
def test_a_woven_text_means_what_is_live_whatever_changed(written: str, other: str) -> None:
    live = put_in(other)
    assert put_in(weave(written, put_in(written), live)) == live


separated = st.lists(st.sampled_from([*VARIABLES, "plain", "x"]), max_size=4).map(" : ".join)


@given(separated, st.sampled_from(["90", "95", "x y"]), st.sampled_from(["91", "z"]))
def test_references_stay_where_only_the_end_of_a_text_changed(written: str, old: str, new: str) -> None:
    before, after = f"{written} > {old}", f"{written} > {new}"
    assert weave(before, put_in(before), put_in(after)) == after


def test_a_reference_whose_value_changed_goes_and_the_others_stay() -> None:
    written = "avg:cpu{env:${var.a},team:${var.b}} > 90"
    live = "avg:cpu{env:gamma,team:beta} > 95"
    assert weave(written, put_in(written), live) == "avg:cpu{env:gamma,team:${var.b}} > 95"


def test_numbers_that_mean_the_same_stay_as_they_were_written() -> None:
    written = {"critical": 95, "warning": 90.0}
    assert weave(written, written, {"critical": 95.0, "warning": 90}) == written
