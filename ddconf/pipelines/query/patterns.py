"""From words, phrases and wildcards of a search query to regular expressions."""

from __future__ import annotations

import re

from ddconf.pipelines.query.tree import ANY, Literal, Phrase, Term, Wildcard


def word_patterns(node: Term | Phrase | Wildcard) -> tuple[re.Pattern[str], ...]:
    """What must be found in a text: each word, the phrase, or the word with wildcards."""
    if isinstance(node, Term):
        sources = [whole_word(re.escape(word), word) for word in node.text.split()]
    elif isinstance(node, Phrase):
        sources = [whole_word(r"\s+".join(map(re.escape, node.text.split())), node.text.strip())]
    else:
        sources = [whole_word(word_pattern(node.pieces), node.pattern)]
    return tuple(re.compile(source, re.IGNORECASE) for source in sources)


def whole_word(source: str, text: str) -> str:
    """A pattern that finds the text where no word goes on at either end; a wildcard there may go on."""
    before = r"(?<!\w)" if re.match(r"\w", text) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", text) else ""
    return f"{before}{source}{after}"


def word_pattern(pieces: tuple[Literal | str, ...]) -> str:
    """A pattern for a part of the message; wildcards at its ends add nothing to a search."""
    return joined([part for part in parts(pieces, r"\S") if part] or [""], r"\S")


def glob_pattern(pieces: tuple[Literal | str, ...]) -> str:
    """A pattern for a whole value."""
    return joined(parts(pieces, "."), ".")


def parts(pieces: tuple[Literal | str, ...], one: str) -> list[str]:
    """Patterns of what stands between the `*` of a wildcard."""
    found = [""]
    for piece in pieces:
        if piece == ANY:
            found.append("")
        else:
            found[-1] += re.escape(piece.text) if isinstance(piece, Literal) else one
    return found


def joined(patterns: list[str], any_character: str) -> str:
    """The patterns with anything between; atomic groups keep it linear, as the first find is always right."""
    first, *middle = patterns
    if not middle:
        return first
    gaps = "".join(f"(?>{any_character}*?{pattern})" for pattern in middle[:-1])
    return f"{first}{gaps}{any_character}*{middle[-1]}"
