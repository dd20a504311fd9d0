"""What a run prints can come from anybody: nothing of it may command a terminal or a CI runner.

Objects, files and answers are written by other people. Control characters and marks that reverse the order
of text are printed as escapes, in a form that JSON and YAML read back as the same character. On GitHub's
runners, lines that would be workflow commands are defused too.
https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:  # a warm `validate` loads this file, and takes a fifth longer with `typing`
    from typing import Any

_PLAIN = re.compile(r"[\n\t\x20-\x7e]*")
_COLOR = re.compile(r"(\x1b\[(?:0|1|3[0-7]|9[0-7])m)")
"""The codes that ddconf writes itself; none of them hides text."""
_HIDDEN = frozenset(("Cc", "Cf", "Zl", "Zp", "Cs", "Co"))
_KEPT = frozenset(("\n", "\t", "\u200d"))
"""The joiner makes emoji."""
_COMMAND = re.compile(r"(?m)^([^\S\n]*):")
"""One colon is enough: the second may come with the next write."""
_OLD_COMMAND = "##["


class SafeOutput:
    """A text stream that prints what it gets without what others would obey; `raw` is the stream below."""

    def __init__(self, raw: Any, *, in_actions: bool) -> None:
        self.raw = raw
        self._in_actions = in_actions
        self._line = ""
        """What stands on the last line so far."""

    def write(self, text: str) -> int:
        if not _PLAIN.fullmatch(text):
            text = escape_controls(text)
        if self._in_actions:
            text = defuse_commands(text, self._line)
        self._line = (self._line + text).rpartition("\n")[2]
        self.raw.write(text)
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.raw, name)


def escape_controls(text: str) -> str:
    """Control characters, but for ends of lines and colours, as `\\u001b`."""
    pieces = _COLOR.split(text)
    return "".join(piece if number % 2 else _escaped(piece) for number, piece in enumerate(pieces))


def _escaped(text: str) -> str:
    import json
    import unicodedata

    return "".join(
        json.dumps(char)[1:-1] if char not in _KEPT and unicodedata.category(char) in _HIDDEN else char
        for char in text
    )


def defuse_commands(text: str, line: str = "") -> str:
    """The text with a mark in front of what GitHub's runner would take for a command.

    `line` is what stands before it on its first line.
    """
    text = (line + text).replace(_OLD_COMMAND, "##\\u005b")[len(line) :]
    if not line.strip():
        return _COMMAND.sub(r"\1\\:", text)
    first, end, rest = text.partition("\n")
    return first + end + _COMMAND.sub(r"\1\\:", rest)


@contextmanager
def guarded_output() -> Iterator[None]:
    """Standard output and error for the time of a run."""
    before = sys.stdout, sys.stderr
    in_actions = os.environ.get("GITHUB_ACTIONS") == "true"
    sys.stdout, sys.stderr = (SafeOutput(stream, in_actions=in_actions) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def unguarded(stream: Any) -> Any:
    """The stream itself, for what ddconf means as a command to the terminal or the runner."""
    return getattr(stream, "raw", stream)
