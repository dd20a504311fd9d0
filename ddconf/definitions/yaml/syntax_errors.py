"""What the YAML parser complains of, in the user's words; used by yaml.py alone."""

from __future__ import annotations

import re

import yaml

from ddconf.errors import Diagnostic, Source

# A text: to compile it takes 5 ms, and few files need it.
_ODD = r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
SEPARATORS = "\x85\u2028\u2029"
_QUOTE = "put the text in single quotes"
_REFERENCE = 'inside brackets a reference stands in quotes: "${...}"'

_KEY_AND_TEXT = r"\w+(?: [^:#]*)?"
"""A line that would be a key and its value, had it a colon."""

MAX_DEPTH = 100
"""More is refused, so that whatever walks a document may call itself."""
TOO_DEEP = (f"values are nested more than {MAX_DEPTH} deep", "this is hardly a definition")

# What the parser says -> what to say, and the hint.
_PROBLEMS = {
    "mapping values are not allowed": (
        "a ':' that starts a value is not allowed here",
        "check the indentation; text that holds ': ' goes in single quotes",
    ),
    "found unknown escape character": (
        "this backslash escape does not exist",
        "in double quotes write \\\\ for a backslash, or use single quotes, where it is plain text",
    ),
    "invalid Unicode character escape": (
        "this escape is not a Unicode character",
        "write the character itself, or \\UXXXXXXXX",
    ),
    "did not find expected ',' or ']'": ("a ',' or ']' is missing here", "the list opened at {context}"),
    "did not find expected ',' or '}'": ("a ',' or '}' is missing here", "the mapping opened at {context}"),
    "found unexpected end of stream": (
        "the text in quotes that starts here never ends",
        "add the closing quote",
    ),
    "found unexpected document indicator": (
        "the text in quotes that starts here never ends",
        "add the closing quote",
    ),
    "could not find expected ':'": (
        "a ':' is missing after this key",
        "write 'key: value'; the lines of a longer text go under 'key: |', indented",
    ),
    "did not find expected key": (
        "a key is expected here",
        "check the indentation, and what follows a closing quote, on this line and the one above",
    ),
    "did not find expected '-' indicator": (
        "a list item '- ' is expected here",
        "a list and keys cannot be mixed at one indentation",
    ),
    "did not find expected <document start>": (
        "nothing may follow here",
        "check the indentation, or start another document with '---'",
    ),
    "block sequence entries are not allowed": (
        "a list item '- ' is not allowed here",
        "start the list on a line of its own",
    ),
    "did not find expected alphabetic": ("a name is missing after '&' or '*'", _QUOTE + " if it is text"),
    "did not find expected node content": ("a value is expected here", "check the brackets and commas"),
    "exceeded maximum nesting depth": TOO_DEEP,
    "found duplicate %YAML directive": ("%YAML stands twice", "remove one"),
}


def diagnose(error: yaml.YAMLError, text: str, file: str) -> Diagnostic:
    """The diagnostic of an error that the parser raised."""
    if isinstance(error, yaml.reader.ReaderError):
        return odd_character(text, file)
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Diagnostic("this is not YAML", Source(file, 1, 1))
    problem, mark = error.problem or "", error.problem_mark
    if "cannot start any token" in problem:
        return _token(text, Source(file, mark.line + 1, mark.column + 1))
    if "mapping values are not allowed" in problem and (cause := _cause(text, file, mark.line)):
        return cause
    context = error.context_mark
    if context and ("found unexpected" in problem or "expected ':'" in problem):
        mark = context
    message, hint = next(
        (words for said, words in _PROBLEMS.items() if said in problem),
        (problem + (f" {error.context}" if error.context else ""), ""),
    )
    if "expected ','" in problem and "${" in _line(text, mark.line)[: mark.column + 1]:
        hint = _REFERENCE
    elif context:
        hint = hint.replace("{context}", f"{context.line + 1}:{context.column + 1}")
    return Diagnostic(message, _inside(text, file, mark.line, mark.column), hint)


def _cause(text: str, file: str, number: int) -> Diagnostic | None:
    """Why a key's ':' is refused: the line before it has lost its own, or has a no-break space behind it."""
    line, before = _line(text, number), _line(text, number - 1) if number else ""
    for at, one in ((number - 1, before), (number, line)):
        if (column := one.find("\xa0")) >= 0:
            hint = "replace it by a space"
            return Diagnostic("a no-break space stands here", Source(file, at + 1, column + 1), hint)
    indent = len(before) - len(before.lstrip())
    if not re.fullmatch(_KEY_AND_TEXT, before.strip()) or indent != len(line) - len(line.lstrip()):
        return None
    column = indent + len(before.split()[0]) + 1
    hint = "write 'key: value'; the lines of a longer text go under 'key: |', indented"
    return Diagnostic("a ':' is missing after this key", Source(file, number, column), hint)


def odd_character(text: str, file: str) -> Diagnostic:
    """The first character that YAML text may not hold."""
    match = re.search(_ODD, text) or re.search(f"[{SEPARATORS}]", text)
    offset = match.start() if match else 0
    return Diagnostic(
        f"the character U+{ord(text[offset]):04X} is not allowed here" if text else "there is no text",
        place(text, offset, file),
        f'in double quotes write it as "\\u{ord(text[offset]):04X}"' if text else "",
    )


def place(text: str, offset: int, file: str) -> Source:
    """Line and column of an offset."""
    start = text.rfind("\n", 0, offset) + 1
    return Source(file, text.count("\n", 0, offset) + 1, offset - start + 1)


def _token(text: str, source: Source) -> Diagnostic:
    character = _line(text, source.line - 1)[source.column - 1 : source.column]
    if character == "\t":
        return Diagnostic("a tab cannot indent", source, "indent with spaces")
    return Diagnostic(f"text cannot start with {character!r}", source, _QUOTE)


def _line(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number] if number < len(lines) else ""


def _inside(text: str, file: str, line: int, column: int) -> Source:
    """The end of the text is reported after its last character, not on a line that is not there."""
    lines = text.rstrip().split("\n")
    if line >= len(lines):
        return Source(file, len(lines), len(lines[-1]) + 1)
    return Source(file, line + 1, column + 1)
