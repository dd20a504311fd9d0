"""Every matcher and filter does what its own examples say."""

from __future__ import annotations

from typing import Any

import pytest

from ddconf.pipelines.grok import compile_grok
from ddconf.pipelines.grok.registry import FILTERS, MATCHERS, RegisteredFunction

CASES = [
    pytest.param(token, text, result, id=f"{entry.name}: {text}")
    for entry in (*MATCHERS.values(), *FILTERS.values())
    for token, text, result in entry.examples
]


@pytest.mark.parametrize(("token", "text", "result"), CASES)
def test_an_example_gives_its_result(token: str, text: str, result: Any) -> None:
    parsed = compile_grok(f"rule {token}").parse(text)
    assert parsed == result
    assert repr(parsed) == repr(result)  # 1 and 1.0 differ in a log


@pytest.mark.parametrize("entry", [*MATCHERS.values(), *FILTERS.values()], ids=lambda entry: entry.name)
def test_everything_registered_is_documented(entry: RegisteredFunction) -> None:
    assert entry.about
    assert entry.examples


def test_the_names_are_those_of_datadog() -> None:
    matchers = {name for name in MATCHERS if not name.isupper()}
    assert matchers >= {"data", "notSpace", "number", "numberExtStr", "quotedString", "ipOrHost", "date"}
    assert len(matchers) == 26
    assert set(FILTERS) >= {"keyvalue", "nullIf", "decodeuricomponent", "rubyhash", "useragent"}
    assert len(FILTERS) == 17
