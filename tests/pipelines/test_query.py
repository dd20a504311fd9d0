"""Queries: what they mean, which logs they match, and where a mistake is."""

from __future__ import annotations

import pytest

from ddconf.errors import DdconfError
from ddconf.pipelines import Log, parse_query
from ddconf.pipelines.query import (
    All,
    And,
    Cidr,
    Compare,
    Literal,
    Not,
    Nothing,
    Operand,
    Or,
    Phrase,
    QueryError,
    Term,
    Wildcard,
)

LOG = Log(
    message="Connection refused by db-1 (10.0.0.7)",
    attributes={
        "http": {"status_code": 404, "method": "GET", "url": "/a b/c"},
        "users": [{"name": "Ann", "roles": ["admin", "dev"]}, {"name": "Bob"}],
        "ip": "10.1.2.3",
        "ratio": 0.5,
        "double": 7.0,
        "ok": True,
        "code": "200",
        "nothing": None,
        "empty": [],
        "a-b": 1,
        "dotted.key": "x",
    },
    tags=("env:prod", "version:12", "bare"),
    service="shop",
    status="error",
    source="nginx",
)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "  ",
        "*",
        "*:*",
        "service:shop source:nginx status:error",
        "@http.status_code:404",
        "@http.status_code:[400 TO 499]",
        "@http.status_code:{403 TO 405}",
        "@http.status_code:(>=400 <500)",
        "@http.status_code:404.0",
        "@ratio:<0.51",
        "@ok:true",
        "@code:>=200",
        '@http.method:"GET"',
        "@http.url:/a?b*",
        '@http.url: "/a b/c"',
        "@http.url:/a\\ b/c",
        "@users.name:Bob",
        "@users.roles:(ops OR dev)",
        "@users:*",
        "@users.0.name:Ann",
        "@a-b:1",
        "@dotted.key:x",
        "-@nothing:*",
        "-@empty:*",
        "_exists_:@http.method",
        "_missing_:@http.version",
        "env:prod -env:dev",
        "env:(prod OR test)",
        "tags:bare",
        "_exists_:bare",
        "bare:[* TO *] -bare:*",
        "http.method:G*",
        "http.status_code:>50",
        '@double:"7" double:[6 TO 10]',
        "message:refused",
        'message:"refused by" message:conn*',
        "connection REFUSED",
        '"refused by"',
        "refus* AND NOT accepted",
        "*fus*",
        "c?nn*on",
        "re*ed by",
        "**",
        "NOT(accepted OR open)",
        "CIDR(@ip, 192.168.0.0/16, 10.0.0.0/8)",
        "NOT(CIDR(@ip,13.0.0.0/8))",
        "(service:cart OR (service:shop AND -@http.status_code:500))",
        "service:cart || service:shop && env:prod",
        "+service:shop",
        "- service:cart",
    ],
)
def test_a_query_matches(query: str) -> None:
    assert parse_query(query).matches(LOG)


@pytest.mark.parametrize(
    "query",
    [
        "-*",
        "service:Shop",
        "@http.method:get",
        "@http.status_code:[500 TO *]",
        '@http.url:"/a*"',
        "refus",
        "re*db",
        "conn*o",
        "ed",
        "404",
        "@users.name:Ann AND @users.name:Carl",
        "tags:env",
        "env:*dev",
        "CIDR(@http.method, 10.0.0.0/8)",
        "service:cart OR service:shop AND env:dev",
    ],
)
def test_a_query_does_not_match(query: str) -> None:
    assert not parse_query(query).matches(LOG)


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("a b AND c", And((Term(None, "a"), Term(None, "b"), Term(None, "c")))),
        ("a b c", Term(None, "a b c")),
        ("a OR b c", Or((Term(None, "a"), And((Term(None, "b"), Term(None, "c")))))),
        ("@x:(a b)", And((Term("@x", "a"), Term("@x", "b")))),
        ("NOT a b", And((Not(Term(None, "a")), Term(None, "b")))),
        ("@x:>=\\-5", Compare("@x", ">=", Operand("-5"))),
        ("x:a\\*b*", Wildcard("x", (Literal("a*b"), "*"))),
        ('x:"AND"', Phrase("x", "AND")),
        ("ANDROID", Term(None, "ANDROID")),
        ("NOT *", Nothing()),
        ("-(-*)", All()),
        ("CIDR(@ip,10.0.0.0/8)", Cidr("@ip", ("10.0.0.0/8",))),
    ],
)
def test_a_query_means_this_tree(query: str, tree: object) -> None:
    assert parse_query(query).tree == tree


