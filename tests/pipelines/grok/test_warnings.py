"""Warnings of rules that can run away."""

from __future__ import annotations

import pytest

from ddconf.pipelines.grok import compile_grok


def warned(pattern: str, support: str = "") -> list[tuple[str, int, int]]:
    """Text, column and length of each warning."""
    found = compile_grok(f"rule {pattern}", support).warnings()
    return [(warning.text, warning.column, warning.length) for warning in found]


@pytest.mark.parametrize(
    ("pattern", "places"),
    [
        (r"a (?:\w+\s?)+:", [("match", 8, 11)]),
        ("(x|y(z+)+)*b", [("match", 6, 11)]),
        ("%{data:a} %{data:b} %{data:c}", [("match", 16, 9)]),
        ("%{data:a}, %{data:b}, %{data:c}, %{data:d}", [("match", 17, 9), ("match", 28, 9)]),
    ],
)
def test_a_rule_that_can_run_away_is_warned_of_at_its_place(
    pattern: str, places: list[tuple[str, int, int]]
) -> None:
    assert warned(pattern) == places


def test_a_warning_points_into_the_helper_that_makes_it() -> None:
    assert warned("<%{_words}>", r"_words (\w+\s*)+") == [("support", 8, 9)]


@pytest.mark.parametrize(
    "pattern",
    [
        "%{data:a} %{notSpace:b} %{word:c}",
        "%{notSpace:a} %{notSpace:b} %{notSpace:c}",
        r"%{data:a},\s+Type: %{data:b},\s+Action: %{data:c}",
        r"(\[%{word:a}\] )+%{data:b}",
        "%{data:a} %{data:b}",
        r"(?:%{integer},)*%{integer:x}",
    ],
)
def test_a_harmless_rule_is_not_warned_of(pattern: str) -> None:
    assert warned(pattern) == []
