"""Paths into attributes, and the text form of values."""

from __future__ import annotations

from typing import Any

import pytest

from ddconf.pipelines.attributes import ABSENT, drop, find, put, split, text_of

TREE: dict[str, Any] = {
    "a": {"b": [{"c": 1}, {"c": [2, 3]}, 4], "d.e": 5},
    "t.$date": 6,
    "@timestamp": 7,
    "log.origin": {"file.name": 8, "x": {"y.z": 9}},
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("a.b.0.c", 1),
        ("a.b.c", [1, 2, 3]),
        ("a.b.9", ABSENT),
        ("a.d.e", 5),
        ("t.$date", 6),
        ("@timestamp", 7),
        ("log.origin.file.name", 8),
        ("log.origin.x.y.z", 9),
        ("log.origin.file", ABSENT),
        ("a.x", ABSENT),
        ("a.b.0.c.x", ABSENT),
        ("a.b.99999999999999999999", ABSENT),
    ],
)
def test_a_path_leads_to_a_value(path: str, value: object) -> None:
    assert find(TREE, split(path)) == value


@pytest.mark.parametrize(
    ("tree", "path", "expected"),
    [
        ({}, "a.b", {"a": {"b": 1}}),
        ({"a": "x"}, "a.b", {"a": {"b": 1}}),
        ({"a": [0, 0]}, "a.1", {"a": [0, 1]}),
        ({"a": [{}, {"b": 0}]}, "a.b", {"a": [{"b": 1}, {"b": 1}]}),
        ({"a.b": 0}, "a.b", {"a.b": 1}),
        ({"a.b": {"x": 0}}, "a.b.c", {"a.b": {"x": 0, "c": 1}}),
    ],
)
def test_a_value_is_put_where_the_path_leads(tree: dict[str, Any], path: str, expected: object) -> None:
    put(tree, split(path), 1)
    assert tree == expected


@pytest.mark.parametrize(
    ("tree", "path", "expected"),
    [
        ({"a": {"b": {"c": 1}}}, "a.b.c", {}),
        ({"a": {"b": 1, "c": 2}}, "a.b", {"a": {"c": 2}}),
        ({"a": [1, 2]}, "a.0", {"a": [2]}),
        ({"a": [{"b": 1}, {"b": 2, "c": 3}]}, "a.b", {"a": [{}, {"c": 3}]}),
        ({"a.b": 1, "x": 2}, "a.b", {"x": 2}),
        ({"a.b": {"c": 1}, "x": 2}, "a.b.c", {"x": 2}),
        ({"x": 2}, "a.b", {"x": 2}),
    ],
)
def test_a_value_is_dropped_with_what_became_empty(tree: dict[str, Any], path: str, expected: object) -> None:
    drop(tree, split(path))
    assert tree == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (None, "null"),
        (3, "3"),
        (3.0, "3.0"),
        (0.001, "0.001"),
        (0.00012, "1.2E-4"),
        (9999999.5, "9999999.5"),
        (15000000.0, "1.5E7"),
        (-1e21, "-1.0E21"),
        (123456789.0, "1.23456789E8"),
        (["a", 1], "[a, 1]"),
        ({"k": 2}, "{k=2}"),
    ],
)
def test_a_value_has_the_text_form_of_java(value: object, text: str) -> None:
    assert text_of(value) == text