@pytest.mark.parametrize(
    ("query", "offset", "words"),
    [
        ('service:"shop', 8, "never closed"),
        ("(a OR b", 0, "never closed"),
        ("a OR b)", 6, "never opened"),
        ("a AND", 5, "term is missing"),
        ('_exists_: ""', 10, "the name of a field is missing"),
        ("OR a", 0, "operator"),
        ("a AND OR b", 6, "operator"),
        ("()", 0, "nothing between"),
        ("@x:", 3, "no value"),
        ("@a%:1", 2, "attribute"),
        ("@:1", 0, "name of the attribute"),
        ("@x:[1 5]", 3, "TO"),
        ("@x:[1 TO 5", 3, "never closed"),
        ("*:", 2, "no value"),
        ("*:>5", 0, "full-text"),
        ("@x:>", 3, "compare"),
        ("CIDR(@x)", 0, "CIDR"),
        ("CIDR(@x, 10.0.0.0/99)", 9, "CIDR block"),
        ("“quoted”", 0, "typographic"),
        ("a[b", 1, "inside a word"),
        ("a\\", 1, "inside a word"),
        (": x", 0, "unexpected"),
        ("(" * 300 + "a", 50, "nested"),
    ],
)
def test_a_malformed_query_is_refused_at_its_place(query: str, offset: int, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(query)
    assert caught.value.offset == offset
    assert words in caught.value.diagnostics[0].message
    assert isinstance(caught.value, DdconfError)


def test_the_caret_stands_below_the_mistake_in_its_line() -> None:
    with pytest.raises(QueryError) as caught:
        parse_query("service:shop\n  @x:[1 5]")
    assert caught.value.snippet == "  @x:[1 5]\n     ^"
    source = caught.value.diagnostics[0].source
    assert source is not None
    assert (source.line, source.column) == (2, 6)


def test_the_attributes_of_a_query_are_known() -> None:
    assert parse_query("@a.b:1 OR (-@c:* service:x CIDR(@d, 10.0.0.0/8) _exists_:@a.b)").attributes == (
        "a.b",
        "c",
        "d",
    )


def test_a_control_character_in_a_query_is_no_wildcard() -> None:
    assert not parse_query("@x:a\0b*").matches(Log(attributes={"x": "a--b"}))
    assert parse_query("@x:a\0b*").matches(Log(attributes={"x": "a\0bc"}))


def test_many_wildcards_do_not_make_matching_slow() -> None:
    log = Log(attributes={"x": "a" * 3000})
    assert not parse_query("@x:" + "*a" * 30 + "*b").matches(log)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("*:checkout", True),
        ("*:CHECKOUT", True),
        ("*:check", False),
        ("*:check*", True),
        ('*:"pay now"', True),
        ("*:(checkout AND 404)", True),
        ("*:(checkout AND 500)", False),
        ("-*:cart", True),
        ("*:service", False),
    ],
)
def test_full_text_search_looks_into_the_message_and_all_attributes(query: str, found: bool) -> None:
    log = Log("Pay now", {"http": {"path": "/checkout", "codes": [200, 404]}, "service": None})
    parsed = parse_query(query)
    assert parsed.matches(log) is found
    assert parse_query(str(parsed)).tree == parsed.tree
