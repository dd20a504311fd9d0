"""Layouts of logging frameworks: typed fields with a time or level among them, then a message of any text.

`2024-05-01 10:00:00,123 WARN [main] shop.Cart - nothing in it` has one, whatever the message says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from ddconf.pipelines.induce.heads import Line
from ddconf.pipelines.induce.names import name_of_value
from ddconf.pipelines.induce.patterns import BLANKS, literal, matcher, text_until
from ddconf.pipelines.induce.tokens import NAMED, VALUES, LineToken

_LONGEST = 40
_FEWEST_VALUES = 2
_IN_NAMES = frozenset("./-_$@#*")
_BEGINS_VALUE = frozenset("=\"{'")
"""Signs after which a text names its values itself: no field of a layout."""


def layouts(lines: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Patterns with the lines they were made of, those with most fields first."""
    by_key: defaultdict[tuple[str, ...], list[tuple[Line, Line]]] = defaultdict(list)
    for line in lines:
        joined = _joined(line)
        for end in _message_starts(joined):
            prefix = joined[:end]
            by_key[tuple(_key(token) for token in prefix)].append((prefix, line))
    told: set[tuple[Line, ...]] = set()
    for key in sorted(by_key, key=len, reverse=True):
        prefixes, made_of = zip(*by_key[key], strict=True)
        if made_of not in told:  # else a longer layout takes the same lines
            told.add(made_of)
            yield _pattern(prefixes), list(made_of)


def _joined(line: Line) -> Line:
    """Paths, loggers and the like as one token each."""
    found: list[LineToken] = []
    for in_name, run in groupby(line[: _LONGEST * 2], key=_within_name):
        tokens = list(run)
        if in_name and len(tokens) > 1 and any(token.kind != "other" for token in tokens):
            tokens = [LineToken("name", "".join(token.text for token in tokens))]
        found += tokens
    return tuple(found)


def _within_name(token: LineToken) -> bool:
    return token.kind in ("word", "path", "number") or token.text in _IN_NAMES


def _message_starts(line: Line) -> Iterator[int]:
    """Where a message may begin: after the last field before prose, and after signs before it."""
    depth = last = 0
    for index, token in enumerate(line[:_LONGEST]):
        depth = max(0, depth + (token.text in "([") - (token.text in ")]"))
        if token.text in _BEGINS_VALUE or token.kind == "quoted" or (not depth and _is_prose(line, index)):
            break
        if token.kind == "blank" and not depth and index and _ends_field(line[index - 1]):
            if line[index - 1].kind == "other" and _says_enough(line[: index + 1]):
                yield index + 1
            last = index + 1
    if last and line[last - 2].kind != "other" and _says_enough(line[:last]):
        yield last


def _says_enough(fields: Line) -> bool:
    """Whether a time or level and one more value are there."""
    values = [token for token in fields if token.kind in VALUES | NAMED]
    timed = any(token.kind.endswith("time") or token.kind == "level" for token in values)
    return timed and len(values) >= _FEWEST_VALUES


def _is_prose(line: Line, index: int) -> bool:
    """Whether a word is followed by a blank and a word in lower case."""
    if len(line) <= index + 2 or line[index + 1].kind != "blank":
        return False
    return line[index].text.isalpha() and line[index + 2].text.isalpha() and line[index + 2].text.islower()


def _ends_field(token: LineToken) -> bool:
    return token.kind not in NAMED or any(map(str.isdigit, token.text))


def _key(token: LineToken) -> str:
    return "<name>" if token.kind in NAMED else token.key


def _stands_for_itself(token: LineToken) -> bool:
    return token.text.isalpha() and token.text.islower()


def _pattern(prefixes: Sequence[Line]) -> str:
    first, taken, pieces = prefixes[0], {"text"}, []
    for index, token in enumerate(first):
        texts = [prefix[index].text for prefix in prefixes]
        if token.kind == "blank":
            pieces.append(BLANKS if index == len(first) - 1 else r"\s+")
        elif token.kind == "other" or (len(set(texts)) == 1 and _stands_for_itself(token)):
            pieces.append(literal(token.text))
        else:
            name = name_of_value(first[:index], token, taken)
            following = first[index + 1].text[0]
            kind_is_name = token.kind in NAMED
            pieces.append(text_until(following, name) if kind_is_name else matcher(token.kind, texts, name))
    return "".join(pieces) + "%{data:text}"
