"""URLs, user agents, formulas, timestamps, statuses and casts."""

from __future__ import annotations

from typing import Any

import pytest

from ddconf.pipelines.casting import cast
from ddconf.pipelines.formula import FormulaError, parse_formula
from ddconf.pipelines.status import official_status
from ddconf.pipelines.timestamp import parse_timestamp
from ddconf.pipelines.urls import parse_url
from ddconf.pipelines.user_agents import parse_user_agent


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", {"path": ""}),
        ("SSL://dns.google", {"scheme": "SSL", "host": "dns.google", "path": ""}),
        ("//host/x", {"host": "host", "path": "/x"}),
        ("http://[::1]:80/", {"scheme": "http", "host": "[::1]", "port": 80, "path": "/"}),
        ("/a?", {"path": "/a"}),
        ("/a?x", {"path": "/a", "queryString": {"x": ""}}),
        ("a:b c", {"path": "a:b c"}),
    ],
)
def test_a_url_has_these_parts(text: str, parts: dict[str, Any]) -> None:
    assert parse_url(text) == parts


@pytest.mark.parametrize(
    ("agent", "category"),
    [
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Bot"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 13_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
            "Gecko) Version/13.1.1 Mobile/15E148 Safari/604.1",
            "Mobile",
        ),
        ("curl/7.64.1", "Other"),
        ("Windows Microsoft Windows 11 Pro ZTunnel/1.0", "Desktop"),
        ("", "Other"),
    ],
)
def test_a_device_has_a_category(agent: str, category: str) -> None:
    assert parse_user_agent(agent)["device"]["category"] == category


def test_what_is_done_to_one_result_does_not_show_in_the_next() -> None:
    parse_user_agent("curl/7.64.1")["browser"]["family"] = "changed"
    assert parse_user_agent("curl/7.64.1")["browser"]["family"] == "curl"


@pytest.mark.parametrize(
    ("text", "offset"),
    [("", 0), ("1 +", 2), ("(1", 0), ("1 2", 2), ("a * / b", 4), ("1)", 1), ("(" * 80, 51)],
)
def test_a_malformed_formula_is_refused_at_its_place(text: str, offset: int) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    assert caught.value.offset == offset


def test_a_formula_names_its_attributes_once() -> None:
    formula = parse_formula("-(a.b + c-d) * 2 + a.b")
    assert formula.names == ("a.b", "c-d")
    assert formula.evaluate({"a.b": 1.0, "c-d": 2.0}) == -5.0


def test_a_very_long_formula_is_refused() -> None:
    with pytest.raises(FormulaError, match="longer"):
        parse_formula(" + ".join(["1"] * 5000))


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        ("2024-06-24T17:19:52,79+02", 1719242392790),
        ("20240624T171952Z", 1719249592000),
        ("2024-06", 1717200000000),
        ("2024-06-24 17:19:52", None),
        ("Feb 30 00:00:00", None),
        (True, None),
        (None, None),
        ([1], None),
        (1e300, None),
        ("9" * 40, None),
        (float("nan"), None),
    ],
)
def test_a_timestamp_is_read(value: object, instant: int | None) -> None:
    assert parse_timestamp(value) == instant


@pytest.mark.parametrize(
    ("value", "status"), [(0, "emergency"), (7.0, "debug"), (8, "info"), (-1, "info"), ("", "info")]
)
def test_a_status_is_one_of_datadogs(value: object, status: str) -> None:
    assert official_status(value) == status


@pytest.mark.parametrize(
    ("value", "wanted", "expected"),
    [
        ("3.7", "integer", "3.7"),
        ("3.5", "double", 3.5),
        (True, "integer", True),
        (True, "string", "true"),
        ([1], "string", [1]),
        (7, "auto", 7),
        (1e300, "integer", 1e300),
        ("9" * 500, "double", "9" * 500),
    ],
)
def test_a_cast_gives_the_type_or_keeps_the_value(value: object, wanted: str, expected: object) -> None:
    result = cast(value, wanted)
    assert (result, type(result)) == (expected, type(expected))
