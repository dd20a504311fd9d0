"""Reading a template, and everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ddconf.alerting.messages.checks import wrong_block, wrong_call
from ddconf.alerting.messages.tree import Argument, Block, LiteralText, Node, TemplateFunction, VariableTag
from ddconf.errors import DdconfError, Diagnostic

_OPENING = re.compile(r"\{\{\{\{|\{\{\{|\{\{!|\{\{|\}\}")
_WORD = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|(\()|([^\s"'()]+))""")
_EXTRA = "unbalanced braces, found an extra }"
"""Datadog's own words."""
_FUNCTIONS = frozenset({"eval", "local_time", "urlencode", "override_priority"})


@dataclass(frozen=True, slots=True)
class TemplateMistake:
    """What is wrong in a template, and how many characters before it."""

    message: str
    position: int
    hint: str = ""


def parse(template: str) -> tuple[Node, ...]:
    """Raises DdconfError with every mistake of the template."""
    reader = _read(template)
    if reader.mistakes:
        raise DdconfError(*(Diagnostic(item.message, hint=item.hint) for item in reader.mistakes))
    return tuple(reader.levels[0].nodes)


def read(template: str) -> tuple[Node, ...]:
    """The nodes of a template as far as they can be understood: a mistaken part renders as nothing."""
    reader = _read(template)
    while len(reader.levels) > 1:
        reader.close(reader.levels[-1].name, len(template))
    return tuple(reader.levels[0].nodes)


def mistakes_in(template: str) -> tuple[TemplateMistake, ...]:
    return tuple(sorted(_read(template).mistakes, key=lambda item: item.position))


def _read(template: str) -> _Reader:
    reader = _Reader(template)
    reader.run()
    return reader


@dataclass(slots=True)
class _Level:
    """A block whose end has not been reached; the template itself is the lowest."""

    name: str = ""
    arguments: tuple[Argument, ...] = ()
    inverted: bool = False
    position: int = 0
    nodes: list[Node] = field(default_factory=list)
    before_else: list[Node] | None = None


