"""The filter csv."""

from __future__ import annotations

import csv
from typing import Any

from ddconf.pipelines.grok.attributes import split_key, store
from ddconf.pipelines.grok.filters.numbers import text_of
from ddconf.pipelines.grok.numbers import number_or_text
from ddconf.pipelines.grok.registry import ArgumentError, Filter, FilterError, grok_filter


@grok_filter(
    "csv",
    ('%{data:x:csv("name,no,city")}', '"Doe, ""J""",12,', {"x": {"name": 'Doe, "J"', "no": 12.0}}),
    ('%{data::csv("a,b", "|", "\'")}', "'1|2'|3.5", {"a": "1|2", "b": 3.5}),
    ('%{data::csv("a,b", "tab")}', "x\ty\tz", {"a": "x", "b": "y"}),
)
def csv_filter(headers: str, separator: str = ",", quote: str = '"') -> Filter:
    """the values of a line under the headers given, which are separated by commas

    A value that is a number becomes a double, a header with dots is a path; surplus values or headers and
    empty values are left out.
    """
    separator = "\t" if separator == "tab" else separator
    if len(separator) != 1 or len(quote) != 1 or separator == quote or {separator, quote} & {"\r", "\n"}:
        raise ArgumentError("separator and quote are one character each, and different")
    names = [name.strip() for name in headers.split(",")]

    def split(value: Any) -> dict[str, Any]:
        values = parse_line(text_of(value), separator, quote)
        result: dict[str, Any] = {}
        for name, item in zip(names, values, strict=False):
            if name and item != "":
                store(result, split_key(name), item)
        return result

    return split


def parse_line(text: str, separator: str = ",", quote: str = '"') -> list[str | float]:
    """`1,"a ""b\"""` -> [1.0, 'a "b"']; raises FilterError for text that is not a line of CSV."""
    try:
        rows = list(csv.reader([text.rstrip("\r\n")], delimiter=separator, quotechar=quote))
    except csv.Error:
        raise FilterError(text) from None
    return [_typed(value) for value in rows[0]] if rows else []


def _typed(text: str) -> str | float:
    value = number_or_text(text)
    return value if isinstance(value, str) else float(value)
