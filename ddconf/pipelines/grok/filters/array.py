"""The filter array."""

from __future__ import annotations

from typing import Any

from ddconf.pipelines.grok.filters.numbers import text_of
from ddconf.pipelines.grok.registry import ArgumentError, Filter, grok_filter


@grok_filter(
    "array",
    ("%{data:x:array}", "[a, b]", {"x": ["a", " b"]}),
    ('%{data:x:array(";", integer)}', "[1;2]", {"x": [1, 2]}),
    ('%{data:x:array("{}", "|")}', "{a|b}", {"x": ["a", "b"]}),
    ('%{data:x:array("", "-", scale(10))}', "1-2", {"x": [10.0, 20.0]}),
    ("%{data:x:array(integer)}", "[1,a]", {}),
)
def array(*arguments: str | Filter) -> Filter:
    """text split at a separator (`,`), in brackets (`[]`), each element through a filter if one is given

    array([[brackets,] separator] [, filter]): brackets are two characters, one that stands for both, or none.
    Text without the brackets is split all the same, as Datadog does.
    """
    texts = [item for item in arguments if isinstance(item, str)]
    apply = arguments[-1] if arguments and callable(arguments[-1]) else None
    if len(texts) > 2 or len(texts) + (apply is not None) != len(arguments):
        raise ArgumentError("wants brackets, separator and filter, in this order")
    brackets, separator = (texts if len(texts) == 2 else ["[]", *texts, ","])[:2]
    if len(brackets) > 2 or not separator:
        raise ArgumentError("brackets are at most two characters, the separator at least one")

    def split(value: Any) -> list[Any]:
        items = parse_array(text_of(value), brackets, separator)
        return [apply(item) for item in items] if apply else items

    return split


def parse_array(text: str, brackets: str = "[]", separator: str = ",") -> list[Any]:
    """`[a,b]` -> ["a", "b"]."""
    if brackets and len(text) > 1 and text[0] == brackets[0] and text[-1] == brackets[-1]:
        text = text[1:-1]
    return text.split(separator)