class _Reader:
    def __init__(self, template: str) -> None:
        self.template = template
        self.levels = [_Level()]
        self.mistakes: list[TemplateMistake] = []

    def run(self) -> None:
        at = 0
        while found := _OPENING.search(self.template, at):
            self._text(self.template[at : found.start()])
            at = self._tag(found[0], found.start(), found.end())
        self._text(self.template[at:])
        for level in self.levels[1:]:
            self._mistake(
                f"{{{{#{level.name}}}}} is never closed", level.position, f"end it with {{{{/{level.name}}}}}"
            )

    def _tag(self, opening: str, start: int, inside: int) -> int:
        """Reads one tag; returns where the text goes on."""
        if opening == "}}":
            self._text("}}")
            if self._is_extra(inside):
                self._mistake(_EXTRA, start)
            return inside
        if opening == "{{!":
            return self._comment(start, inside)
        if opening == "{{{{":
            return self._raw(start, inside)
        closing = "}" * len(opening)
        end = self.template.find(closing, inside)
        if end < 0:
            self._mistake(f"{opening} is never closed", start, f"end it with {closing}")
            return len(self.template)
        if opening == "{{{":
            self._add(VariableTag(self.template[inside:end].strip(), False, start))
        else:
            self._content(self.template[inside:end].strip(), start)
        after = end + len(closing)
        if self.template.startswith("}", after) and self._is_extra(after + 1):
            self._mistake(_EXTRA, after)
        return after

    def _is_extra(self, end: int) -> bool:
        """Is a brace closed that was never opened? JSON in a message has as many of both."""
        return self.template.count("{", 0, end) < self.template.count("}", 0, end)

    def _comment(self, start: int, inside: int) -> int:
        """`{{!-- a comment --}}` may hold braces, `{{!-- a comment }}` and `{{! a comment }}` may not."""
        long = self.template.find("--}}", inside)
        if self.template.startswith("--", inside) and long >= 0 and "{{" not in self.template[inside:long]:
            return long + 4
        end = self.template.find("}}", inside)
        if end < 0:
            self._mistake("the comment is never closed", start, "end it with --}}")
            return len(self.template)
        return end + 2

    def _raw(self, start: int, inside: int) -> int:
        """`{{{{raw}}}}...{{{{/raw}}}}`: what is inside is text, for a condition as well."""
        end = self.template.find("}}}}", inside)
        words = list(self._words(self.template[inside:end], start)) if end >= 0 else []
        name = str(words[0]) if words else ""
        closing = f"{{{{{{{{/{name}}}}}}}}}"
        stop = self.template.find(closing, end)
        if not name or stop < 0:
            self._mistake(f"{{{{{{{{{name}}}}}}}}} is never closed", start, f"end it with {closing}")
            return len(self.template)
        body = LiteralText(self.template[end + 4 : stop])
        if name == "raw":
            self._add(body)
        else:
            self._check(wrong_block(name, tuple(words[1:])), start)
            self._add(Block(name, tuple(words[1:]), False, (body,), (), start))
        return stop + len(closing)

    def _content(self, content: str, start: int) -> None:
        sign = content[:1]
        if sign in ("#", "^"):
            self._open(content[1:].strip(), sign == "^", start)
        elif sign == "/":
            self.close(content[1:].strip(), start)
        elif content == "else":
            self._else(start)
        else:
            self._value(content, start)

    def _open(self, content: str, inverted: bool, start: int) -> None:
        words = list(self._words(content, start))
        name = str(words[0]) if words else ""
        self._check(wrong_block(name, tuple(words[1:])), start)
        self.levels.append(_Level(name, tuple(words[1:]), inverted, start))

    def close(self, name: str, start: int) -> None:
        level = self.levels[-1]
        if len(self.levels) == 1:
            self._mistake(f"{{{{/{name}}}}} closes nothing", start)
            return
        if level.name != name:
            hint = f"{{{{#{level.name}}}}} is open here"
            self._mistake(f"{{{{/{name}}}}} closes another block", start, hint)
        self.levels.pop()
        body, otherwise = (level.nodes, []) if level.before_else is None else (level.before_else, level.nodes)
        block = Block(
            level.name, level.arguments, level.inverted, tuple(body), tuple(otherwise), level.position
        )
        self._add(block)

    def _else(self, start: int) -> None:
        level = self.levels[-1]
        if len(self.levels) == 1:
            self._mistake("{{else}} stands in no block", start)
        elif level.before_else is not None:
            self._mistake("a second {{else}} in one block", start)
        else:
            level.before_else, level.nodes = level.nodes, []

    def _value(self, content: str, start: int) -> None:
        words = list(self._words(content, start)) if not content.startswith("[") else [content]
        if len(words) == 1 and content not in _FUNCTIONS:
            self._add(VariableTag(content.strip("\"'"), True, start))
        elif words:
            call = TemplateFunction(str(words[0]), tuple(words[1:]), start)
            self._check(wrong_call(call.name, call.arguments), start)
            self._add(call)

    def _words(self, content: str, start: int) -> Iterator[Argument]:
        """The words of a tag: in quotes, bare, or a call in parentheses."""
        at, content = 0, content.rstrip()
        while at < len(content):
            found = _WORD.match(content, at)
            if found is None:
                self._mistake("the quote is never closed", start)
                return
            at = found.end()
            if not found[3]:
                yield next(word for word in (found[1], found[2], found[4]) if word is not None)
                continue
            end = content.find(")", at) if '"' not in content[at:] else content.find('")', at) + 1
            if end <= 0:
                self._mistake("the parenthesis is never closed", start)
                return
            name, *arguments = self._words(content[at:end], start)
            self._check(wrong_call(str(name), tuple(arguments)), start)
            yield TemplateFunction(str(name), tuple(arguments), start)
            at = end + 1

    def _check(self, wrong: tuple[str, str] | None, start: int) -> None:
        if wrong:
            self._mistake(wrong[0], start, wrong[1])

    def _mistake(self, message: str, position: int, hint: str = "") -> None:
        self.mistakes.append(TemplateMistake(message, position, hint))

    def _add(self, node: Node) -> None:
        self.levels[-1].nodes.append(node)

    def _text(self, text: str) -> None:
        if text:
            self._add(LiteralText(text))
