"""Put live values into a definition without losing the references that still say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from ddconf.document import JSON, canonical

_VARIABLE = re.compile(r"(?<!\$)\$\{\s*(?:var|each)\.[^{}]*\}")
_WORD = re.compile(r"\w+|\W")


def weave(written: JSON, meant: JSON, live: JSON) -> JSON:
    """`live` as a person would have edited `written`, whose references resolved are `meant`.

    Where the live value is what was meant, the text that was written stays; within a text that changed, its
    references stay as far as their values do. 95 stays 95 where Datadog answers 95.0.
    """
    if canonical(meant) == canonical(live) or (_are_numbers(meant, live) and meant == live):
        return written
    if isinstance(written, dict) and isinstance(meant, dict) and isinstance(live, dict):
        return {
            key: weave(written[key], meant[key], value) if key in written and key in meant else value
            for key, value in live.items()
        }
    if isinstance(written, list) and isinstance(meant, list) and isinstance(live, list):
        return _items(written, meant, live)
    if isinstance(written, str) and isinstance(meant, str) and isinstance(live, str) and "${" in written:
        return _text(written, meant, live)
    return live


def _are_numbers(*values: JSON) -> bool:
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def _items(written: list[JSON], meant: list[JSON], live: list[JSON]) -> list[JSON]:
    before, after = [canonical(item) for item in meant], [canonical(item) for item in live]
    result: list[JSON] = []
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            result += written[start:end]
        elif tag == "replace" and end - start == last - first:
            result += [
                weave(*three)
                for three in zip(written[start:end], meant[start:end], live[first:last], strict=True)
            ]
        else:
            result += live[first:last]
    return result


def _text(written: str, meant: str, live: str) -> str:
    """The live text with each reference whose value stands where it stood: in what did not change."""
    parts: list[str] = []
    end = 0
    moved = list(_unchanged(meant, live))
    for start, stop, reference in _references(written, meant):
        for begin, finish, shift in moved:
            if begin <= start and stop <= finish and start + shift >= end and start < stop:
                parts += [live[end : start + shift], reference]
                end = stop + shift
                break
    return "".join((*parts, live[end:]))


def _references(written: str, meant: str) -> Iterator[tuple[int, int, str]]:
    """The variables of a text, each with the part of `meant` that is its value; none if that is ambiguous.

    A variable that stands in the text twice has the same value twice.
    """
    lazy = greedy = ""
    groups: dict[str, str] = {}
    order: list[tuple[str, str]] = []
    end = 0
    for match in _VARIABLE.finditer(written):
        group, literal = f"g{len(order)}", re.escape(written[end : match.start()])
        again = f"(?P<{group}>(?P={groups[match[0]]}))" if match[0] in groups else ""
        lazy += literal + (again or f"(?P<{group}>.*?)")
        greedy += literal + (again or f"(?P<{group}>.*)")
        groups.setdefault(match[0], group)
        order.append((group, match[0]))
        end = match.end()
    rest = re.escape(written[end:])
    shortest, longest = (re.fullmatch(one + rest, meant, re.DOTALL) for one in (lazy, greedy))
    if shortest and longest and shortest.regs == longest.regs:
        for group, reference in order:
            yield (*shortest.span(group), reference)


def _unchanged(before: str, after: str) -> Iterator[tuple[int, int, int]]:
    """The parts of `before` that are in `after` too: from, to, and by how much they moved."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    starts_old, starts_new = _starts(old), _starts(new)
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        first, last = starts_old[block.a], starts_old[block.a + block.size]
        yield first, last, starts_new[block.b] - first


def _starts(words: list[str]) -> list[int]:
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    return starts
