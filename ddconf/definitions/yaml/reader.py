"""YAML text -> plain JSON values with the position of every key and item: the first step of `load`.

Values are built straight from the events of PyYAML's C parser, several times faster than its own loader,
and by the rules of YAML 1.2 (see scalars.py). Keys are always text. A file in the plain style needs no
parser (see plain_style.py).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from sys import intern
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from ddconf.definitions.suggest import did_you_mean
from ddconf.definitions.yaml import plain_style
from ddconf.definitions.yaml.positions import Positions, mark, size
from ddconf.definitions.yaml.scalars import Scalars, plain
from ddconf.definitions.yaml.syntax_errors import MAX_DEPTH, SEPARATORS, TOO_DEEP, diagnose, odd_character
from ddconf.document import JSON, copy
from ddconf.errors import DdconfError, Diagnostic, Source

MAX_COPIES = 100_000
"""How many nodes all aliases of a file may stand for: ten lines of aliases can stand for billions."""

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TAG = "tag:yaml.org,2002:"
_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "null": (type(None),),
}
_OPEN = object()
_JSON_ESCAPE = re.compile(
    r"\\u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})"
    rf"|\\.|(?P<odd>[\x7f-\x9f{SEPARATORS}\ufeff\ufffe\uffff])"
)


def load(text: str, file: str, *, last_wins: bool = False) -> list[tuple[JSON, Positions]]:
    """The value of each document in the text, with its positions; raises DdconfError with every mistake.

    With `last_wins`, a key that stands twice is not a mistake: the later one counts.
    """
    return [(value, Positions(file, value, marks)) for value, marks in parse(text, file, last_wins=last_wins)]


def events(text: str) -> Callable[[], Any]:
    """Each call gives the parser's next event."""
    get_event: Callable[[], Any] = _Loader(text).get_event
    return get_event


def parse(text: str, file: str, *, last_wins: bool = False) -> list[tuple[JSON, array[int]]]:
    """As `load`, with bare marks, for what is kept in the cache."""
    text = as_yaml(text, file)
    if not last_wins and (found := plain_style.read(text)) is not None:
        return [found]
    return compose(text, file, last_wins=last_wins)


def compose(text: str, file: str, *, last_wins: bool = False) -> list[tuple[JSON, array[int]]]:
    """As `parse`, of YAML in any style."""
    if not text.isascii() and any(character in text for character in SEPARATORS):
        raise DdconfError(odd_character(text, file))
    diagnostics: list[Diagnostic] = []
    try:
        documents = _Composer(text, file, last_wins, diagnostics).documents()
    except yaml.YAMLError as error:
        diagnostics.append(diagnose(error, text, file))
    except UnicodeEncodeError:
        diagnostics.append(odd_character(text, file))
    if diagnostics:
        raise DdconfError(*diagnostics)
    return documents


def as_yaml(text: str, file: str) -> str:
    """The text of a JSON file as the YAML parser can read it; any other text as it is."""
    return _JSON_ESCAPE.sub(_yaml_escape, text) if file.endswith(".json") else text


def _yaml_escape(match: re.Match[str]) -> str:
    """JSON's escapes and bare characters that the YAML parser does not know, in its own spelling."""
    if match["odd"]:
        return f"\\u{ord(match['odd']):04x}"
    if match["high"]:
        code = 0x10000 + ((int(match["high"], 16) & 0x3FF) << 10 | int(match["low"], 16) & 0x3FF)
        return f"\\U{code:08x}"
    return match[0]


