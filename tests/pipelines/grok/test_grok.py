"""How a rule matches and what a match stores."""

from __future__ import annotations

from typing import Any

import pytest

from ddconf.pipelines.grok import compile_grok
from ddconf.pipelines.grok.grok import grok_of
from ddconf.pipelines.grok.rules import GrokRule


def parse(pattern: str, text: str, support: str = "") -> dict[str, Any] | None:
    return compile_grok(f"rule {pattern}", support).parse(text)


def test_the_first_rule_that_matches_decides() -> None:
    grok = compile_grok("one %{integer:a}\ntwo %{word:b}\nthree %{data:c}")
    assert [grok.match(text) for text in ("1", "x", "-")] == [
        ("one", {"a": 1}, ()),
        ("two", {"b": "x"}, ()),
        ("three", {"c": "-"}, ()),
    ]


def test_a_rule_takes_the_whole_text() -> None:
    assert parse("%{word:x}", "a b") is None
    assert parse("%{word:x}", " a") is None


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\r", "\u2028", "\x85"])
def test_one_line_terminator_at_the_end_may_be_left_over(end: str) -> None:
    assert parse("%{word:x} %{data:y}", f"a b{end}") == {"x": "a", "y": "b"}
    assert parse("%{word:x} %{greedyData:y}", f"a b{end}") == {"x": "a", "y": f"b{end}"}
    assert parse("%{word:x}", f"a{end}\n") is None if end not in ("", "\r") else True


def test_the_dot_takes_newlines_until_it_is_told_not_to() -> None:
    assert parse("%{data:x}!", "a\nb!") == {"x": "a\nb"}
    assert parse("(?-s)%{data:x}!", "a\nb!") is None
    assert parse("(?-s)%{word:w}(?s)%{data:x}!", "a\nb!") == {"w": "a", "x": "\nb"}


def test_data_takes_as_little_as_possible_and_greedy_data_as_much() -> None:
    assert parse("%{data:x},%{data:y}", "a,b,c") == {"x": "a", "y": "b,c"}
    assert parse("%{greedyData:x},%{data:y}", "a,b,c") == {"x": "a,b", "y": "c"}


def test_numbers_are_doubles_and_integers_integers() -> None:
    stored = parse("%{number:a} %{integer:b} %{number:c} %{numberExt:d}", "4720 12 5. 1e3")
    assert repr(stored) == "{'a': 4720.0, 'b': 12, 'c': 5.0, 'd': 1000.0}"
    assert repr(parse("%{integer:x:scale(1000000)}", "109")) == "{'x': 109000000.0}"


def test_a_group_that_took_nothing_stores_nothing() -> None:
    assert parse("%{data:x}-(%{word:y})?", "-") == {}
    assert parse("(%{integer:id}|%{word:name})", "bob") == {"name": "bob"}


def test_a_failed_filter_leaves_its_attribute_out() -> None:
    match = compile_grok("rule %{word:a} %{word:x:integer} %{data:y.z:json}").match("k b {")
    assert match is not None
    assert match.attributes == {"a": "k"}
    assert match.failed_filters == (("x", "integer", "b"), ("y.z", "json", "{"))


def test_the_same_attribute_twice_makes_a_list_in_order() -> None:
    rule = '%{integer:n.f} %{notSpace:n.f:uppercase} %{notSpace:n.f:nullIf("-")} %{word:n.f}'
    assert parse(rule, "1 info - x") == {"n": {"f": [1, "INFO", "x"]}}
    assert parse("%{_a} %{_a}", "1 2", "_a %{integer:n}") == {"n": [1, 2]}
    assert parse("%{data:a:json} %{data:a:json}", '{"x":1} {"y":2}') == {"a": [{"x": 1}, {"y": 2}]}


def test_objects_at_the_root_merge_and_later_values_win() -> None:
    text = '{"a": {"x": 1}, "b": 1}|{"a": {"y": 2}, "b": 2}'
    assert parse("%{data::json}\\|%{data::json}", text) == {"a": {"x": 1, "y": 2}, "b": 2}


def test_what_is_no_object_has_no_place_at_the_root() -> None:
    assert parse("%{word:a} %{data::integer}", "x 1") == {"a": "x"}


def test_nulls_and_empty_things_are_removed_deep_inside_but_nulls_of_lists() -> None:
    text = '{"a": null, "b": {"c": {}}, "d": [null, {}, {"e": null}, 1], "f": []}'
    assert parse("%{data:x:json}", text) == {"x": {"d": [None, 1]}}


