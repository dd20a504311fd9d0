"""The limit of time, the two engines, and the bound that chooses between them."""

from __future__ import annotations

import random
import time

import pytest

from ddconf.pipelines.grok import GrokTimeout, compile_grok
from ddconf.pipelines.grok.charset import LINE_ENDS
from ddconf.pipelines.grok.engine import Pattern
from tests.fuzz import grok as fuzz

RUNAWAY = [
    ("(%{word:x} ?)+%{data:a} %{data:b} %{data:c}!", "word " * 2_000),
    ("(a|a)+b", "a" * 5_000 + "!b"),
    ("(a|aa)+b", "a" * 5_000 + "!b"),
    ("%{data:a} %{data:b} %{data:c} %{data:d}!", "a " * 10_000),
    (r"%{data::keyvalue(\"(a|a)+=\")}".replace('\\"', '"'), "x " + "a" * 200),
]


@pytest.mark.parametrize(("pattern", "text"), RUNAWAY)
def test_a_runaway_rule_is_stopped_by_name_within_its_limit(pattern: str, text: str) -> None:
    grok = compile_grok(f"harmless x\nendless {pattern}", timeout=0.3)
    started = time.process_time()
    with pytest.raises(GrokTimeout) as caught:
        grok.parse(text)
    assert caught.value.rule == "endless"
    assert "'endless'" in str(caught.value)
    assert time.process_time() - started < 0.9


def test_many_slow_rules_share_the_limit() -> None:
    slow = "\n".join(f"slow{number} %{{data:a}} %{{data:b}} %{{data:c}}!" for number in range(300))
    grok = compile_grok(slow, timeout=0.2)
    started = time.process_time()
    with pytest.raises(GrokTimeout):
        grok.parse("a " * 250)
    assert time.process_time() - started < 1.5


def test_compiling_does_not_count_against_the_limit() -> None:
    grok = compile_grok("\n".join(f"rule{number} %{{ip:a}} {number}" for number in range(40)), timeout=0.5)
    assert grok.parse("::1 39\n") == {"a": "::1"}


def test_short_texts_go_to_the_fast_engine_and_long_ones_to_the_one_with_a_limit() -> None:
    (rule,) = compile_grok("rule %{data:a}, %{data:b}; %{data:c}").compiled
    assert 200 < rule.pattern.safe_length < 100_000
    assert compile_grok("rule %{notSpace:a} %{number:b}").compiled[0].pattern.safe_length > 100_000


@pytest.mark.parametrize(
    "pattern", [r"(?:\w+\s?)+:", "(a|a)+b", "(a*)*b", r"(?:\b\w*)+!", r"(a|b|ab)*c", "(?>(a+)+)b"]
)
def test_an_exponential_pattern_is_never_trusted_to_the_fast_engine(pattern: str) -> None:
    assert compile_grok(f"rule {pattern}").compiled[0].pattern.safe_length == 0


@pytest.mark.parametrize("pattern", [r"(\w+ )+:", "(a|b)+c", r"(?:\d+,)*\d+", r"(a++)+b", r"(\[[^\]]*\])+x"])
def test_a_repetition_that_can_be_read_one_way_only_is_trusted(pattern: str) -> None:
    assert compile_grok(f"rule {pattern}").compiled[0].pattern.safe_length > 200


@pytest.mark.parametrize("pattern", [r"\p{Lu}+", r"(?<=a+)b"])
def test_what_only_the_slower_engine_knows_runs_there(pattern: str) -> None:
    assert compile_grok(f"rule {pattern}").compiled[0].pattern.safe_length == -1


HOSTILE = [
    ("%{data:a} %{data:b}!", " "),
    ("%{data:a},%{data:b},%{data:c}!", ","),
    ("%{notSpace:a}/%{notSpace:b}/%{notSpace:c} x", "/"),
    ("%{data:a}, x: %{data:b}, y: %{data:c}!", ", x: , y: "),
    ("(a|b|ab)(a|b|ab)(a|b|ab)(a|b|ab)(a|b|ab)(a|b|ab)c", "ab"),
    (r"\s*%{notSpace:a}\s+%{word:b}\s*%{data:c}\s+!", " a"),
    ("%{ipOrHost:a} %{ipOrHost:b} %{ipOrHost:c} x", "1.1.1.1 "),
    ('"?%{data:a}"? "?%{data:b}"? (%{number:c} )?x', '" "1 '),
]


@pytest.mark.parametrize(("pattern", "piece"), HOSTILE)
def test_the_longest_trusted_text_is_quick_whatever_it_says(pattern: str, piece: str) -> None:
    (rule,) = compile_grok(f"rule {pattern}").compiled
    length = min(rule.pattern.safe_length, 5_000)
    assert length > 50
    text = (piece * length)[: length - 1] + "~"
    started = time.process_time()
    assert rule.pattern.quick.match(text) is None
    assert time.process_time() - started < 0.5


def test_both_engines_find_the_same_groups() -> None:
    chance = random.Random(7)
    compared = 0
    while compared < 60:
        source, text = fuzz.pattern(chance, 2), fuzz.text(chance)
        try:
            (rule,) = compile_grok(f"rule {source}").compiled
        except Exception as error:
            assert type(error).__name__ == "GrokError"
            continue
        compared += compare(rule.pattern, text)


def compare(pattern: Pattern, text: str) -> bool:
    if len(text) > pattern.safe_length or text[-1:] in LINE_ENDS:
        return False
    quick, guarded = pattern.quick.match(text), pattern.guarded.match(text, timeout=5)
    assert (quick and quick.groups()) == (guarded and guarded.groups())
    return True


def test_a_run_that_gives_back_in_vain_is_made_possessive() -> None:
    (rule,) = compile_grok(r"rule x\s+%{data:a},\s+%{data:b}").compiled
    assert rule.pattern.emitted.pattern == r"x\s++(.*?)\,\s++(.*?)"
    (rule,) = compile_grok(r"rule x\s+%{data:a} y").compiled
    assert rule.pattern.emitted.pattern == r"x\s+(.*?)\x20y"
    assert compile_grok(r"rule x\s+%{data:a} y").parse("x  y") == {}


def test_a_long_text_gives_the_same_as_a_short_one() -> None:
    grok = compile_grok("rule %{data:a} %{data:b};%{data:c}")
    padding = "x" * 20_000
    assert grok.parse(f"1 2;{padding}") == {"a": "1", "b": "2", "c": padding}
