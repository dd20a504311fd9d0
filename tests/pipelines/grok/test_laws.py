"""Laws of grok over random rules and texts."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from ddconf.pipelines.grok import GrokError, GrokTimeout, compile_grok
from ddconf.pipelines.grok.errors import PatternError
from ddconf.pipelines.grok.java import parse_pattern
from ddconf.pipelines.grok.tokens import parse_token
from tests.fuzz import grok as fuzz

GARBAGE = st.text(st.sampled_from('%{}():"\\[]|*+?<>=!.,-^$&abnwQEkpux019 \n#é'), max_size=40)


@settings(deadline=None)
@given(st.integers(0, 2**32))
def test_generated_rules_compile_or_are_refused_and_texts_match_alike_on_both_engines(seed: int) -> None:
    chance = random.Random(seed)
    texts = [fuzz.text(chance) for _ in range(2)]
    fuzz.check(fuzz.rules(chance, fuzz.MATCH_NAMES), fuzz.rules(chance, fuzz.HELPERS), texts)
    fuzz.check(fuzz.pieces(chance), "", texts)


@settings(deadline=None)
@given(GARBAGE, GARBAGE, st.text(max_size=20))
def test_garbage_is_refused_with_places_inside_the_texts(match: str, support: str, text: str) -> None:
    try:
        compile_grok(match, support, timeout=0.2).parse(text)
    except GrokTimeout:
        return
    except GrokError as error:
        lines = {"match": match.split("\n"), "support": support.split("\n")}
        for mistake in error.mistakes:
            line = lines[mistake.text][mistake.line - 1]
            assert 1 <= mistake.column <= len(line) + 1
            assert mistake.message


@given(GARBAGE)
def test_a_pattern_is_read_or_refused_within_its_bounds(pattern: str) -> None:
    for parse in (parse_pattern, lambda text: parse_token("%{" + text)):
        try:
            parse(pattern)
        except PatternError as error:
            assert 0 <= error.start < error.end <= len(pattern) + 3


@given(st.lists(st.sampled_from(["a", "b c", "-", "7", "x=1"]), min_size=1, max_size=5))
def test_what_is_printed_with_separators_is_read_back(values: list[str]) -> None:
    rule = "rule " + r"\|".join(f"%{{data:f{number}}}" for number in range(len(values)))
    assert compile_grok(rule).parse("|".join(values)) == {f"f{at}": value for at, value in enumerate(values)}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
def test_greedy_data_takes_any_text_as_it_is(text: str) -> None:
    assert compile_grok("rule %{greedyData:x}").parse(text) == ({"x": text} if text else {})