class _Composer:
    """Takes events from the parser; `marks` grows by one for each key and item."""

    def __init__(self, text: str, file: str, last_wins: bool, diagnostics: list[Diagnostic]) -> None:
        self.file, self.last_wins, self.diagnostics = file, last_wins, diagnostics
        self.marks: list[int] = []
        self.scalars = Scalars()
        self.anchors: dict[str, Any] = {}
        self.depth = self.copies = 0
        self.next_event = events(text)

    def documents(self) -> list[tuple[JSON, array[int]]]:
        found = []
        while (event := self.next_event()).__class__ is not StreamEndEvent:
            if event.__class__ is DocumentStartEvent:
                event = self.next_event()
                self.anchors = {}
                self.marks = [mark(event.start_mark.line, event.start_mark.column)]
                value = self.value(event)
                found.append((value, array("Q", self.marks)))
        return found

    def value(self, event: Any) -> JSON:
        """The value that starts with this event."""
        kind = event.__class__
        if kind is AliasEvent:
            return self.alias(event)
        begin = len(self.marks)
        if event.anchor:
            self.anchors[event.anchor] = _OPEN
        value = self.scalar(event) if kind is ScalarEvent else self.collection(event)
        if event.anchor:
            self.anchors[event.anchor] = (value, self.marks[begin:])
        return value

    def collection(self, event: Any) -> JSON:
        is_mapping = event.__class__ is MappingStartEvent
        if event.tag not in (None, "!", _TAG + ("map" if is_mapping else "seq")):
            self.refuse_tag(event)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.stop(event, *TOO_DEEP)
        value = self.mapping() if is_mapping else self.sequence()
        self.depth -= 1
        return value

    def mapping(self) -> dict[str, JSON]:
        result: dict[str, JSON] = {}
        next_event, marks, scalars = self.next_event, self.marks, self.scalars
        begin, merged = len(marks), []
        while (event := next_event()).__class__ is not MappingEndEvent:
            start = event.start_mark
            key = intern(event.value) if event.__class__ is ScalarEvent else self.odd_key(event)
            if key == "<<" and event.implicit[0]:
                merged += self.merge(next_event())
                continue
            if key in result and self.last_wins:
                self.forget(key, result, begin)
            elif key in result or not key:
                self.refuse_key(key, result, begin, event)
                continue
            marks.append(mark(start.line, start.column))
            event = next_event()
            if event.__class__ is not ScalarEvent or event.anchor is not None or event.tag is not None:
                result[key] = self.value(event)
            elif not event.implicit[0]:
                result[key] = event.value
            else:
                try:
                    result[key] = scalars[event.value]
                except ValueError:
                    result[key] = self.scalar(event)
        for key, value, below in merged:
            if key not in result:
                result[key] = value
                marks += below
        return result

    def sequence(self) -> list[JSON]:
        result: list[JSON] = []
        next_event, marks = self.next_event, self.marks
        while (event := next_event()).__class__ is not SequenceEndEvent:
            marks.append(mark(event.start_mark.line, event.start_mark.column))
            result.append(self.value(event))
        return result

    def scalar(self, event: Any) -> JSON:
        tag, text = event.tag, event.value
        try:
            if tag is None or tag == "!":
                return self.scalars[text] if event.implicit[0] and tag is None else text
            return _tagged(tag, text)
        except KeyError:
            self.refuse_tag(event)
        except ValueError as error:
            self.mistake(event, str(error), "put it in quotes if it is text")
        return None

    def alias(self, event: Any) -> JSON:
        name = event.anchor
        found = self.anchors.get(name)
        if found is None:
            hint = did_you_mean(name, self.anchors, f"no '&{name}' stands above in this document", mark="*")
            return self.mistake(event, f"the alias '*{name}' has no anchor", hint)
        if found is _OPEN:
            return self.mistake(event, f"the anchor '&{name}' holds itself", "remove the alias")
        value, marks = found
        self.copies += 1 + len(marks)
        if self.copies > MAX_COPIES:
            self.stop(
                event,
                f"the aliases of this file stand for more than {MAX_COPIES:,} values",
                "write the text out, or use for_each",
            )
        self.marks += marks
        return copy(value)

    def merge(self, event: Any) -> list[tuple[str, JSON, list[int]]]:
        """The keys that `<<:` brings, each with its value and marks; the marks taken off again."""
        begin = len(self.marks)
        value = self.value(event)
        marks = self.marks[begin:]
        del self.marks[begin:]
        brought: list[tuple[str, JSON, list[int]]] = []
        offset = 0
        for mapping in value if isinstance(value, list) else [value]:
            offset += isinstance(value, list)
            if not isinstance(mapping, dict):
                self.mistake(event, "'<<' merges mappings only", "write '<<: *anchor' or '<<: [*one, *two]'")
                return []
            for key, item in mapping.items():
                end = offset + 1 + size(item)
                brought.append((key, item, marks[offset:end]))
                offset = end
        return brought

    def odd_key(self, event: Any) -> str:
        """The key where it is not written out: an alias of a text, or a mistake."""
        begin = len(self.marks)
        value = self.value(event)
        del self.marks[begin:]
        event.implicit = (False, True)
        if isinstance(value, str):
            return value
        self.mistake(event, "a key must be text", "a list or mapping cannot be a key")
        return ""

    def forget(self, key: str, result: dict[str, JSON], begin: int) -> None:
        """Take a key back that stands again further down."""
        begin = _offset(key, result, begin)
        del self.marks[begin : begin + 1 + size(result.pop(key))]

    def refuse_key(self, key: str, result: dict[str, JSON], begin: int, event: Any) -> None:
        """Say what is wrong with the key, and pass over its value."""
        if key:
            begin = _offset(key, result, begin)
            first = Positions(self.file, None, array("Q", self.marks[begin : begin + 1]))[()]
            hint = f"it already stands at {first}; remove or rename one"
            self.mistake(event, f"the key '{key}' stands twice", hint, len(key))
        elif event.__class__ is ScalarEvent:
            self.mistake(event, "a key is empty", "write the key before the ':'")
        marks = len(self.marks)
        self.value(self.next_event())
        del self.marks[marks:]

    def refuse_tag(self, event: Any) -> None:
        shown = event.tag.replace(_TAG, "!!", 1)
        self.mistake(
            event, f"the tag '{shown}' is not allowed", "definitions hold JSON values only", len(shown)
        )

    def mistake(self, event: Any, message: str, hint: str, length: int = 1) -> None:
        mark = event.start_mark
        source = Source(self.file, mark.line + 1, mark.column + 1)
        self.diagnostics.append(Diagnostic(message, source, hint, length=length))

    def stop(self, event: Any, message: str, hint: str) -> NoReturn:
        self.mistake(event, message, hint)
        raise DdconfError(*self.diagnostics)


def _offset(key: str, mapping: dict[str, JSON], begin: int) -> int:
    """The index of a key's mark, where the marks of the mapping begin at an index."""
    for earlier, value in mapping.items():
        if earlier == key:
            break
        begin += 1 + size(value)
    return begin


def _tagged(tag: str, text: str) -> JSON:
    """The value of a text with one of JSON's tags; raises KeyError for others, ValueError for a misfit."""
    name = tag.removeprefix(_TAG)
    fitting = _TYPES[name]
    value = text if name == "str" else plain(text)
    if type(value) not in fitting:
        raise ValueError(f"'{text}' does not fit the tag '!!{name}'")
    return float(text) if name == "float" else value
