"""Character classes of Java regexes: sets that can be combined, written in Python syntax, and compared."""

from __future__ import annotations

from dataclasses import dataclass

from ddconf.pipelines.grok.tree import EVERYTHING, OTHER, Chars

LINE_ENDS = "\n\r\x85\u2028\u2029"


@dataclass(frozen=True, slots=True)
class CharSet:
    """`plain` is the inside of a Python class, or "" when only `source`, a whole expression, can say it.

    `single` is the character of a set that has only one.
    """

    plain: str
    mask: int
    source: str = ""
    single: str = ""

    def chars(self) -> Chars:
        return Chars(escape(self.single) if self.single else self.expression, self.mask, self.single)

    @property
    def expression(self) -> str:
        return self.source or f"[{self.plain}]"

    def __or__(self, other: CharSet) -> CharSet:
        mask = self.mask | other.mask
        if self.plain and other.plain:
            return CharSet(self.plain + other.plain, mask)
        return CharSet("", mask, f"(?:{self.expression}|{other.expression})")

    def __and__(self, other: CharSet) -> CharSet:
        return CharSet("", self.mask & other.mask, f"(?:(?={self.expression}){other.expression})")

    def __invert__(self) -> CharSet:
        # A set with some characters beyond ASCII has a complement with some, too: OTHER stays set.
        mask = (EVERYTHING & ~self.mask) | OTHER
        if self.plain:
            return CharSet("", mask, f"[^{self.plain}]")
        return CharSet("", mask, f"(?:(?!{self.expression})[\\s\\S])")


def one(character: str) -> CharSet:
    return CharSet(escape(character), bit(character), single=character)


def span(low: str, high: str) -> CharSet:
    first, last = ord(low), min(ord(high), 127)
    mask = sum(1 << code for code in range(first, last + 1)) | (OTHER if ord(high) > 127 else 0)
    return CharSet(f"{escape(low)}-{escape(high)}", mask)


def some(characters: str) -> CharSet:
    """The set of all these characters."""
    mask = 0
    for character in characters:
        mask |= bit(character)
    return CharSet("".join(map(escape, characters)), mask)


def bit(character: str) -> int:
    return 1 << ord(character) if character < "\x80" else OTHER


def escape(character: str) -> str:
    """A character as Python regex syntax, inside and outside of a class."""
    if character.isalnum() or character == "_" or character > "\x7f":
        return character
    return f"\\x{ord(character):02x}" if character < "!" or character == "\x7f" else "\\" + character


def ignoring_case(mask: int) -> int:
    """The mask with both cases of every letter in it."""
    upper, lower = sum(1 << code for code in range(65, 91)), sum(1 << code for code in range(97, 123))
    return mask | (mask & upper) << 32 | (mask & lower) >> 32


def _ranges(*pairs: str) -> CharSet:
    result = span(pairs[0][0], pairs[0][-1])
    for pair in pairs[1:]:
        result |= span(pair[0], pair[-1])
    return result


DIGIT = CharSet(r"\d", _ranges("09").mask, r"\d")
WORD = CharSet(r"\w", _ranges("09", "AZ", "az", "__").mask, r"\w")
SPACE = CharSet(r"\s", some(" \t\n\x0b\f\r").mask, r"\s")
_HORIZONTAL = some(" \t\xa0\u1680\u180e\u202f\u205f\u3000") | span("\u2000", "\u200a")
_VERTICAL = some("\n\x0b\f\r\x85\u2028\u2029")
_PUNCTUATION = _ranges("!/", ":@", "[`", "{~")

ESCAPES = {
    "d": DIGIT, "w": WORD, "s": SPACE, "h": _HORIZONTAL, "v": _VERTICAL,
    "D": CharSet(r"\D", (~DIGIT).mask, r"\D"), "W": CharSet(r"\W", (~WORD).mask, r"\W"),
    "S": CharSet(r"\S", (~SPACE).mask, r"\S"),
    "H": ~_HORIZONTAL, "V": ~_VERTICAL,
}  # fmt: skip

POSIX = {
    "Lower": _ranges("az"), "Upper": _ranges("AZ"), "ASCII": span("\0", "\x7f"), "Alpha": _ranges("AZ", "az"),
    "Digit": DIGIT, "Alnum": _ranges("09", "AZ", "az"), "Punct": _PUNCTUATION, "Graph": _ranges("!~"),
    "Print": _ranges(" ~"), "Blank": some(" \t"), "Cntrl": span("\0", "\x1f") | one("\x7f"),
    "XDigit": _ranges("09", "AF", "af"), "Space": SPACE,
}  # fmt: skip
"""The ASCII classes of `\\p{...}`."""

_CATEGORIES = (
    "L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No Z Zs Zl Zp C Cc Cf Co Cn P Pd Ps Pe Pc Po Pi Pf S Sm Sc Sk So"
)
_PROPERTIES = (
    "Alphabetic Letter Lowercase Uppercase Punctuation White_Space Latin Greek Cyrillic Arabic Hebrew Han"
)
UNICODE = {
    spelling: CharSet("", EVERYTHING, f"(?u:\\p{{{name}}})")
    for name in (_CATEGORIES + " " + _PROPERTIES).split()
    for spelling in (name, f"Is{name}")
}
"""The Unicode properties of `\\p{...}`; Python's `re` has none of them, the `regex` package has."""

NOT_LINE_END = ~some(LINE_ENDS)
