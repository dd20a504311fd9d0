"""What a template consists of; positions count characters from the start of the template."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LiteralText:
    text: str


@dataclass(frozen=True, slots=True)
class VariableTag:
    """`{{host.name}}`, or `{{{host.name}}}`, which is not escaped."""

    name: str
    escaped: bool
    position: int


@dataclass(frozen=True, slots=True)
class TemplateFunction:
    """`{{eval "value * 2"}}`, `{{local_time 'last_triggered_at' 'Asia/Tokyo'}}`."""

    name: str
    arguments: tuple[Argument, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Block:
    """`{{#is_match "env" "prod"}}body{{else}}otherwise{{/is_match}}`; `{{^x}}` has `inverted`."""

    name: str
    arguments: tuple[Argument, ...]
    inverted: bool
    body: tuple[Node, ...]
    otherwise: tuple[Node, ...]
    position: int


Node = LiteralText | VariableTag | TemplateFunction | Block
Argument = str | TemplateFunction
"""A text in quotes or a bare word; or a call in parentheses."""
