"""The filter querystring."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from ddconf.pipelines.grok.attributes import append
from ddconf.pipelines.grok.filters.numbers import text_of
from ddconf.pipelines.grok.registry import Filter, grok_filter


@grok_filter(
    "querystring",
    ("%{data::querystring}", "?a=1&b=x%20y+z&c", {"a": "1", "b": "x y z"}),
    ("%{data:x:querystring}", "a=1&a=2", {"x": {"a": ["1", "2"]}}),
)
def querystring() -> Filter:
    """the parameters of a URL, decoded; a repeated name makes a list, one without value is left out"""
    return lambda value: parse_query_string(text_of(value))


def parse_query_string(text: str, *, keep_empty: bool = False) -> dict[str, Any]:
    """`?a=1&b=2` -> {"a": "1", "b": "2"}."""
    parameters: dict[str, Any] = {}
    for name, value in parse_qsl(text.removeprefix("?"), keep_blank_values=keep_empty):
        if name:
            append(parameters, name, value)
    return parameters
