"""The larger filters, beyond their own examples, and round trips of those that have a way back."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.pipelines.attributes import without_empty
from ddconf.pipelines.grok import GrokError, compile_grok
from ddconf.pipelines.grok.filters.csv import parse_line
from ddconf.pipelines.grok.filters.json import parse_json
from ddconf.pipelines.grok.filters.querystring import parse_query_string
from ddconf.pipelines.grok.filters.rubyhash import parse_ruby_hash
from ddconf.pipelines.grok.filters.xml import parse_xml
from ddconf.pipelines.grok.numbers import number_or_text
from ddconf.pipelines.grok.registry import FilterError


def filtered(filter_text: str, text: str) -> Any:
    """What `%{data:x:FILTER}` stores; "failed" where the filter fails, None where it stores nothing."""
    match = compile_grok(f"rule %{{greedyData:x:{filter_text}}}").match(text)
    assert match is not None
    return "failed" if match.failed_filters else match.attributes.get("x")


@pytest.mark.parametrize(
    ("filter_text", "text", "result"),
    [
        ("keyvalue", "key = v key= v key =v", None),
        ("keyvalue", "a=1,b=2;c=3 (d=4) [e=5]{f=6}", {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6}),
        ("keyvalue", "a=012001018742 b=023001016134 c=-07", {"a": "012001018742", "b": 23001016134, "c": -7}),
        ("keyvalue", "d=0x1f e=2.0e", {"d": "0x1f", "e": "2.0e"}),
        ("keyvalue", "f=1e3 g=.5 h=5.", {"f": 1000.0, "g": 0.5, "h": 5.0}),
        ("keyvalue", "a=\"1\" b='true' c=<x y> d=\"\" e=", {"a": "1", "b": "true", "c": "x y"}),
        ("keyvalue", "a=1 a=2 a=x", {"a": [1, 2, "x"]}),
        ("keyvalue", "a=004018281E114 b=00 c=0E2 d=01.5", {"a": "004018281E114", "b": 0, "c": 0.0, "d": 1.5}),
        ("keyvalue", 'a=" " b=" x "', {"a": "", "b": "x"}),
        ("keyvalue", "a=263ms b=10.013689387s c=0s d=-2s", {"a": 263, "b": 10013, "c": 0, "d": -2000}),
        ("keyvalue", 'a=3m0s b=1m3.3s c="5s" d=5m', {"a": "3m0s", "b": "1m3.3s", "c": "5s", "d": "5m"}),
        ('keyvalue("=", " ", ";")', "a=;b c; d=e", {"a": "b c", "d": "e"}),
        ("keyvalue", "a=true b=false c=null", {"a": True, "b": False}),
        ("keyvalue", "d=True e=trueish", {"d": "True", "e": "trueish"}),
        ("keyvalue", "a=99999999999999999999", {"a": "99999999999999999999"}),
        ('keyvalue("=", " ")', "chunks=0 chunks_sent=0", {"chunks": 0, "chunks_sent": 0}),
        ('keyvalue("=", " ")', "dstloc=United States, x=1", {"dstloc": "United States", "x": 1}),
        ('keyvalue("=", ":?/\\\\\\"|*<>,")', 'u=http://x/?a|b*c v=1', {"u": "http://x/?a|b*c", "v": 1}),
        ('keyvalue("|")', "a|1 b|2", {"a": 1, "b": 2}),
        ('keyvalue("\\\\s*=\\\\s*")', "a = 1 b= 2", {"a": 1, "b": 2}),
        ('keyvalue("=", "]")', "a=x]y", {"a": "x]y"}),
        ('keyvalue("=", "", "", "|")', "a=1|b=2", {"a": 1, "b": 2}),
        ('keyvalue("=", "", "", "<>")', "<a=1><b=2>", {"a": 1, "b": 2}),
        ("array", "abc", ["abc"]),
        ("array", "[]", [""]),
        ("array", '["1,2"]', ['"1', '2"']),
        ('array("[]", "|")', "HIPAA|PCI", ["HIPAA", "PCI"]),
        ('array("\'", "-")', "'a-b'", ["a", "b"]),
        ('array(", ")', "[a, b]", ["a", "b"]),
        ("array(lowercase)", "[A,B]", ["a", "b"]),
        ('array(",", nullIf(""))', "a,,b", ["a", None, "b"]),
        ('array(array(";"))', "[1;2,3]", [["1", "2"], ["3"]]),
        ('csv("a,b,c")', "1,,3.5,4", {"a": 1, "c": 3.5}),
        ('csv("a,b", ";")', 'x;"y;z"', {"a": "x", "b": "y;z"}),
        ('csv("a")', "", None),
        ('csv("x.a,x.b")', "1,y", {"x": {"a": 1.0, "b": "y"}}),
        ("json", "[1, 1.0, true, null, {}]", [1, 1.0, True, None]),
        ("json", ' {"a": 1}, {"b": 2}', {"a": 1}),
        ("json", '{"a": "two\nlines"}', {"a": "two\nlines"}),
        ("json", '["two\nlines"]', "failed"),
        ("json", "[1] and more", "failed"),
        ("json", '{"a": 1', "failed"),
        ("json", '{"a.b": 1, "a.c": {"d.e": 2}, ".x": 3}', {"a": {"b": 1, "c": {"d": {"e": 2}}}, ".x": 3}),
        ("json", '{"a.b": 1, "a": {"c": 2}}', {"a": {"b": 1, "c": 2}}),
        ("json", "NaN", "failed"),
        ("json", "[" * 100_000, "failed"),
        ("rubyhash", "{}", None),
        ("rubyhash", "{ :a => nil, 42 => 'x', :\"b c\" => :sym, d: [1, {e: true}] }",
         {"42": "x", "b c": "sym", "d": [1.0, {"e": True}]}),
        ("rubyhash", '{:a=>["x", "y"}', {"a": ["x", "y"]}),
        ("rubyhash", "{:a=>#<Thread:0x1 run>, :b=>1}", {"a": "#<Thread:0x1 run>", "b": 1.0}),
        ("rubyhash", "{:a=>1} rest", "failed"),
        ("rubyhash", "{:a=>1", "failed"),
        ("rubyhash", "{:a=>" * 1000, "failed"),
        ("xml", "<a/>", None),
        ("xml", "<a b='1'/>", {"a": {"b": "1"}}),
        ("xml", " <a>\n <b>1</b>\n <b>2</b> </a>\n", {"a": {"b": ["1", "2"]}}),
        ("xml", "<a x='1'>text<b>c</b></a>", {"a": {"x": "1", "b": "c", "value": "text"}}),
        ("xml", "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", "failed"),
        ("querystring", "a=&b&=c&d=1", {"d": "1"}),
        ("querystring", "", None),
        ("decodeuricomponent", "%C3%A9+%zz", "é+%zz"),
        ("boolean", "TRUE", True),
        ("scale(2)", "x", "failed"),
        ("scale(-0.5)", "1e2", -50.0),
        ("integer", "9223372036854775808", "failed"),
        ("integer", "1e3", "failed"),
        ("number", "1e999", "failed"),
    ],
)  # fmt: skip
def test_a_filter_gives(filter_text: str, text: str, result: Any) -> None:
    stored = filtered(filter_text, text)
    assert (stored, repr(stored)) == (result, repr(result)) or stored == result != 1


@pytest.mark.parametrize(
    "filter_text",
    [
        *("scale()", 'scale("1")', "nullIf()", "nullIf(1)", "csv()", 'csv("a", "::")', 'csv("a", ",", ",")'),
        *(
            'keyvalue("=", "", "xyz")',
            'keyvalue("=", "", "", "", "")',
            'array("a", "b", "c")',
            'array("abc", ",")',
        ),
        *('array("")', "array(scale())", "array(integer, integer)", "lowercase(1)", "json(true)", "nothing"),
    ],
)
def test_wrong_arguments_are_refused(filter_text: str) -> None:
    with pytest.raises(GrokError, match="filter"):
        compile_grok(f"rule %{{data:x:{filter_text}}}")


@pytest.mark.parametrize(
    "filter_text", ["number", "integer", "boolean", "lowercase", "json", "keyvalue", "array"]
)
def test_a_filter_of_texts_fails_on_what_is_a_number_already(filter_text: str) -> None:
    match = compile_grok(f"rule %{{integer:x:{filter_text}}}").match("1")
    assert match is not None
    assert match.failed_filters


WORDS = st.text("abcXYZ_019.-", min_size=1, max_size=8)
SCALARS = (
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS
)


@given(st.dictionaries(st.from_regex(r"[a-z_][a-z0-9_]{0,5}", fullmatch=True), SCALARS, max_size=5))
def test_printed_pairs_read_back_typed(pairs: dict[str, Any]) -> None:
    texts = {
        key: str(value).lower() if isinstance(value, bool) else str(value)
        for key, value in pairs.items()
        if "e+" not in str(value)
    }
    expected = {
        key: pairs[key] if not isinstance(pairs[key], str) else number_or_text(pairs[key])
        for key in texts
        if texts[key] not in ("null",)
    }
    text = " ".join(f"{key}={value}" for key, value in texts.items())
    assert filtered("keyvalue", text) == (expected or None)


JSON = st.recursive(
    st.none() | SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(JSON)
def test_printed_json_reads_back(value: Any) -> None:
    read = parse_json(json.dumps(value))
    assert (read, repr(read)) == (value, repr(value))
    assert filtered("json", json.dumps(value)) == without_empty(value)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=6), min_size=1))
def test_a_printed_line_of_csv_reads_back(values: list[str]) -> None:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(values)
    assert parse_line(line.getvalue()) == [number_or_text(value) for value in values]


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.text(min_size=1, max_size=5), min_size=1))
def test_a_printed_query_string_reads_back(parameters: dict[str, str]) -> None:
    assert parse_query_string(urlencode(parameters, errors="replace")) == {
        key.encode("utf-8", "replace").decode(): value.encode("utf-8", "replace").decode()
        for key, value in parameters.items()
    }


@given(st.lists(st.text("ab 1\"'", max_size=4), min_size=1), st.sampled_from([",", ";", "||"]))
def test_a_printed_array_reads_back(items: list[str], separator: str) -> None:
    assert filtered(f'array("{separator}")', f"[{separator.join(items)}]") == items


@given(st.text(max_size=30))
def test_parsers_of_nested_texts_never_crash(text: str) -> None:
    for parse in (parse_json, parse_xml, parse_ruby_hash, parse_line):
        for attempt in (text, f"{{{text}}}", f"<a>{text}</a>"):
            try:
                parse(attempt)
            except FilterError as error:
                assert error.args
