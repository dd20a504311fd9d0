"""Samples that are only a text get what the filter of their pipeline asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.pipelines.log import Log
from ddconf.pipelines.query import parse_query
from ddconf.pipelines.sample_context import fields_asked_for, log_for_filter, written
from ddconf.pipelines.trial import try_samples


def pipeline(query: str, *processors: dict[str, object]) -> dict[str, object]:
    return {"name": "P", "is_enabled": True, "filter": {"query": query}, "processors": list(processors)}


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("source:haproxy", {"source": "haproxy", "tags": ()}),
        ("service:(a OR b) env:prod", {"service": "a", "tags": ("env:prod",)}),
        ('source:"a b" @http.status:200 -host:x words', {"source": "a b", "tags": ()}),
        ("*", {"tags": ()}),
        ("", {"tags": ()}),
        (["*"], {"tags": ()}),
    ],
)
def test_fields_are_those_that_the_filter_asks_for(query: str, fields: dict[str, object]) -> None:
    assert fields_asked_for(pipeline(query)) == fields


@pytest.mark.parametrize("query", ["source:haproxy", "service:(a OR b) env:prod", 'source:"a b" -host:x'])
def test_a_sample_then_passes(query: str) -> None:
    assert parse_query(query).matches(log_for_filter(Log("x"), pipeline(query)))


def test_what_a_log_has_itself_stays() -> None:
    log = log_for_filter(Log("x", source="own", tags=("env:dev",)), pipeline("source:other env:prod"))
    assert (log.source, log.tags) == ("own", ("env:dev", "env:prod"))


json_objects = st.dictionaries(
    st.text(min_size=1).filter(lambda key: key != "message"), st.integers() | st.text(), min_size=1
)


@given(st.text().filter(lambda text: not text.strip().startswith("{")) | json_objects)
def test_a_written_log_is_read_as_the_same_log(given_: object) -> None:
    log = Log.from_event(given_) if isinstance(given_, dict) else Log.from_text(str(given_))
    again = Log.from_text(written(log))
    assert again.attributes == log.attributes


def test_a_written_log_keeps_its_message() -> None:
    log = Log.from_text('{"message": "sold out", "n": 1}')
    assert Log.from_text(written(log)).message == "sold out"


GROK = {
    "type": "grok-parser",
    "name": "G",
    "is_enabled": True,
    "source": "message",
    "grok": {"match_rules": "first a %{integer:n}\nsecond b %{integer:n}", "support_rules": ""},
}


def test_a_trial_tells_the_rule_that_took_the_sample() -> None:
    trials = try_samples(pipeline("*", GROK), [Log("a 1"), Log("b 2"), Log("c")])
    assert [(trial.matched, trial.rule) for trial in trials] == [
        (True, "first"),
        (True, "second"),
        (False, ""),
    ]


def test_without_a_grok_parser_the_filter_decides() -> None:
    trials = try_samples(pipeline("source:x"), [Log(source="x"), Log(source="y")])
    assert [trial.matched for trial in trials] == [True, False]
