"""Rule files: names, comments, blanks, and where a mistake is said to be."""

from __future__ import annotations

import pytest

from ddconf.pipelines.grok import GrokError, Mistake, compile_grok
from ddconf.pipelines.grok.rules import GrokRule, parse_rules


def mistakes(match_rules: str, support_rules: str = "") -> list[Mistake]:
    with pytest.raises(GrokError) as caught:
        compile_grok(match_rules, support_rules)
    return list(caught.value.mistakes)


def test_a_line_is_a_name_and_a_pattern() -> None:
    rules, problems = parse_rules("one a b\n\n  \n\t two.x \t c  \n# comment\n  # more\nthree #c", "match")
    assert not problems
    assert rules == [
        GrokRule("one", "a b", "match", 1, 5),
        GrokRule("two.x", "c  ", "match", 4, 11),
        GrokRule("three", "#c", "match", 7, 7),
    ]


def test_blanks_at_the_end_of_a_helper_count() -> None:
    grok = compile_grok("rule %{_head}%{word:x}", "_head start: ")
    assert grok.parse("start: a") == {"x": "a"}
    assert grok.parse("start:a") is None


def test_windows_line_ends_are_no_part_of_a_pattern() -> None:
    assert compile_grok("one %{word:x}\r\ntwo %{integer:y} z\r\n").parse("1 z") == {"y": 1}


def test_empty_rules_match_nothing() -> None:
    assert compile_grok("").parse("a") is None
    assert compile_grok(" \n\t\n", "# nothing").match("") is None
    assert compile_grok("").explain("a") is None


def test_a_line_without_a_name_is_refused() -> None:
    (mistake,) = mistakes("%{word:x} rest")
    assert (mistake.text, mistake.line, mistake.column, mistake.length) == ("match", 1, 1, 9)


def test_a_rule_without_a_pattern_is_refused() -> None:
    (mistake,) = mistakes("ok a\nrule")
    assert (mistake.line, mistake.column, mistake.message) == (2, 1, "rule 'rule' has no pattern")


def test_a_name_defined_twice_is_refused_at_the_second() -> None:
    (mistake,) = mistakes("a x\nb y\na z")
    assert mistake.line == 3
    assert mistake.hint == "first defined on line 1"


def test_a_name_in_both_texts_is_refused() -> None:
    (mistake,) = mistakes("one a\ntwo b", "two c")
    assert (mistake.text, mistake.line, mistake.column) == ("match", 2, 1)
    assert "support rule too" in mistake.message


def test_a_broken_rule_does_not_make_those_that_call_it_wrong() -> None:
    (mistake,) = mistakes("one %{two}\ntwo")
    assert mistake.message == "rule 'two' has no pattern"


def test_all_mistakes_are_reported_at_once_with_their_places() -> None:
    found = mistakes(
        'one %{notspace:x} %{word:y:lowercas}\nbad\ntwo %{date("q"):d}\nx (\n', "help %{integer:x:scale}"
    )
    assert [(item.text, item.line, item.column, item.length) for item in found] == [
        ("match", 1, 7, 8),
        ("match", 1, 28, 8),
        ("match", 2, 1, 3),
        ("match", 3, 7, 9),
        ("match", 4, 3, 1),
        ("support", 1, 18, 5),
    ]


def test_a_mistyped_name_gets_a_hint() -> None:
    assert mistakes("r %{notspace:x}")[0].hint == "did you mean 'notSpace'?"
    assert mistakes('r %{word:x:nullif("-")}')[0].hint == "did you mean 'nullIf'?"
    assert mistakes("r %{_heder}", "_header a")[0].hint == "did you mean '_header'?"


def test_a_helper_with_arguments_is_refused_as_a_rule() -> None:
    assert mistakes('r %{_h("x")}', "_h y")[0].message == "'_h' is a rule and takes no arguments"


def test_an_unused_helper_with_a_mistake_is_refused_too() -> None:
    assert mistakes("rule a", "help %{nothing}")[0].text == "support"


def test_a_mistake_is_a_diagnostic_with_file_line_and_column() -> None:
    with pytest.raises(GrokError) as caught:
        compile_grok("ok a\nrule   %{wrd:x}")
    (diagnostic,) = caught.value.diagnostics
    assert str(diagnostic) == "match_rules:2:10: 'wrd' is neither a matcher nor a rule (did you mean 'word'?)"
    assert diagnostic.length == 3


@pytest.mark.parametrize(
    ("match_rules", "support_rules"),
    [("r %{a}", "a %{b}\nb %{a}"), ("r %{r}", ""), ("one %{two}\ntwo %{one}", ""), ("r %{a}", "a x(%{a})?")],
)
def test_a_rule_that_contains_itself_is_refused(match_rules: str, support_rules: str) -> None:
    assert any("contains itself" in item.message for item in mistakes(match_rules, support_rules))


def test_helpers_that_multiply_without_end_are_refused() -> None:
    helpers = "\n".join(f"h{n} %{{h{n + 1}}}%{{h{n + 1}}}" for n in range(40)) + "\nh40 a"
    assert any("too large" in item.message for item in mistakes("r %{h0}", helpers))


def test_rules_call_helpers_and_match_rules() -> None:
    grok = compile_grok("short %{_id}\nlong.form %{short} %{word:y}", "_id %{integer:x}")
    assert grok.match("1").rule == "short"  # type: ignore[union-attr]
    assert grok.match("1 a") == ("long.form", {"x": 1, "y": "a"}, ())
    assert grok.rules == ("short", "long.form")


def test_a_helper_shadows_a_matcher_but_not_for_itself() -> None:
    assert compile_grok("r %{word:x}", "word [a-z]+-[a-z]+").parse("a-b") == {"x": "a-b"}
    assert compile_grok("r %{word}", "word <%{word:x}>").parse("<a>") == {"x": "a"}


def test_the_string_of_a_token_may_have_line_breaks() -> None:
    grok = compile_grok('one a%{regex("[x\n]+"):x}b\ntwo %{word:y}')
    assert grok.rules == ("one", "two")
    assert grok.parse("ax\nxb") == {"x": "x\nx"}


def test_mistakes_after_a_string_with_line_breaks_have_their_own_line() -> None:
    found = mistakes('one %{regex("\n\n")} %{wrd:x}\ntwo %{integr:y}')
    assert [(item.line, item.column) for item in found] == [(3, 7), (4, 7)]


def test_a_string_that_is_never_closed_is_a_mistake_of_its_own_line() -> None:
    found = mistakes('one %{data:x:array(",}\ntwo %{word:y:array(",")}')
    assert [(item.line, item.column) for item in found] == [(1, 20)]


@pytest.mark.parametrize(
    ("support", "pattern", "text"),
    [
        (r"_end ?\s*%{word:w}", "%{integer:n}-%{_end}", "1 a"),
        (r"_kind ?:a|b", "(%{_kind})%{integer:n}", "b1"),
        ("_more +x", "%{integer:n} y%{ _more }", "1 yyx"),
        ("_two ?%{_one}\n_one ?y", "%{integer:n} x%{_two}", "1 y"),
    ],
)
def test_a_helper_that_begins_with_a_quantifier_is_put_in_as_text(
    support: str, pattern: str, text: str
) -> None:
    parsed = compile_grok(f"rule {pattern}", support).parse(text)
    assert parsed is not None
    assert parsed["n"] == 1


def test_such_a_helper_alone_has_nothing_to_repeat() -> None:
    (mistake,) = mistakes("rule %{_opt}", "_opt ?a")
    assert "nothing stands before '?'" in mistake.message
