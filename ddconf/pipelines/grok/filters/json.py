"""The filter json."""

from __future__ import annotations

from typing import Any

from ddconf.pipelines.attributes import merge
from ddconf.pipelines.grok.attributes import split_key
from ddconf.pipelines.grok.filters.numbers import text_of
from ddconf.pipelines.grok.registry import Filter, FilterError, grok_filter
from ddconf.pipelines.json_text import read, read_object


@grok_filter(
    "json",
    ("%{data::json}", '{"a": 1, "b": {"c": null}}', {"a": 1}),
    ("%{data:x:json}", '{"a.b": [1.0]}', {"x": {"a": {"b": [1.0]}}}),
    ("%{data:x:json}", "{a}", {}),
    ("%{data:x:json}", '{"a": 1} and more', {"x": {"a": 1}}),
    ("%{data:x:json}", "[1e999]", {}),
)
def json_filter() -> Filter:
    """the value of a JSON text, or the object that the text begins with; keys with dots become paths"""
    return parse_json


def parse_json(value: Any) -> Any:
    """Raises FilterError for text that is not valid JSON.

    Of a text that begins with an object Datadog takes the object, whatever follows it.
    """
    text = text_of(value).lstrip()
    try:
        return _nested(read_object(text) if text.startswith("{") else read(text))
    except (ValueError, RecursionError):
        raise FilterError(value) from None


def _nested(value: Any) -> Any:
    if isinstance(value, dict):
        nested: dict[str, Any] = {}
        for key, item in value.items():
            inner: Any = _nested(item)
            for segment in reversed(split_key(key)):
                inner = {segment: inner}
            merge(nested, inner)
        return nested
    if isinstance(value, list):
        return [_nested(item) for item in value]
    return value
