"""Tokens of one place in many lines as a piece of a grok rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ddconf.pipelines.induce.dates import date_format
from ddconf.pipelines.induce.heads import Line
from ddconf.pipelines.induce.names import name_of_key, name_of_value
from ddconf.pipelines.induce.tokens import PATTERNS, VALUES, LineToken

_PAIR = re.compile(r"(?:^|\s)[\w.-]+=(?:\"[^\"]*\"|\S*)")
_KEYED = re.compile(r"(?P<key>[A-Za-z][\w /-]*):\s+(?P<value>.*)")


_IN_WORDS = frozenset(".-")
_WHOLE_WORD = r"[\w.-]+"
"""A word before a sign that no word has, where nothing needs to be given back."""
BLANKS = r"(?>\s+)"
"""Blanks before a text that could take some of them: these are not given back."""
_CEF = re.compile(r"CEF:\d+(\|[^|]*){6}\|")
_CEF_FIELDS = ("vendor", "product", "version", "event", "name", "severity")
_CEF_PATTERN = (
    r"CEF:%{integer:cef.version}\|"
    + "".join(rf'%{{regex("[^|]*"):cef.device_{field}}}\|' for field in _CEF_FIELDS)
    + "%{data:cef.extension}"
)
"""ArcSight's Common Event Format, which many appliances write."""


def literal(text: str) -> str:
    """Text that stands for itself in a rule; blanks for one or more of them."""
    pieces = re.split(r"(\s+)", text)
    return "".join(r"\s+" if piece.isspace() else _escaped(piece) for piece in pieces)


def _escaped(text: str) -> str:
    return re.sub(r"[\\^$.|?*+()\[\]{}<>]", lambda found: f"\\{found[0]}", text)


def matcher(kind: str, texts: Sequence[str], name: str) -> str:
    """The typed matcher of a value."""
    if kind == "ip":
        return f"%{{ip:{name}}}"
    if kind in ("number", "epoch_time"):
        return f"%{{number:{name}}}"
    if kind == "level" and name == "level":
        return "%{_level}"
    if kind == "quoted":
        return f"%{{doubleQuotedString:{name}}}"
    if kind.endswith("time") and (form := date_format(texts)):
        return f'%{{date("{form}"):{name}}}'
    return _regex(PATTERNS[kind], name)


def support_of(patterns: Iterable[str]) -> list[tuple[str, str]]:
    """The support rules that `matcher` has named in these patterns."""
    named = any("%{_level}" in pattern for pattern in patterns)
    return [("_level", _regex(PATTERNS["level"], "level"))] if named else []


def text_until(sign: str, name: str) -> str:
    """The matcher of a text that ends before a blank, or before another sign."""
    if sign.isspace():
        return f"%{{notSpace:{name}}}"
    return _regex(rf"[^\s\{sign}]+", name)


def _regex(pattern: str, name: str) -> str:
    escaped = pattern.replace("\\", "\\\\").replace('\\\\"', '"').replace('"', '\\"')
    return f'%{{regex("{escaped}"):{name}}}'


def pattern_of(lines: Sequence[Line], taken: set[str]) -> str:
    """The rule of lines with the same keys: a matcher where texts are values or differ."""
    pieces = []
    first = lines[0]
    for index, token in enumerate(first):
        texts = [line[index].text for line in lines]
        if token.kind == "blank":
            pieces.append(BLANKS if index == len(first) - 1 else r"\s+")
        elif token.kind in VALUES or _varies(token, texts):
            name = name_of_value(first[:index], token, taken)
            following = first[index + 1].text[0] if index + 1 < len(first) else ""
            joins = token.kind == "word" and following not in _IN_WORDS
            pieces.append(_regex(_WHOLE_WORD, name) if joins else matcher(token.kind, texts, name))
        else:
            pieces.append(literal(token.text))
    return "".join(pieces)


def _varies(token: LineToken, texts: Sequence[str]) -> bool:
    if token.kind != "word":
        return False
    return len(set(texts)) > 1 or any(map(str.isdigit, token.text))


def structured(body: str) -> str:
    """The pattern of a body that names its values itself: JSON, `k=v` or `Key: value`; empty for others."""
    if _CEF.match(body):
        return _CEF_PATTERN
    if body.startswith("{") and body.rstrip().endswith("}"):
        return r'%{regex("\\{.*\\}")::json}'
    pairs = _PAIR.findall(body)
    if len(pairs) >= 3 and body.startswith(pairs[0].strip()):
        return r'%{regex("[\\w.-]+=.*")::keyvalue}'
    return _keyed(body)


def _keyed(body: str) -> str:
    """`Users: a, Source IP: b` with a matcher for each value; a text before the first key stands as it is."""
    before, parts = "", body.split(", ")
    if found := re.match(r"[a-z ]+: (?=[A-Z][\w ]*: )", body):
        before, parts = found[0], body[found.end() :].split(", ")
    read = [_KEYED.fullmatch(part) for part in parts]
    if len(parts) < 3 or not all(read):
        return ""
    keys = [item["key"] for item in read if item]
    values = [f'{literal(key)}:{BLANKS}%{{regex("[^,]*"):{name_of_key(key)}}}' for key in keys]
    last = f"{literal(keys[-1])}:{BLANKS}%{{data:{name_of_key(keys[-1])}}}"
    return literal(before) + r",\s+".join([*values[:-1], last])
