"""The grammar of one `%{matcher:extract:filter}` token: text -> Token."""

from __future__ import annotations

import re

from ddconf.pipelines.grok.errors import PatternError
from ddconf.pipelines.grok.tree import Argument, GrokFunction, Path, Token

_BLANKS = re.compile(r"\s*")
_NAME = re.compile(r"[A-Za-z0-9_][\w.-]*", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])", re.ASCII)
_SEGMENT = re.compile(r"[\w@$-]+")
_QUOTED_SEGMENT = re.compile(r'\[\s*(?=")')
_NAMED_ARGUMENT = re.compile(r"[A-Za-z]\w*\s*[:=]\s*(?=true\b|false\b|\")")
_WORDS: dict[str, Argument] = {"true": True, "false": False, "null": None}
_CONTROL = str.maketrans({"n": "\n", "r": "\r", "t": "\t"})


def parse_token(pattern: str, start: int = 0) -> Token:
    """token := "%{" ["?>"] call [ ":" path [ ":" call ] ] "}"

    Raises PatternError. `%{x:}` extracts nothing; `%{x::filter}` extracts into the root.
    """
    return _Reader(pattern, start).token()


class _Reader:
    """A cursor over the pattern; each method reads one construct of the grammar."""

    def __init__(self, pattern: str, start: int) -> None:
        self.text, self.start, self.at = pattern, start, start + 2

    def token(self) -> Token:
        self.accept("?>")
        matcher = self.call("matcher")
        path: Path | None = None
        call: GrokFunction | None = None
        if self.accept(":"):
            path = self.path()
            if self.accept(":"):
                call = self.call("filter")
            elif not path:
                path = None
        if not self.accept("}"):
            raise self.unexpected()
        return Token(matcher, path, call, self.start, self.at)

    def call(self, what: str) -> GrokFunction:
        """call := name [ "(" [ argument { "," argument } ] ")" ]"""
        self.blanks()
        start = self.at
        name = self.match(_NAME)
        if not name:
            raise self.unexpected(f"expected the name of a {what}")
        args: list[Argument] = []
        if self.accept("("):
            while not self.accept(")"):
                if args and not self.accept(","):
                    raise self.unexpected("expected ',' or ')'")
                args.append(self.argument(what))
        if what == "filter":
            args = [_control_characters(item) if isinstance(item, str) else item for item in args]
        return GrokFunction(name, tuple(args), start, self.at)

    def argument(self, what: str) -> Argument:
        """argument := string | number | "true" | "false" | "null" | call"""
        self.blanks()
        if what == "filter":
            self.match(_NAMED_ARGUMENT)
        if self.text.startswith('"', self.at):
            return self.string()
        if number := self.match(_NUMBER):
            return int(number) if number.lstrip("+-").isdecimal() and len(number) < 19 else float(number)
        call = self.call(what)
        return _WORDS[call.name] if call.name in _WORDS and not call.args else call

    def string(self) -> str:
        r"""string := '"' { any character but '"' and '\' | '\"' | '\\' } '"'"""
        opened = self.at
        characters: list[str] = []
        self.at += 1
        while self.at < len(self.text):
            character = self.text[self.at]
            if character == '"':
                self.at += 1
                return "".join(characters)
            if character == "\\":
                self.at += 1
                character = self.text[self.at : self.at + 1]
                if character not in ('"', "\\"):
                    raise self.bad_escape(character)
            characters.append(character)
            self.at += 1
        raise PatternError("this string is not closed", opened, len(self.text), 'a string ends with "')

    def bad_escape(self, character: str) -> PatternError:
        hint = f"write \\\\{character}: a backslash inside quotes is doubled"
        return PatternError(f"'\\{character}' is not an escape of a string", self.at - 1, self.at + 1, hint)

    def path(self) -> Path:
        """path := [ segment { [ "." ] segment } ]; segment := letters, digits, "_-@$" or '["any text"]'"""
        segments: list[str] = []
        self.blanks()
        while True:
            if self.match(_QUOTED_SEGMENT):
                segments.append(self.string())
                if not self.accept("]"):
                    raise self.unexpected("expected ']'")
            elif segment := self.match(_SEGMENT):
                segments.append(segment)
            elif segments:
                raise self.unexpected("expected a name after '.'")
            else:
                return ()
            if not self.text.startswith(("[", "."), self.at):
                return tuple(segments)
            self.accept(".")
            self.blanks()

    def match(self, expression: re.Pattern[str]) -> str:
        found = expression.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found[0] if found else ""

    def blanks(self) -> None:
        self.match(_BLANKS)

    def accept(self, literal: str) -> bool:
        self.blanks()
        found = self.text.startswith(literal, self.at)
        self.at += len(literal) * found
        return found

    def unexpected(self, message: str = "expected ':' or '}'") -> PatternError:
        if self.at >= len(self.text):
            return PatternError("this token is not closed", self.start, len(self.text), "a token ends with }")
        return PatternError(f"{message}, found '{self.text[self.at]}'", self.at)


def _control_characters(argument: str) -> str:
    r"""In arguments of filters `\n`, `\r` and `\t` are control characters."""
    return re.sub(r"\\([nrt])", lambda match: match[1].translate(_CONTROL), argument)
