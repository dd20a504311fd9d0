"""The matchers: which text each takes and what it is stored as.

https://docs.datadoghq.com/logs/log_configuration/parsing/#matcher-and-filter
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from ddconf.pipelines.grok.dates import date_matcher
from ddconf.pipelines.grok.emit import FLAGS, emit
from ddconf.pipelines.grok.errors import PatternError
from ddconf.pipelines.grok.java import parse_pattern
from ddconf.pipelines.grok.numbers import matched_double, matched_integer, to_integer
from ddconf.pipelines.grok.registry import ArgumentError, Clock, Example, Matched, matcher
from ddconf.pipelines.grok.tree import Choice, Node, Scope, Unambiguous

_INTEGER = r"[+-]?\d+"
_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"
_EXPONENT = r"(?:[eE][+-]?\d+)?"
_DOUBLE_QUOTED = r'"[^"]*"'
_SINGLE_QUOTED = r"'[^']*'"
_OCTET = r"(?:[01]\d{0,2}|2(?:[0-4]\d?|5[0-5]?|[6-9])?|[3-9]\d?)"
_DOTTED = rf"{_OCTET}(?:\.{_OCTET}){{3}}"
_IPV4 = rf"(?<!\d){_DOTTED}(?!\d)"
_LABEL = r"[0-9A-Za-z][\w-]{0,62}"
_HOSTNAME = rf"{_LABEL}(?:\.{_LABEL})*\.?"
_HEX = "[0-9A-Fa-f]"


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


_IPV6 = _ipv6()
_MAC = rf"(?:{_HEX}{{2}}:){{5}}{_HEX}{{2}}|(?:{_HEX}{{2}}-){{5}}{_HEX}{{2}}|(?:{_HEX}{{4}}\.){{2}}{_HEX}{{4}}"
_LEVELS = "alert|trace|debug|notice|info(?:rmation)?|warn(?:ing)?|err(?:or)?|crit(?:ical)?|fatal|severe|emerg(?:ency)?"
_DATE = r"\d{4}-(?:0[1-9]|1[0-2]|[1-9])-(?:0[1-9]|[12]\d|3[01]|[1-9])"
_TIME = r"(?:[01]?\d|2[0-3]):?[0-5]\d(?::?[0-5]?\d(?:[.,:]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?"


@cache
def _tree(pattern: str) -> Node:
    return Scope(parse_pattern(pattern, tokens=False))


def _plain(name: str, pattern: str, about: str, *examples: Example, unambiguous: bool = False) -> None:
    """Registers a matcher without arguments whose text is stored as it is."""
    _typed(name, pattern, None, about, *examples, unambiguous=unambiguous)


def _typed(
    name: str,
    pattern: str,
    convert: Callable[[str], Any] | None,
    about: str,
    *examples: Example,
    unambiguous: bool = True,
) -> None:
    def make() -> Matched:
        tree = _tree(pattern)
        return Matched(Unambiguous(tree) if unambiguous else tree, convert)

    make.__doc__ = about
    matcher(name, *examples)(make)


_plain("data", ".*?", "any text, newlines too, as little as possible", ("%{data:x} b", "a b", {"x": "a"}))
_plain(
    "greedyData",
    ".*",
    "any text, newlines too, as much as possible",
    ("%{greedyData:x},%{data:y}", "a,b,c", {"x": "a,b", "y": "c"}),
)
_plain(
    "notSpace",
    r"\S+",
    "one or more characters that are no blanks",
    ("%{notSpace:x} b", "a:/- b", {"x": "a:/-"}),
)
_plain(
    "word",
    r"\b\w+\b",
    "letters, digits and `_`, from one word boundary to the next",
    ("%{word:x}-b", "a_1-b", {"x": "a_1"}),
    ("%{word:x}b", "ab", None),
)
_typed("integerStr", _INTEGER, None, "an integer, kept as text", ("%{integerStr:x}", "+07", {"x": "+07"}))
_typed(
    "integer",
    _INTEGER,
    matched_integer,
    "an integer",
    ("%{integer:x}", "-2", {"x": -2}),
    ("%{integer:x}", "1.5", None),
)
_typed(
    "integerExtStr",
    _INTEGER + _EXPONENT,
    None,
    "an integer that may have an exponent, kept as text",
    ("%{integerExtStr:x}", "1e3", {"x": "1e3"}),
)
_typed(
    "integerExt",
    _INTEGER + _EXPONENT,
    to_integer,
    "an integer that may have an exponent",
    ("%{integerExt:x}", "-1e+2", {"x": -100}),
)
_typed("numberStr", _NUMBER, None, "a decimal number, kept as text", ("%{numberStr:x}", "5.", {"x": "5."}))
_typed(
    "number",
    _NUMBER,
    matched_double,
    "a decimal number, always stored as a double",
    ("%{number:x}", "4720", {"x": 4720.0}),
    ("%{number:x}", "-.5", {"x": -0.5}),
)
_typed(
    "numberExtStr",
    _NUMBER + _EXPONENT,
    None,
    "a decimal number that may have an exponent, kept as text",
    ("%{numberExtStr:x}", "1.5e-3", {"x": "1.5e-3"}),
)
_typed(
    "numberExt",
    _NUMBER + _EXPONENT,
    matched_double,
    "a decimal number that may have an exponent",
    ("%{numberExt:x}", "1.5e-3", {"x": 0.0015}),
)
_plain(
    "doubleQuotedString",
    _DOUBLE_QUOTED,
    'text in `"`, quotes kept',
    ("%{doubleQuotedString:x}", '"a"', {"x": '"a"'}),
)
_plain(
    "singleQuotedString",
    _SINGLE_QUOTED,
    "text in `'`, quotes kept",
    ("%{singleQuotedString:x}", "'a'", {"x": "'a'"}),
)
_plain(
    "quotedString",
    f"{_DOUBLE_QUOTED}|{_SINGLE_QUOTED}",
    "text in quotes of either kind, quotes kept",
    ("%{quotedString:x} %{data}", "'a' b", {"x": "'a'"}),
)
_typed(
    "uuid",
    rf"{_HEX}{{8}}-(?:{_HEX}{{4}}-){{3}}{_HEX}{{12}}",
    None,
    "32 hexadecimal digits in groups of 8-4-4-4-12",
    ("%{uuid:x}", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", {"x": "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"}),
)
_typed(
    "mac",
    _MAC,
    None,
    "a MAC address: six pairs with `:` or `-`, or three fours with `.`",
    ("%{mac:x}", "00:1b:44:11:3a:b7", {"x": "00:1b:44:11:3a:b7"}),
    ("%{mac:x}", "001b.4411.3ab7", {"x": "001b.4411.3ab7"}),
)
_typed(
    "ipv4",
    _IPV4,
    None,
    "an IPv4 address, not inside a longer run of digits",
    ("%{ipv4:x}", "10.2.75.14", {"x": "10.2.75.14"}),
    ("%{ipv4:x}", "10.2.75.414", None),
)
_typed(
    "ipv6",
    _IPV6,
    None,
    "an IPv6 address in any form, with an optional zone",
    ("%{ipv6:x}", "fe80::1%eth0", {"x": "fe80::1%eth0"}),
    ("%{ipv6:x}", "::ffff:10.0.0.1", {"x": "::ffff:10.0.0.1"}),
)
_typed("ip", f"{_IPV4}|{_IPV6}", None, "an IPv6 or IPv4 address", ("%{ip:x}", "::1", {"x": "::1"}))
_typed(
    "hostname",
    _HOSTNAME,
    None,
    "a host name",
    ("%{hostname:x}", "web-1.example.com", {"x": "web-1.example.com"}),
)
_typed("port", r"[1-9]\d{0,4}", None, "a port number, stored as text", ("%{port:x}", "8080", {"x": "8080"}))


@matcher(
    "ipOrHost", ("%{ipOrHost:x} %{ipOrHost:y}", "10.0.0.1 localhost", {"x": "10.0.0.1", "y": "localhost"})
)
def ip_or_host() -> Matched:
    """an IP address, otherwise a host name"""
    return Matched(Choice((Unambiguous(_tree(f"{_IPV4}|{_IPV6}")), Unambiguous(_tree(_HOSTNAME)))))


@matcher("regex", ('%{regex("[a-z]+\\\\d"):x}', "ab1", {"x": "ab1"}))
def regex(pattern: str) -> Matched:
    """the text that a regular expression takes"""
    return Matched(_argument_tree(pattern))


@matcher(
    "boolean",
    ("%{boolean:x}", "TRUE", {"x": True}),
    ('%{boolean("yes","no"):x}', "no", {"x": False}),
    ('%{boolean("yes","no"):x}', "No", None),
)
def boolean(true: str = "", false: str = "") -> Matched:
    """`true` or `false` in any case, or either of two patterns; stored is whether it is the first"""
    if not true and not false:
        return Matched(_tree("(?i:true|false)"), lambda text: text.lower() == "true")
    if not true or not false:
        raise ArgumentError("either both patterns or none")
    first = re.compile(emit(_argument_tree(true)).pattern, FLAGS)
    return Matched(
        Choice((_argument_tree(true), _argument_tree(false))), lambda text: bool(first.fullmatch(text))
    )


def _argument_tree(pattern: str) -> Node:
    try:
        return _tree(pattern)
    except PatternError as error:
        hint = f" ({error.hint})" if error.hint else ""
        raise ArgumentError(f"{error.message}{hint}") from None


@matcher(
    "date",
    ('%{date("yyyy-MM-dd HH:mm:ss", "+02:00"):x}', "2016-09-02 15:02:29", {"x": 1472821349000}),
    ('%{date("dd/MMM/yyyy"):x}', "06/Mar/2013", {"x": 1362528000000}),
)
def date(format: str, zone: str = "", locale: str = "", *, now: Clock) -> Matched:
    """a date in Joda letters, stored as milliseconds since the epoch; UTC unless zone or text say otherwise"""
    return date_matcher(format, zone, locale, now)


def _classic(name: str, pattern: str, text: str) -> None:
    """Registers an upper-case name of the classic grok patterns, which Datadog's rules seldom use."""
    _plain(name, pattern, f"classic grok pattern {name}", (f"%{{{name}:x}}", text, {"x": text}))


