"""Tokens of one place in many lines as a piece of a grok rule."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ddconf.pipelines.induce.heads import Line
from ddconf.pipelines.induce.names import name_of_key, name_of_value
from ddconf.pipelines.induce.tokens import PATTERNS, VALUES, LineToken

_PAIR = re.compile(r"(?:^|\s)[\w.-]+=(?:\"[^\"]*\"|\S*)")
_KEYED = re.compile(r"(?P<key>[A-Za-z][\w /-]*):\s+(?P<value>.*)")


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
    if kind == "number":
        return f"%{{number:{name}}}"
    if kind == "quoted":
        return f"%{{doubleQuotedString:{name}}}"
    pattern = PATTERNS[kind].replace("\\", "\\\\").replace('\\\\"', '"').replace('"', '\\"')
    return f'%{{regex("{pattern}"):{name}}}'


def pattern_of(lines: Sequence[Line], taken: set[str]) -> str:
    """The rule of lines with the same keys: a matcher where texts are values or differ."""
    pieces = []
    first = lines[0]
    for index, token in enumerate(first):
        texts = [line[index].text for line in lines]
        if token.kind == "blank":
            pieces.append(r"\s+")
        elif token.kind in VALUES or _varies(token, texts):
            pieces.append(matcher(token.kind, texts, name_of_value(first[:index], token, taken)))
        else:
            pieces.append(literal(token.text))
    return "".join(pieces)


def _varies(token: LineToken, texts: Sequence[str]) -> bool:
    if token.kind != "word":
        return False
    return len(set(texts)) > 1 or any(map(str.isdigit, token.text))


def structured(body: str) -> str:
    """The pattern of a body that names its values itself: JSON, `k=v` or `Key: value`; empty for others."""
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
    values = [f'{literal(key)}:\\s+%{{regex("[^,]*"):{name_of_key(key)}}}' for key in keys]
    last = f"{literal(keys[-1])}:\\s+%{{data:{name_of_key(keys[-1])}}}"
    return literal(before) + r",\s+".join([*values[:-1], last])
