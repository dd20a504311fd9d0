"""What is wrong with a malformed query, and where."""

from __future__ import annotations

from ddconf.errors import DdconfError, Diagnostic, Source


class QueryError(DdconfError):
    """A malformed query; `offset` and `length` are in characters, `snippet` shows the place with a caret."""

    def __init__(self, text: str, offset: int, message: str, hint: str = "", length: int = 1) -> None:
        self.text, self.offset, self.length = text, offset, length
        before = text[:offset]
        line, column = before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
        super().__init__(Diagnostic(message, Source("query", line, column), hint, length=length))

    @property
    def snippet(self) -> str:
        """The line of the mistake and a caret below it."""
        start = self.text.rfind("\n", 0, self.offset) + 1
        line = self.text[start:].split("\n", 1)[0]
        return f"{line}\n{' ' * (self.offset - start)}{'^' * max(1, self.length)}"