def test_a_helper_with_an_extract_stores_its_text_and_what_it_has_inside() -> None:
    assert parse("%{_pair:both:uppercase}", "a=1", "_pair %{word:k}=%{integer:v}") == {
        "both": "A=1",
        "k": "a",
        "v": 1,
    }


def test_a_named_group_stores_under_its_literal_name() -> None:
    assert parse(r"(?<a.b>\w+)=%{integer:a.b}", "x=1") == {"a.b": "x", "a": {"b": 1}}


def test_a_token_with_an_atomic_mark_is_an_ordinary_token() -> None:
    assert parse(r"\[%{?>notSpace:level}\] %{data:x}", "[Note] y") == {"level": "Note", "x": "y"}


def test_quoted_segments_keep_their_dots() -> None:
    assert parse('%{word:a["b.c"].d}', "x") == {"a": {"b.c": {"d": "x"}}}


def test_a_value_gives_way_to_an_object_with_the_same_name() -> None:
    assert parse("%{word:a} %{word:a.b}", "x y") == {"a": {"b": "y"}}


def test_groups_of_a_helper_are_numbered_for_themselves() -> None:
    assert parse(r"(x)%{_twice}\1", "xaax", r"_twice (\w)\1") == {}
    assert parse(r"(x)%{_twice}\1", "xaxx", r"_twice (\w)\1") is None


def test_flags_of_a_helper_end_with_it() -> None:
    assert parse("%{_any}b", "Ab", "_any (?i)a") == {}
    assert parse("%{_any}b", "AB", "_any (?i)a") is None


def test_a_pattern_can_contain_a_newline_when_it_is_no_line_of_a_file() -> None:
    assert grok_of([GrokRule("rule", "%{data:a}\n%{data:b}")]).parse("x\ny") == {"a": "x", "b": "y"}


def test_parsing_twice_gives_equal_but_separate_results() -> None:
    grok = compile_grok("rule %{data:x:json}")
    first, second = grok.parse('{"a": {"b": 1}}'), grok.parse('{"a": {"b": 1}}')
    assert first == second
    assert first is not None
    first["x"]["a"]["b"] = 2
    assert second == {"x": {"a": {"b": 1}}}


@pytest.mark.parametrize(
    "text",
    [
        "1.2.3.4",
        "::",
        "1::",
        "::1.2.3.4",
        "1:2:3:4:5:6:7:8",
        "1::8",
        "fe80::1%eth0",
        "1:2:3:4:5:6:1.2.3.4",
        "1:2:3:4:5:6:7::",
        "::2:3:4:5:6:7:8",
        "1::3:4:5:6:7:8",
    ],
)
def test_every_form_of_an_address_is_an_ip(text: str) -> None:
    assert parse("%{ip:x}", text) == {"x": text}


@pytest.mark.parametrize(
    "text", ["1.2.3", "1.2.3.256", "1:2", ":1", "1:::2", "1:2:3:4:5:6:7", "12345::", "g::1"]
)
def test_other_texts_are_not(text: str) -> None:
    assert parse("%{ip:x}", text) is None


def test_an_ipv4_address_is_not_cut_out_of_digits() -> None:
    assert parse("%{data:x}%{ipv4:y}%{data:z}", "91.2.3.41") == {"y": "91.2.3.41"}


def test_an_object_merges_with_what_paths_through_it_have_stored() -> None:
    rule = "%{integer:x.n} %{data:x:keyvalue}"
    assert parse(rule, "1 a=2") == {"x": {"n": 1, "a": 2}}
    assert parse("%{data:x:keyvalue} %{integer:x.n}", "a=2 1") == {"x": {"n": 1, "a": 2}}
    assert parse("%{integer:x.n} %{data:x}", "1 text") == {"x": [{"n": 1}, "text"]}


def test_what_is_merged_into_the_root_wins_over_a_group_inside_it() -> None:
    rule = '%{regex("(?<msg>.*)")::keyvalue}'
    assert parse(rule, 'msg="a b" n=1') == {"msg": "a b", "n": 1}
    assert parse(rule, "a b n=1") == {"msg": "a b n=1", "n": 1}


def test_a_blank_in_a_path_is_ignored() -> None:
    assert parse("%{number:a. b} MB", "5 MB") == {"a": {"b": 5.0}}
