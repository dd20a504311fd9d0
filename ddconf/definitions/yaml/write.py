"""Plain JSON values -> readable YAML that reads back exactly the same; the last step of `export`.

Text of several lines becomes a block, nothing is folded, and text that another YAML reader could take for
something else (`on`, `010`, `12:30`) stands in quotes.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from math import isfinite
from typing import Any

from ddconf.address import Address
from ddconf.document import JSON, Document

_ODD = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
_START = rf"[^\s!\"#%&'*,\-:<=>?@\[\]`{{|}}~{_ODD}]"
_PLAIN = re.compile(rf"{_START}[^:#\s{_ODD}]*(?:(?::(?=\S)| +(?=[^ #])|(?<=[^ ])#)[^:#\s{_ODD}]*)*")
_AMBIGUOUS = re.compile(
    r"true|false|yes|no|on|off|y|n|null|[-+]?[0-9.][0-9a-f_.,:+txoz -]*|\.\.\..*|[-+]?\.(?:inf|nan)",
    re.IGNORECASE,
)
_ESCAPE = re.compile(rf"[{_ODD}]")
_LEAD = re.compile(r"[ \t\n]")
_LONGEST_KEY = 500
_PLACE = "layout"
"""The key of a mapping that is written on one line: where a widget stands."""
_FLOW_KEY = re.compile(r"\w{1,40}")
_WORDS = {True: "true", False: "false", None: "null"}


def dump(value: JSON) -> str:
    """YAML text of a value, with a newline at the end; keys stay in their order."""
    if value and isinstance(value, dict | list):
        return below(value, 0)
    out: list[str] = []
    _Writer(out).value(value, "---", "")
    return "".join(out)


def definition(address: Address, document: Document, comment: str = "") -> str:
    """The text of one definition, as it stands in a file of its own; the comment stands above its name."""
    text = dump({address.kind: {address.name: document}})
    if not comment:
        return text
    head, body = text.split("\n", 1)
    return f"{head}\n  # {comment}\n{body}"


def scalar(value: JSON) -> str:
    """How a value other than a filled list or mapping is written on one line."""
    if value is None or isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, float):
        if not isfinite(value):
            raise ValueError(f"{value} is not a JSON number")
        text = repr(value)
        return text if "." in text else text.replace("e", ".0e")  # without a dot YAML 1.1 takes it for text
    if isinstance(value, str):
        return _text(value)
    return str(value) if isinstance(value, int) else "{}" if isinstance(value, dict) else "[]"


def below(value: Document | list[JSON], column: int) -> str:
    """The lines of a filled list or mapping, indented."""
    out: list[str] = []
    writer = _Writer(out)
    if isinstance(value, dict):
        writer.mapping(value, " " * column)
    else:
        writer.sequence(value, " " * column)
    return "".join(out)


def flow(value: JSON) -> str:
    """A value on one line, as inside braces."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow_key(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return quoted(value) if isinstance(value, str) else scalar(value)


def _on_one_line(value: JSON) -> str:
    """`{x: 0, "y": 0, width: 4, height: 2}`; empty for what is not a mapping of numbers."""
    if not value or not isinstance(value, dict) or not all(type(item) is int for item in value.values()):
        return ""
    text = ", ".join(f"{_text(key)}: {item}" for key, item in value.items())
    return f"{{{text}}}" if all(_FLOW_KEY.fullmatch(key) for key in value) else ""


def _flow_key(key: str) -> str:
    name = quoted(key)
    return name if len(name) <= _LONGEST_KEY else f"? {name} "


@lru_cache(maxsize=4096)
def _text(text: str) -> str:
    """A text on one line, plain if that is safe; keys and values repeat, so the answers are kept."""
    if _PLAIN.fullmatch(text) and not _AMBIGUOUS.fullmatch(text):
        return text
    if "'" in text or _ESCAPE.search(text) or "\n" in text or "\t" in text or not text:
        return quoted(text)
    return f"'{text}'" if "\\" in text or '"' in text else f'"{text}"'


def quoted(text: str) -> str:
    """A text in double quotes, which can hold any."""
    return _ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def block(text: str, indent: str) -> str | None:
    """A text of several lines as a block below a key at `indent`; None where a block cannot hold it."""
    if "\n" not in text or not text.strip() or _ESCAPE.search(text):
        return None
    chomp = "-" if text[-1] != "\n" else "+" if text.endswith("\n\n") else ""
    explicit = "2" if _LEAD.match(text) else ""
    lines = text.removesuffix("\n").split("\n")
    body = "".join(f"{indent}  {line}\n" if line else "\n" for line in lines)
    return f"|{explicit}{chomp}\n{body}"


class _Writer:
    """Writes values one below the other; `lead` is what stands before a value on its line."""

    def __init__(self, out: list[str]) -> None:
        self.write = out.append

    def value(self, value: JSON, lead: str, indent: str) -> None:
        """A value after a key or a dash; `indent` is that of the key or dash."""
        kind: Any = value.__class__
        if kind is str:
            text = block(value, indent) or f"{_text(value)}\n"
            self.write(f"{lead} {text}")
        elif value and kind is dict:
            self.write(f"{lead}\n")
            self.mapping(value, indent + "  ")
        elif value and kind is list:
            self.write(f"{lead}\n")
            self.sequence(value, indent + "  ")
        else:
            self.write(f"{lead} {scalar(value)}\n")

    def mapping(self, value: Document, indent: str, lead: str | None = None) -> None:
        write = self.write
        lead = indent if lead is None else lead
        for key, item in value.items():
            name = _text(key)
            if len(name) > _LONGEST_KEY:
                write(f"{lead}? {name}\n")
                self.value(item, f"{indent}:", indent)
            elif item.__class__ is str and "\n" not in item:
                write(f"{lead}{name}: {_text(item)}\n")
            elif key == _PLACE and (place := _on_one_line(item)):
                write(f"{lead}{name}: {place}\n")
            else:
                self.value(item, f"{lead}{name}:", indent)
            lead = indent

    def sequence(self, value: list[JSON], indent: str, lead: str | None = None) -> None:
        inner = indent + "  "
        lead = indent if lead is None else lead
        for item in value:
            if item and item.__class__ is dict:
                self.mapping(item, inner, f"{lead}- ")
            elif item and item.__class__ is list:
                self.sequence(item, inner, f"{lead}- ")
            else:
                self.value(item, f"{lead}-", indent)
            lead = indent
