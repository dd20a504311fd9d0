"""Filters between text and numbers: number, integer, scale, boolean, nullIf."""

from __future__ import annotations

from typing import Any

from ddconf.pipelines.grok.numbers import number_or_text, strict_integer, to_double
from ddconf.pipelines.grok.registry import Filter, FilterError, grok_filter


def text_of(value: Any) -> str:
    """The value, which must be text; raises FilterError for what a matcher has converted already."""
    if not isinstance(value, str):
        raise FilterError(repr(value))
    return value


@grok_filter("number", ("%{data:x:number}", "1.5", {"x": 1.5}), ("%{data:x:number}", "a", {}))
def number() -> Filter:
    """the text as a double"""
    return lambda value: to_double(text_of(value))


@grok_filter("integer", ("%{data:x:integer}", "15", {"x": 15}), ("%{data:x:integer}", "1.5", {}))
def integer() -> Filter:
    """the text as an integer"""
    return lambda value: strict_integer(text_of(value))


@grok_filter(
    "boolean", ("%{word:x:boolean}", "True", {"x": True}), ("%{word:x:boolean}", "yes", {"x": False})
)
def boolean() -> Filter:
    """true for `true` in any case, false for any other text"""
    return lambda value: text_of(value).lower() == "true"


@grok_filter(
    "nullIf",
    ('%{notSpace:x:nullIf("-")}', "-", {}),
    ('%{notSpace:x:nullIf("-")}', "a", {"x": "a"}),
    ('%{number:x:nullIf("0")}', "0", {}),
    ('%{number:x:nullIf("0")}', "0.5", {"x": 0.5}),
)
def null_if(text: str) -> Filter:
    """nothing if the value equals the text; what is a number already is compared as one"""
    number = number_or_text(text)
    return lambda value: None if value == (text if isinstance(value, str) else number) else value


@grok_filter(
    "scale",
    ("%{integer:x:scale(1000)}", "3", {"x": 3000.0}),
    ("%{data:x:scale(0.5)}", "1.5", {"x": 0.75}),
)
def scale(factor: float) -> Filter:
    """the number times the factor, as a double"""

    def apply(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise FilterError(repr(value))
        return float(to_double(value) if isinstance(value, str) else value) * factor

    return apply
