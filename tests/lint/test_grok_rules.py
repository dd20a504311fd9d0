"""Which grok rules no text can reach, and which helpers nothing names."""

from __future__ import annotations

import pytest

from ddconf.address import Address
from ddconf.lint.finding import Place
from ddconf.lint.grok_rules import GrokParser
from ddconf.pipelines.grok import compile_grok

PLACE = Place(Address("logs_custom_pipeline", "a"), ("processors", 0, "grok"))


def unreachable(*rules: str, helpers: str = "") -> list[str]:
    text = "\n".join(f"r{number} {rule}" for number, rule in enumerate(rules))
    return [late.name for late, _ in GrokParser(PLACE, text, helpers).unreachable()]


@pytest.mark.parametrize(
    ("early", "late"),
    [
        ("%{data}", "%{word:a} b"),
        ("%{data:all}", "anything"),
        ("%{greedyData}", "%{integer:a}"),
        (".*", "a"),
        ("a %{word:b}", "a %{word:c}"),
        ("a %{data:rest}", "a %{word:b} c"),
        ("%{data}: %{word:a}", "x %{integer:n}: %{word:b}"),
        ("%{data::keyvalue}", "%{data:a}"),
        ("%{helper}", "a %{word:x}"),
    ],
)
def test_a_rule_behind_one_that_takes_all_its_texts_is_unreachable(early: str, late: str) -> None:
    assert unreachable(early, late, helpers="helper a %{word:y}") == ["r1"]


@pytest.mark.parametrize(
    ("early", "late"),
    [
        ("%{word:a}", "%{integer:a}"),
        ("a %{word:b}", "a %{data:b}"),
        ("a %{data}", "b %{data}"),
        ("%{data} b", "a c"),
        (".+", ".*"),
        ("(?i)a", "a"),
        ("a %{notSpace}", "a %{word} b"),
    ],
)
def test_other_rules_are_reachable(early: str, late: str) -> None:
    assert unreachable(early, late) == []


def test_the_rule_that_takes_them_all_is_the_first_that_does() -> None:
    found = GrokParser(PLACE, "a x%{data}\nb %{data}\nc xy", "").unreachable()
    assert [(late.name, early.name) for late, early in found] == [("c", "a")]


def test_no_text_reaches_what_is_called_unreachable() -> None:
    texts = ("a", "a b", "a b c", "x 1: y", "a=1", "", "1", "a\nb")
    rules = ("%{data}", "a %{data:b}", "a %{word:b}", "%{word:b} %{data}", "%{data}: %{word:c}", "x 1: y")
    for early in rules:
        for late in rules:
            if early != late and unreachable(early, late):
                first, both = compile_grok(f"r {early}"), compile_grok(f"r {late}")
                assert not [text for text in texts if both.match(text) and not first.match(text)]


def test_helpers_are_used_through_helpers() -> None:
    helpers = "one %{two}\ntwo %{word}\nthree %{four}\nfour %{word}"
    unused = GrokParser(PLACE, "r %{one:x}", helpers).unused_helpers()
    assert [rule.name for rule in unused] == ["three", "four"]


def test_rules_that_do_not_compile_are_left_to_others() -> None:
    assert unreachable("%{nothing}", "a") == []