for _name, _pattern, _text in (
    ("DATA", ".*?", "a b"),
    ("GREEDYDATA", ".*", "a b"),
    ("WORD", r"\b\w+\b", "word"),
    ("NOTSPACE", r"\S+", "a-b"),
    ("SPACE", r"\s*", " "),
    ("INT", _INTEGER, "-1"),
    ("POSINT", r"\b[1-9]\d*\b", "200"),
    ("NONNEGINT", r"\b\d+\b", "0"),
    ("NUMBER", _NUMBER, "1.5"),
    ("USER", r"[\w.-]+", "jane.doe"),
    ("USERNAME", r"[\w.-]+", "jane.doe"),
    ("IP", f"{_IPV4}|{_IPV6}", "10.0.0.1"),
    ("HOSTNAME", _HOSTNAME, "example.com"),
    ("QUOTEDSTRING", f"{_DOUBLE_QUOTED}|{_SINGLE_QUOTED}", '"a b"'),
    ("LOGLEVEL", f"(?i:{_LEVELS})", "warning"),
    ("TIMESTAMP_ISO8601", rf"{_DATE}[T ]{_TIME}", "2020-10-02T23:22:12.223222Z"),
):
    _classic(_name, _pattern, _text)
matcher("IPORHOST")(ip_or_host)
