"""Format the text of a definition file; comments, order, anchors and the meaning of every value stay.

Done by ruamel.yaml, and checked: a text that it would change in meaning is refused.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

import yaml as pyyaml

from ddconf.definitions.yaml import reader
from ddconf.document import canonical
from ddconf.errors import DdconfError, Diagnostic, Source

_ROUNDS = 4


def format_text(text: str, file: str) -> str:
    """The formatted text; the same for a text that is formatted. Raises DdconfError."""
    values = [value for value, _ in reader.load(text, file)]
    if file.endswith(".json"):
        return "".join(json.dumps(value, indent=2, ensure_ascii=False) + "\n" for value in values)
    if all(value is None for value in values):
        return text
    formatted = text
    for _ in range(_ROUNDS):
        before, formatted = formatted, _round_trip(formatted, file)
        if formatted == before:
            break
    else:
        raise _refusal(file)
    try:
        same = canonical([value for value, _ in reader.load(formatted, file)]) == canonical(values)
    except DdconfError:
        same = False
    if not same or sorted(_comments(formatted)) != sorted(_comments(text)):
        raise _refusal(file)
    return formatted


def _round_trip(text: str, file: str) -> str:
    from ruamel.yaml import YAML

    style: Any = YAML(typ="rt")
    style.preserve_quotes = True
    style.width = 1_000_000
    style.indent(mapping=2, sequence=4, offset=2)
    style.brace_single_entry_mapping_in_flow_sequence = True
    out = io.StringIO()
    try:
        style.dump_all(list(style.load_all(text)), out)
    except Exception:  # the library has no common error for what it cannot do
        raise _refusal(file) from None
    return out.getvalue()


def _refusal(file: str) -> DdconfError:
    message = "this file cannot be formatted without changing what it says"
    return DdconfError(Diagnostic(message, Source(file, 1, 1), "comments in odd places are the usual cause"))


def _comments(text: str) -> Iterator[str]:
    """Every comment: what stands after `#` between the parser's tokens, and after the `|` of a block."""
    loader: Any = getattr(pyyaml, "CBaseLoader", pyyaml.BaseLoader)
    end = 0
    for token in pyyaml.scan(text, Loader=loader):
        start = token.start_mark.index
        yield from re.findall(r"#[^\n]*", text[end:start])
        end = token.end_mark.index
        if getattr(token, "style", None) in ("|", ">"):
            yield from re.findall(r"#.*", text[start:end].split("\n", 1)[0])
    yield from re.findall(r"#[^\n]*", text[end:])
