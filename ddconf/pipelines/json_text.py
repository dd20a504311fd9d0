"""JSON as RFC 8259 has it, without NaN and infinity: text -> value, for logs and the filter json."""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import NoReturn

from ddconf.document import JSON, writable

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def read(text: str) -> JSON:
    """Raises ValueError for what is not valid JSON or beyond doubles, RecursionError for what nests too deep.

    Half a surrogate pair becomes a question mark, as no text could be written with it.
    """
    value: JSON = _STRICT.decode(text)
    return writable(value) if _SURROGATE.search(text) else value


def read_object(text: str) -> JSON:
    """The JSON value that a text begins with, with line breaks in strings; raises what `read` does."""
    value: JSON
    value, _ = _LENIENT.raw_decode(text)
    return writable(value) if _SURROGATE.search(text) else value


def _double(text: str) -> float:
    value = float(text)
    return value if isfinite(value) else _refuse(text)


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a number of JSON")


_STRICT = json.JSONDecoder(parse_constant=_refuse, parse_float=_double)
_LENIENT = json.JSONDecoder(parse_constant=_refuse, parse_float=_double, strict=False)
