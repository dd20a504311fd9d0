"""The heads that lines have in common: what stands before the texts begin to differ in their form."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ddconf.pipelines.induce.tokens import LineToken

_COMMON = 0.9
"""Share of the lines that must go on alike for a head to go on."""
Line = tuple[LineToken, ...]


def headed(lines: Sequence[Line], begin: int = 0) -> Iterator[tuple[int, list[Line]]]:
    """Groups of lines with the number of tokens of the head that each has in common."""
    depth = begin
    while True:
        following = Counter(line[depth].key if depth < len(line) else "" for line in lines)
        key, count = following.most_common(1)[0]
        if not key or count < _COMMON * len(lines) or len(lines) == 1:
            break
        if count < len(lines):
            others = [line for line in lines if depth >= len(line) or line[depth].key != key]
            lines = [line for line in lines if depth < len(line) and line[depth].key == key]
            yield from headed(others, depth)
        depth += 1
    if _is_head(lines[0][:depth]) or len(lines) == 1 or len(following) == 1:
        yield _until_break(lines[0], depth), list(lines)
        return
    parts: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        parts[line[depth].key if depth < len(line) else ""].append(line)
    for key, part in parts.items():
        yield from headed(part, depth + 1) if key else [(_until_break(part[0], depth), part)]


def _is_head(tokens: Sequence[LineToken]) -> bool:
    """Whether it says enough to tell lines of this head from others."""
    return any(token.kind.endswith("time") or token.kind in ("level", "ip") for token in tokens)


def _until_break(line: Line, depth: int) -> int:
    """A head ends after a blank, so that what follows begins with a word of its own."""
    while depth and line[depth - 1].kind != "blank":
        depth -= 1
    return depth
