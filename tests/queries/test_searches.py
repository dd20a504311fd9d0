"""Scopes of downtimes and the search over monitors."""

from __future__ import annotations

import pytest

from ddconf.queries import QueryError
from ddconf.queries.downtime_scopes import parse_downtime_scope
from ddconf.queries.monitor_search import search_mistakes
from ddconf.queries.tree import Everything, ScopeAnd, ScopeNot, ScopeOr, Tag


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("*", Everything()),
        ("host:web-*", Tag("host:web-*")),
        ("env:(prod OR staging)", ScopeOr((Tag("env:prod"), Tag("env:staging")))),
        ("env:prod AND -host:a", ScopeAnd((Tag("env:prod"), ScopeNot(Tag("host:a"))))),
        ("(a:b OR c:d) AND e:f", ScopeAnd((ScopeOr((Tag("a:b"), Tag("c:d"))), Tag("e:f")))),
    ],
)
def test_scopes_of_downtimes(text, tree):
    assert parse_downtime_scope(text) == tree


@pytest.mark.parametrize(
    "text",
    ["prod", "a:b OR c:d", "a:b?", "a:x*y", "a:(-b OR c)", "NOT (a:b)", "(a:(b OR (c)))", "a:", "", "a:(b"],
)
def test_scopes_refused(text):
    with pytest.raises(QueryError):
        parse_downtime_scope(text)


def test_states_of_monitors():
    text = 'status:(alert OR "no data" OR allert) team:x status:OK status:$state.value'
    (error,) = search_mistakes(text)
    assert text[error.offset :].startswith("allert")
    assert error.diagnostics[0].hint == "did you mean 'alert'?"
