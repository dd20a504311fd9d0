"""Filters from text to text: lowercase, uppercase, decodeuricomponent."""

from __future__ import annotations

from urllib.parse import unquote

from ddconf.pipelines.grok.filters.numbers import text_of
from ddconf.pipelines.grok.registry import Filter, grok_filter


@grok_filter("lowercase", ("%{word:x:lowercase}", "ABC", {"x": "abc"}))
def lowercase() -> Filter:
    """the text in lower case"""
    return lambda value: text_of(value).lower()


@grok_filter("uppercase", ("%{word:x:uppercase}", "abc", {"x": "ABC"}))
def uppercase() -> Filter:
    """the text in upper case"""
    return lambda value: text_of(value).upper()


@grok_filter("decodeuricomponent", ("%{data:x:decodeuricomponent}", "%2Fa+b", {"x": "/a+b"}))
def decode_uri_component() -> Filter:
    """percent-encoded characters decoded; `+` stays"""
    return lambda value: unquote(text_of(value))
