"""The matchers: which text each takes and what it is stored as.

https://docs.datadoghq.com/logs/log_configuration/parsing/#matcher-and-filter
"""

from __future__ import annotations

import re

from ddconf.pipelines.grok import patterns
from ddconf.pipelines.grok.dates import date_matcher
from ddconf.pipelines.grok.emit import FLAGS, emit
from ddconf.pipelines.grok.errors import PatternError
from ddconf.pipelines.grok.numbers import matched_double, matched_integer, to_integer
from ddconf.pipelines.grok.registry import ArgumentError, Clock, MatcherDefinition, matcher, pattern_tree
from ddconf.pipelines.grok.tree import Choice, Node, Unambiguous


def _text(pattern: str) -> MatcherDefinition:
    """What a pattern takes, stored as it is."""
    return MatcherDefinition(pattern_tree(pattern))


def _unambiguous(pattern: str) -> MatcherDefinition:
    """Like `_text`, for a pattern that reaches each of its ends in one way only."""
    return MatcherDefinition(Unambiguous(pattern_tree(pattern)))


@matcher("data", ("%{data:x} b", "a b", {"x": "a"}))
def data() -> MatcherDefinition:
    """any text, newlines too, as little as possible"""
    return _text(patterns.DATA)


@matcher("greedyData", ("%{greedyData:x},%{data:y}", "a,b,c", {"x": "a,b", "y": "c"}))
def greedy_data() -> MatcherDefinition:
    """any text, newlines too, as much as possible"""
    return _text(patterns.GREEDY_DATA)


@matcher("notSpace", ("%{notSpace:x} b", "a:/- b", {"x": "a:/-"}))
def not_space() -> MatcherDefinition:
    """one or more characters that are not blanks"""
    return _text(patterns.NOT_SPACE)


@matcher("word", ("%{word:x}-b", "a_1-b", {"x": "a_1"}), ("%{word:x}b", "ab", None))
def word() -> MatcherDefinition:
    """letters, digits and `_`, from one word boundary to the next"""
    return _text(patterns.WORD)


@matcher("integerStr", ("%{integerStr:x}", "+07", {"x": "+07"}))
def integer_text() -> MatcherDefinition:
    """an integer, kept as text"""
    return _unambiguous(patterns.INTEGER)


@matcher("integer", ("%{integer:x}", "-2", {"x": -2}), ("%{integer:x}", "1.5", None))
def integer() -> MatcherDefinition:
    """an integer"""
    return MatcherDefinition(integer_text().node, matched_integer)


@matcher("integerExtStr", ("%{integerExtStr:x}", "1e3", {"x": "1e3"}))
def integer_with_exponent_text() -> MatcherDefinition:
    """an integer that may have an exponent, kept as text"""
    return _unambiguous(patterns.INTEGER + patterns.EXPONENT)


@matcher("integerExt", ("%{integerExt:x}", "-1e+2", {"x": -100}))
def integer_with_exponent() -> MatcherDefinition:
    """an integer that may have an exponent"""
    return MatcherDefinition(integer_with_exponent_text().node, to_integer)


@matcher("numberStr", ("%{numberStr:x}", "5.", {"x": "5."}))
def number_text() -> MatcherDefinition:
    """a decimal number, kept as text"""
    return _unambiguous(patterns.NUMBER)


@matcher("number", ("%{number:x}", "4720", {"x": 4720.0}), ("%{number:x}", "-.5", {"x": -0.5}))
def number() -> MatcherDefinition:
    """a decimal number, always stored as a double"""
    return MatcherDefinition(number_text().node, matched_double)


@matcher("numberExtStr", ("%{numberExtStr:x}", "1.5e-3", {"x": "1.5e-3"}))
def number_with_exponent_text() -> MatcherDefinition:
    """a decimal number that may have an exponent, kept as text"""
    return _unambiguous(patterns.NUMBER + patterns.EXPONENT)


@matcher("numberExt", ("%{numberExt:x}", "1.5e-3", {"x": 0.0015}))
def number_with_exponent() -> MatcherDefinition:
    """a decimal number that may have an exponent, always stored as a double"""
    return MatcherDefinition(number_with_exponent_text().node, matched_double)


@matcher("doubleQuotedString", ("%{doubleQuotedString:x}", '"a b"', {"x": '"a b"'}))
def double_quoted_string() -> MatcherDefinition:
    """text in `"`, quotes kept"""
    return _unambiguous(patterns.DOUBLE_QUOTED)


@matcher("singleQuotedString", ("%{singleQuotedString:x}", "'a b'", {"x": "'a b'"}))
def single_quoted_string() -> MatcherDefinition:
    """text in `'`, quotes kept"""
    return _unambiguous(patterns.SINGLE_QUOTED)


