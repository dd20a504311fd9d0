"""How far a text comes in a rule, and at which part it stops."""

from __future__ import annotations

import pytest

from ddconf.pipelines.grok import GrokTimeout, compile_grok


def stop(match_rules: str, text: str, support: str = "") -> tuple[str, int, str | None]:
    """The best rule, the characters it takes, and the source of the part where it stops."""
    explanation = compile_grok(match_rules, support).explain(text)
    assert explanation is not None
    assert not explanation.matched
    return explanation.rule, explanation.length, explanation.stop.source if explanation.stop else None


@pytest.mark.parametrize(
    ("pattern", "text", "length", "source"),
    [
        ("%{word:a} %{integer:b}", "foo bar", 4, "%{integer:b}"),
        ("%{word:a},x", "foo.bar", 3, ","),
        ("%{word:a}", "foo bar", 3, None),
        ("(foo|bar%{integer:x}) z", "bar1x", 4, " "),
        ("(foo|bar%{integer:x}) z", "bars", 3, "%{integer:x}"),
        ("(%{integer:x},){3}%{word:a}", "1,2,a", 4, "%{integer:x}"),
        (r"a(?>b|cd)e", "ac!", 2, "d"),
        ("(?i)ab%{integer:x}", "AB!", 2, "%{integer:x}"),
        (r"(\w)\1c", "aab", 2, "c"),
        ("x", "", 0, "x"),
    ],
)
def test_a_match_stops_at_the_part_that_does_not_match(
    pattern: str, text: str, length: int, source: str | None
) -> None:
    assert stop(f"rule {pattern}", text) == ("rule", length, source)


def test_the_rule_that_comes_furthest_is_explained() -> None:
    rules = "one a%{integer:x}\ntwo abc%{integer:x}\nthree x"
    assert stop(rules, "abcd") == ("two", 3, "%{integer:x}")


def test_a_stop_inside_a_helper_has_its_place_there_and_in_the_match_rule() -> None:
    grok = compile_grok("one x\nrule <%{_b}>", "_a z\n_b %{word:k}=%{integer:v}")
    explanation = grok.explain("<key=x>")
    assert explanation is not None
    assert explanation.stop is not None
    assert explanation.outer is not None
    inner, outer = explanation.stop, explanation.outer
    assert (explanation.length, inner.source, outer.source) == (5, "%{integer:v}", "%{_b}")
    assert (inner.rule.text, inner.line, inner.column) == ("support", 2, 14)
    assert (outer.rule.text, outer.line, outer.column) == ("match", 2, 7)


def test_a_matching_text_is_explained_by_its_rule() -> None:
    explanation = compile_grok("one x\ntwo %{word}").explain("abc")
    assert explanation is not None
    assert (explanation.rule, explanation.matched, explanation.length) == ("two", True, 3)


def test_a_runaway_rule_is_named_by_explain_too() -> None:
    with pytest.raises(GrokTimeout, match="endless"):
        compile_grok("endless (a|a)+b", timeout=0.2).explain("a" * 5_000 + "!b")
