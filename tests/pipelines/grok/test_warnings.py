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


@pytest.mark.parametrize(
    ("pattern", "places"),
    [
        (r"a {b}", [("match", 8, 1)]),
        (r"({+|%{word:w})", [("match", 7, 2)]),
        (r"(?<=a+)b", [("match", 6, 7)]),
        (r"x(?<!%{data}) %{h}", [("match", 7, 12), ("support", 4, 1)]),
        (r"\{ [{] \Q{\E a{2} (?<=a{1,9}) (?=a*)b}", []),
        (r'%{regex("{a}")}', []),
    ],
)
def test_what_java_would_refuse_is_warned_of(pattern: str, places: list[tuple[str, int, int]]) -> None:
    assert warned(pattern, "h i{j") == places


def test_the_warning_says_what_to_write() -> None:
    (warning,) = compile_grok("rule {%{word:w}\\}").warnings()
    assert (warning.message, warning.hint) == (
        "Java takes '{' for the beginning of a repetition and refuses the rule",
        "write \\{",
    )
