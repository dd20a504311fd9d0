"""Conditions in one line: what passes them, and what is none."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.definitions.conditions import parse_condition
from ddconf.document import Document, format_path

MONITOR: Document = {
    "name": "CPU [a]",
    "type": "query alert",
    "message": "Look at https://runbooks.example.com/cpu\n@slack-shop",
    "tags": ["team:shop", "env:prod"],
    "priority": 2,
    "draft": False,
    "options": {"renotify_interval": 60, "thresholds": {"critical": 1}},
    "widgets": [{"title": "a"}, {"title": "b"}],
}


@pytest.mark.parametrize(
    "text",
    [
        "tags has team:*",
        "tags has team:x|team:shop",
        "tags lacks env:dev",
        "message has https://runbooks.example.com/*",
        "message has @slack-*|@pagerduty-*",
        "message lacks @pagerduty",
        "type is query alert",
        "message lacks runbooks?example",
        "type is * alert",
        "type is not log alert",
        "name is CPU [a]",
        "draft is false",
        "priority is 2",
        "priority exists",
        "options.renotify_interval >= 60",
        "options.renotify_interval <= 60.5",
        "options.thresholds has critical",
        "tags has team:* and priority exists",
        "widgets[*].title exists",
        "nothing[*].title exists",
        "nothing lacks a",
        "nothing is not a",
    ],
)
def test_what_passes(text: str) -> None:
    assert parse_condition(text).failing(MONITOR) is None


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("tags has owner:*", "tags"),
        ("tags has team", "tags"),
        ("tags lacks env:prod|env:dev", "tags"),
        ("type is query", "type"),
        ("type is not query*", "type"),
        ("nothing exists", "nothing"),
        ("nothing has a", "nothing"),
        ("nothing is a", "nothing"),
        ("options.renotify_interval >= 61", "options.renotify_interval"),
        ("nothing >= 1", "nothing"),
        ("draft >= 0", "draft"),
        ("priority exists and tags has x", "tags"),
        ("widgets[*].title is a", "widgets[1].title"),
    ],
)
def test_what_does_not_pass(text: str, path: str) -> None:
    failing = parse_condition(text).failing(MONITOR)
    assert failing is not None
    assert format_path(failing[1]) == path


@pytest.mark.parametrize(
    "text",
    ["", "tags", "tags has", "tags hat team:*", "priority >= high", "a exists b", "has x", "a has b and"],
)
def test_what_is_no_condition(text: str) -> None:
    with pytest.raises(ValueError, match="is not a condition"):
        parse_condition(text)


WORDS = st.sampled_from(
    [
        "tags",
        "a.b",
        "a[0]",
        "a[*].b",
        '["x"]',
        "has",
        "lacks",
        "is",
        "not",
        "exists",
        "and",
        ">=",
        "-1",
        "*",
        "[!",
        "|",
    ]
)
VALUES = st.recursive(
    st.sampled_from([None, True, 0, 1.5, "", "x", "[", "*"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["tags", "a", "b"]), inner),
    max_leaves=5,
)


@given(text=st.lists(WORDS, max_size=7).map(" ".join) | st.text(max_size=20), document=VALUES)
def test_a_text_is_a_condition_that_judges_everything_or_none(text: str, document: Any) -> None:
    try:
        condition = parse_condition(text)
    except ValueError:
        return
    failing = condition.failing({"tags": document, "a": document})
    assert failing is None or failing[0] in condition.tests
