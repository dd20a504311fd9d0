"""The regular expressions behind the matchers, in Java syntax."""

from __future__ import annotations

DATA, GREEDY_DATA, NOT_SPACE, WORD = ".*?", ".*", r"\S+", r"\b\w+\b"

INTEGER = r"[+-]?\d+"
NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"
EXPONENT = r"(?:[eE][+-]?\d+)?"

DOUBLE_QUOTED, SINGLE_QUOTED = r'"[^"]*"', r"'[^']*'"

_HEX = "[0-9A-Fa-f]"
_OCTET = r"(?:[01]\d{0,2}|2(?:[0-4]\d?|5[0-5]?|[6-9])?|[3-9]\d?)"
_DOTTED = rf"{_OCTET}(?:\.{_OCTET}){{3}}"
_LABEL = r"[0-9A-Za-z][\w-]{0,62}"

UUID = rf"{_HEX}{{8}}-(?:{_HEX}{{4}}-){{3}}{_HEX}{{12}}"
MAC = "|".join(
    (
        rf"(?:{_HEX}{{2}}:){{5}}{_HEX}{{2}}",
        rf"(?:{_HEX}{{2}}-){{5}}{_HEX}{{2}}",
        rf"(?:{_HEX}{{4}}\.){{2}}{_HEX}{{4}}",
    )
)
HOSTNAME = rf"{_LABEL}(?:\.{_LABEL})*\.?"
PORT = r"[1-9]\d{0,4}"
IPV4 = rf"(?<!\d){_DOTTED}(?!\d)"


def _ipv6() -> str:
    """All forms; each fixes the number of groups after `::`, so that a text has one reading only."""
    group = _HEX + "{1,4}"
    forms = [f"(?:{group}:){{6}}{_DOTTED}"]
    forms += [_before_gap(5 - after) + f"(?::{group}){{{after}}}:{_DOTTED}" for after in range(5, -1, -1)]
    forms += [f"(?:{group}:){{7}}{group}"]
    forms += [_before_gap(7 - after) + f"(?::{group}){{{after}}}" for after in range(7, 0, -1)]
    forms += [f"(?:{group}:){{1,7}}:", "::"]
    return rf"(?={_HEX}{{0,4}}:)(?:{'|'.join(forms)})(?:%\w{{1,15}})?"


def _before_gap(most: int) -> str:
    """Up to `most` groups and the first colon of `::`."""
    return f"(?:(?:{_HEX}{{1,4}}:){{1,{most}}}|:)" if most else ":"


IPV6 = _ipv6()
IP = f"{IPV4}|{IPV6}"

LOG_LEVEL = (
    "(?i:alert|trace|debug|notice|info(?:rmation)?|warn(?:ing)?|err(?:or)?|crit(?:ical)?"
    "|fatal|severe|emerg(?:ency)?)"
)
_DATE = r"\d{4}-(?:0[1-9]|1[0-2]|[1-9])-(?:0[1-9]|[12]\d|3[01]|[1-9])"
_TIME = r"(?:[01]?\d|2[0-3]):?[0-5]\d(?::?[0-5]?\d(?:[.,:]\d+)?)?"
TIMESTAMP_ISO8601 = rf"{_DATE}[T ]{_TIME}(?:Z|[+-]\d\d:?\d\d)?"
