"""What Datadog makes of a line before any pipeline sees it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ddconf.pipelines import Log


def test_a_plain_text_is_the_message() -> None:
    assert Log.from_text("hello", source="x") == Log(message="hello", source="x")


def test_a_json_object_becomes_attributes_and_its_message_the_message() -> None:
    log = Log.from_text('{"message": "hi", "n": 1, "d": 1.0}')
    assert (log.message, log.attributes) == ("hi", {"n": 1, "d": 1.0})
    assert isinstance(log.attributes["d"], float)


def test_a_message_that_is_an_object_is_merged_into_the_root() -> None:
    text = '{"message": {"a": 1, "message": "inner"}, "a": 0}'
    log = Log.from_text(text)
    assert (log.message, log.attributes) == (text, {"a": 1, "message": "inner"})


def test_objects_of_a_message_merge_with_those_beside_it() -> None:
    log = Log.from_text('{"message": {"http": {"url": "/"}}, "http": {"method": "GET"}}')
    assert log.attributes == {"http": {"method": "GET", "url": "/"}}


def test_nulls_and_empty_things_of_an_object_vanish() -> None:
    log = Log.from_text('{"a": null, "b": {"c": []}, "d": [{"e": {}, "f": 1}, {}, null], "g": ""}')
    assert log.attributes == {"d": [{"f": 1}, None], "g": ""}
    assert log.message == '{"d": [{"f": 1}, null], "g": ""}'


@pytest.mark.parametrize("text", ['{"a": NaN}', '{"a": -Infinity}', '{"a": 1e999}'])
def test_numbers_that_json_does_not_have_make_a_line_plain_text(text: str) -> None:
    assert Log.from_text(text) == Log(message=text)


def test_json_that_is_no_object_is_text() -> None:
    assert Log.from_text("[1]").message == "[1]"
    assert Log.from_text("[" * 100_000).attributes == {}
    assert Log.from_text('{"a":' * 200 + "1" + "}" * 200).attributes == {}


def test_official_fields_come_from_well_known_attributes() -> None:
    log = Log.from_event(
        {
            "@timestamp": "1970-01-01T00:00:01Z",
            "level": "WARN",
            "service": "shop",
            "ddsource": "nginx",
            "ddtags": "env:prod, team:web",
            "syslog": {"hostname": "h1"},
            "dd": {"trace_id": 7},
        }
    )
    assert (log.timestamp, log.status, log.service, log.source) == (1000, "warn", "shop", "nginx")
    assert (log.host, log.trace_id, log.tags) == ("h1", "7", ("env:prod", "team:web"))
    assert log.attributes["level"] == "WARN"


def test_preprocessing_can_be_switched_off() -> None:
    log = Log.from_text('{"message": "m", "status": "error", "date": 5}', preprocess=False)
    assert (log.message, log.status, log.timestamp) == ("m", None, None)


def test_a_date_that_is_none_leaves_the_time_of_reception() -> None:
    log = Log.from_event({"timestamp": "soon"}, timestamp=9)
    assert log.timestamp == 9


def test_the_clock_gives_the_year_where_there_is_none() -> None:
    def now() -> datetime:
        return datetime(1971, 5, 5, tzinfo=UTC)

    assert Log.from_event({"date": "Mar 13 17:42:44"}, now=now).timestamp == 37734164000


def test_the_plain_json_of_a_log_is_read_back() -> None:
    log = Log("m", {"a": [1, {"b": None}]}, ("x:y",), status="ok", timestamp=3, span_id="s")
    assert Log.from_json(log.as_json()) == log
    assert "service" not in log.as_json()


def test_half_a_surrogate_pair_becomes_a_question_mark() -> None:
    log = Log.from_text(r'{"a": "\ud800", "b": "\ud83d\ude00", "\udfff": 1}')
    assert log.attributes == {"a": "?", "b": "\U0001f600", "?": 1}
