"""The grammar of `%{matcher:extract:filter}`."""

from __future__ import annotations

import pytest

from ddconf.pipelines.grok.errors import PatternError
from ddconf.pipelines.grok.tokens import parse_token
from ddconf.pipelines.grok.tree import GrokFunction, Path, Token


def parts(text: str) -> tuple[GrokFunction, Path | None, GrokFunction | None]:
    token = parse_token(text)
    assert (token.start, token.end) == (0, len(text))
    return token.matcher, token.path, token.filter


def written(text: str) -> str:
    matcher, path, filter_call = parts(text)
    return f"{matcher} {path} {filter_call}"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("%{data}", "data None None"),
        ("%{data:}", "data None None"),
        ("%{data::json}", "data () json"),
        ("%{access.common}", "access.common None None"),
        ("%{?>notSpace:db.severity}", "notSpace ('db', 'severity') None"),
        ("%{ word : a.b : lowercase }", "word ('a', 'b') lowercase"),
        ('%{data:a["b.c"].@d-e$}', "data ('a', 'b.c', '@d-e$') None"),
        ('%{data:["x\\"y"]}', "data ('x\"y',) None"),
        ('%{date("HH:mm", "+3"):d}', 'date("HH:mm", "+3") (\'d\',) None'),
        ('%{regex("a}b"):x}', "regex(\"a}b\") ('x',) None"),
        ('%{data:x:array("[]", ";", scale(.5))}', 'data (\'x\',) array("[]", ";", scale(0.5))'),
        ("%{data:x:f(1, -2, 1e-3, true, false, null)}", "data ('x',) f(1, -2, 0.001, true, false, null)"),
        ("%{data:x:useragent(decodeuricomponent:true)}", "data ('x',) useragent(true)"),
    ],
)
def test_a_token_is_matcher_path_and_filter(text: str, result: str) -> None:
    assert written(text) == result


def test_a_backslash_in_a_string_is_doubled() -> None:
    matcher, _, _ = parts(r'%{regex("\\d+\\.\"\\n"):x}')
    assert matcher.args == ('\\d+\\."\\n',)


def test_a_filter_argument_can_have_control_characters() -> None:
    _, _, filter_call = parts(r'%{data:x:array("\\t")}')
    assert filter_call is not None
    assert filter_call.args == ("\t",)


@pytest.mark.parametrize(
    ("text", "start", "end", "message"),
    [
        ("%{data:x", 0, 8, "not closed"),
        ("%{}", 2, 3, "name of a matcher"),
        ("%{data:x:}", 9, 10, "name of a filter"),
        ("%{data:a..b}", 9, 10, "expected a name after '.'"),
        ("%{data:x:lowercase:uppercase}", 18, 19, "expected ':' or '}', found ':'"),
        ('%{regex("a):x}', 8, 14, "string is not closed"),
        (r'%{data::json("\:")}', 14, 16, "not an escape"),
        ('%{date("a" "b")}', 11, 12, "expected ',' or ')'"),
        ('%{data:x["a"}', 12, 13, "expected ']'"),
    ],
)
def test_a_wrong_token_is_refused_where_it_is_wrong(text: str, start: int, end: int, message: str) -> None:
    with pytest.raises(PatternError) as caught:
        parse_token(text)
    assert message in caught.value.message
    assert (caught.value.start, caught.value.end) == (start, end)


def test_a_token_prints_as_it_is_read() -> None:
    token = parse_token('%{date("a\\"b", 1):x.y:array(";", scale(10))}')
    again = parse_token(f"%{{{token.matcher}:x.y:{token.filter}}}")
    assert isinstance(again, Token)
    assert str(again.matcher) == str(token.matcher)
    assert str(again.filter) == str(token.filter)
