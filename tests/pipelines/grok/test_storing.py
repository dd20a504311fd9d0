"""The function written out for a rule stores what one plain loop over its groups would."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ddconf.pipelines.attributes import merge, without_empty
from ddconf.pipelines.grok.attributes import store, store_around
from ddconf.pipelines.grok.registry import FilterError
from ddconf.pipelines.grok.storing import FailedFilter, storing
from ddconf.pipelines.grok.tree import Extract, Path, Sequence


def refuse(text: str) -> Any:
    raise FilterError(text)


CONVERSIONS = {
    "": None,
    "float": float,
    "object": lambda text: {"b": text, "n": None},
    "list": lambda text: [text, None, {}],
    "null": lambda text: None,
    "empty": lambda text: {"e": {}},
    "refuse": refuse,
}
PATHS = st.sampled_from(
    [
        (),
        ("a",),
        ("a", "b"),
        ("a", "b", "c"),
        ("a.b",),
        ("'\"\\",),
        ("d", "e"),
        ("d", "f"),
        ("g",),
        ("g", "h"),
    ]
)
EXTRACTS = st.lists(st.tuples(PATHS, st.sampled_from(sorted(CONVERSIONS))), max_size=7)
TEXTS = st.sampled_from([None, "", "1", "2"])


@given(EXTRACTS, st.data())
def test_it_is_the_plain_loop(extracts: list[tuple[Path, str]], data: st.DataObject) -> None:
    groups = tuple(data.draw(TEXTS) for _ in extracts)
    failed: list[FailedFilter] = []
    written = storing(
        [
            (i, Extract(Sequence(()), path, CONVERSIONS[label], label))
            for i, (path, label) in enumerate(extracts)
        ]
    )
    expected, failures = plain_loop(extracts, groups)
    assert written(groups, failed) == expected
    assert failed == failures


def plain_loop(
    extracts: list[tuple[Path, str]], groups: tuple[str | None, ...]
) -> tuple[dict[str, Any], list[FailedFilter]]:
    attributes: dict[str, Any] = {}
    failures: list[FailedFilter] = []
    for (path, label), text in zip(extracts, groups, strict=True):
        if not text:
            continue
        convert = CONVERSIONS[label]
        try:
            value = without_empty(convert(text) if convert else text)
        except FilterError:
            failures.append(FailedFilter(".".join(path), label, text))
            continue
        if value is None:
            continue
        around = any(other[: len(path)] == path != other for other, _ in extracts)
        if path:
            (store_around if around else store)(attributes, path, value)
        else:
            merge(attributes, value)
    return attributes, failures


def test_groups_that_store_nothing_are_passed_over() -> None:
    """A group for a back reference stands between the others."""
    assert storing([(1, Extract(Sequence(()), ("a",)))])(("x", "y"), []) == {"a": "y"}