@matcher("quotedString", ("%{quotedString:x} %{data}", "'a' b", {"x": "'a'"}))
def quoted_string() -> MatcherDefinition:
    """text in quotes of either kind, quotes kept"""
    return _unambiguous(f"{patterns.DOUBLE_QUOTED}|{patterns.SINGLE_QUOTED}")


@matcher(
    "uuid",
    ("%{uuid:x}", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", {"x": "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"}),
)
def uuid() -> MatcherDefinition:
    """32 hexadecimal digits in groups of 8-4-4-4-12"""
    return _unambiguous(patterns.UUID)


@matcher(
    "mac",
    ("%{mac:x}", "00:1b:44:11:3a:b7", {"x": "00:1b:44:11:3a:b7"}),
    ("%{mac:x}", "001b.4411.3ab7", {"x": "001b.4411.3ab7"}),
)
def mac() -> MatcherDefinition:
    """a MAC address: six pairs with `:` or with `-`, or three fours with `.`"""
    return _unambiguous(patterns.MAC)


@matcher("ipv4", ("%{ipv4:x}", "10.2.75.14", {"x": "10.2.75.14"}), ("%{ipv4:x}", "10.2.75.414", None))
def ipv4() -> MatcherDefinition:
    """an IPv4 address that is not a piece of a longer run of digits"""
    return _unambiguous(patterns.IPV4)


@matcher(
    "ipv6",
    ("%{ipv6:x}", "fe80::1%eth0", {"x": "fe80::1%eth0"}),
    ("%{ipv6:x}", "::ffff:10.0.0.1", {"x": "::ffff:10.0.0.1"}),
)
def ipv6() -> MatcherDefinition:
    """an IPv6 address in any form, with an optional zone"""
    return _unambiguous(patterns.IPV6)


@matcher("ip", ("%{ip:x} %{ip:y}", "::1 127.0.0.1", {"x": "::1", "y": "127.0.0.1"}))
def ip() -> MatcherDefinition:
    """an IPv6 or IPv4 address"""
    return _unambiguous(patterns.IP)


@matcher("hostname", ("%{hostname:x}", "web-1.example.com", {"x": "web-1.example.com"}))
def hostname() -> MatcherDefinition:
    """a host name"""
    return _unambiguous(patterns.HOSTNAME)


@matcher(
    "ipOrHost", ("%{ipOrHost:x} %{ipOrHost:y}", "10.0.0.1 localhost", {"x": "10.0.0.1", "y": "localhost"})
)
def ip_or_host() -> MatcherDefinition:
    """an IP address, otherwise a host name"""
    return MatcherDefinition(Choice((ip().node, hostname().node)))


@matcher("port", ("%{port:x}", "8080", {"x": "8080"}), ("%{port:x}", "080", None))
def port() -> MatcherDefinition:
    """a port number, stored as text"""
    return _unambiguous(patterns.PORT)


@matcher("regex", ('%{regex("[a-z]+\\\\d"):x}', "ab1", {"x": "ab1"}))
def regex(pattern: str) -> MatcherDefinition:
    """the text that a regular expression takes"""
    return MatcherDefinition(_argument_tree(pattern))


@matcher(
    "boolean",
    ("%{boolean:x}", "TRUE", {"x": True}),
    ('%{boolean("yes","no"):x}', "no", {"x": False}),
    ('%{boolean("yes","no"):x}', "No", None),
)
def boolean(true: str = "", false: str = "") -> MatcherDefinition:
    """`true` or `false` in any case, or either of two patterns; stored is whether it is the first"""
    if not true and not false:
        return MatcherDefinition(pattern_tree("(?i:true|false)"), lambda text: text.lower() == "true")
    if not true or not false:
        raise ArgumentError("either both patterns or none")
    first, second = _argument_tree(true), _argument_tree(false)
    is_first = re.compile(emit(first).pattern, FLAGS).fullmatch
    return MatcherDefinition(Choice((first, second)), lambda text: is_first(text) is not None)


def _argument_tree(pattern: str) -> Node:
    try:
        return pattern_tree(pattern)
    except PatternError as error:
        hint = f" ({error.hint})" if error.hint else ""
        raise ArgumentError(f"{error.message}{hint}") from None


@matcher(
    "date",
    ('%{date("yyyy-MM-dd HH:mm:ss", "+02:00"):x}', "2016-09-02 15:02:29", {"x": 1472821349000}),
    ('%{date("dd/MMM/yyyy"):x}', "06/Mar/2013", {"x": 1362528000000}),
)
def date(format: str, zone: str = "", locale: str = "", *, now: Clock) -> MatcherDefinition:
    """a date in Joda letters, stored as milliseconds since the epoch

    The zone is UTC unless the argument or the text say otherwise; names are English unless `locale` does.
    """
    return date_matcher(format, zone, locale, now)
