"""What the tests of published integrations show of Datadog's engine and its documentation does not say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from ddconf.pipelines import Log, compile_grok, compile_pipelines


def ran(processor: dict[str, Any], log: Log) -> Log:
    document = {
        "is_enabled": True,
        "filter": {"query": "*"},
        "processors": [{"is_enabled": True, **processor}],
    }
    return compile_pipelines(document).run(log).log


def parser(match_rules: str, support_rules: str = "") -> dict[str, Any]:
    grok = {"match_rules": match_rules, "support_rules": support_rules}
    return {"type": "grok-parser", "source": "message", "grok": grok}


@pytest.mark.parametrize("around", [" ", "\n", "\t\r\n", "\x00\x1f"])
def test_rules_see_the_text_without_blanks_and_control_characters_around_it_and_the_message_keeps_them(
    around: str,
) -> None:
    log = ran(parser("rule %{word:a} %{word:b}"), Log(f"{around}x y{around}"))
    assert log.attributes == {"a": "x", "b": "y"}
    assert log.message == f"{around}x y{around}"


@pytest.mark.parametrize(
    ("level", "status"), [("E", "error"), ("e1", "error"), ("Emergency", "emergency"), ("emer", "error")]
)
def test_a_status_that_begins_with_e_is_error(level: str, status: str) -> None:
    log = ran({"type": "status-remapper", "sources": ["level"]}, Log("m", {"level": level}))
    assert log.status == status


def test_nothing_that_is_empty_is_left_of_a_json_log() -> None:
    log = Log.from_text('{"a": [], "b": {"c": {}, "d": [null]}, "e": null, "f": "", "g": [{}, 1]}')
    assert log.attributes == {"b": {"d": [None]}, "f": "", "g": [1]}


@pytest.mark.parametrize(
    ("rules", "support", "text", "stored"),
    [
        (r"r %{data::keyvalue} %{notSpace:a.b}", "", "a.c=1 2", {"a": {"c": 1, "b": "2"}}),
        ("r %{data:a:json} %{word:a.b}", "", '{"c":1} x', {"a": {"c": 1, "b": "x"}}),
        ("r %{data:x:json}", "", '{"a": "b\nc"} and {"more": 1}', {"x": {"a": "b\nc"}}),
        ("r %{data:x:json}", "", "[1] and more", {}),
        ('r %{data:l:array(",", nullIf(""))}', "", "a,,b", {"l": ["a", None, "b"]}),
        ('r %{data::keyvalue("=","","\\"")}', "", 'a=" " b=1', {"a": "", "b": 1}),
        ('r %{data::keyvalue("="," ",";")}', "", "a=1;b=2", None),
        ("r x%{_rest}", r"_rest ?%{integer:n}", "12", {"n": 12}),
        ("r Size: %{number: memory. size} MB", "", "Size: 128 MB", {"memory": {"size": 128.0}}),
        ('r %{regex("a\nb"):x}', "", "a\nb", {"x": "a\nb"}),
    ],
)
def test_rules_that_datadog_ships(
    rules: str, support: str, text: str, stored: Mapping[str, Any] | None
) -> None:
    found = compile_grok(rules, support).parse(text)
    assert found is not None
    assert stored is None or found == stored


def test_the_host_of_a_url_is_in_lower_case() -> None:
    log = ran(
        {"type": "url-parser", "sources": ["u"], "target": "t"}, Log("m", {"u": "HTTP://Shop.Example.COM/A"})
    )
    assert log.attributes["t"] == {"scheme": "HTTP", "host": "shop.example.com", "path": "/A"}


@pytest.mark.parametrize("kind", ["attribute-remapper"])
def test_every_source_that_is_there_goes_and_the_first_wins(kind: str) -> None:
    spec = {"type": kind, "sources": ["none", "a", "b"], "target": "t", "source_type": "attribute"}
    log = ran(
        {**spec, "target_type": "attribute", "preserve_source": False}, Log("m", {"a": 1, "b": 2, "c": 3})
    )
    assert log.attributes == {"t": 1, "c": 3}
