"""Very many random rules and texts: rules compile or are refused, texts match alike on both engines.

`python -m tests.fuzz.grok --runs 100000 [--seed N]`. Ends with an error at the first that breaks the law.
"""

from __future__ import annotations

import argparse
import random
import re
import time

from ddconf.pipelines.grok import Grok, GrokError, GrokTimeout, compile_grok
from ddconf.pipelines.grok.engine import Pattern
from ddconf.pipelines.grok.registry import FILTERS, MATCHERS

ATOMS = [
    *("a", "b", "1", r"\[", r"\:", r"\d", r"\w", r"\s", r"\S", ".", "[a-z]", '[^"]', r"[\w.]", "[[ab]c]"),
    *("[a-z&&[^b]]", r"\h", r"\R", r"\x41", r"\u0041", r"\p{Alpha}", r"\p{Lu}", r"\Qa.b\E", "^", "$"),
    *(r"\b", r"\B", r"\A", r"\z", r"\Z", "é", "İ", "=", ":", "/", "<", ">", "-", "T", "Z", "#", "%"),
    *(" ", "  ", "\t"),
]
GROUPS = ["(", "(?:", "(?>", "(?=", "(?!", "(?<=", "(?<!", "(?i:", "(?-s:"]
QUANTIFIERS = ["", "", "", "*", "+", "?", "*?", "+?", "*+", "{2}", "{0,3}", "{1,}?"]
BROKEN = [
    *("(", ")", "[", "]", "{", "}", "\\", "|", "*", "%{", "%{?>", ":", '"', "(?", "\\1", "\\k<n>"),
    *("(?i)", "(?-s)", "\\Q"),
]
DATES = [
    *("yyyy-MM-dd HH:mm:ss.SSS z", "d/MMM/yy", "MMM dd HH:mm:ss", "EEE h a", "D yyyy ss,S", "xxxx w e"),
    *("q", "'"),
]
FILTERED = [
    *(f":{name}" for name in sorted(set(FILTERS) - {"url", "useragent", "csv", "scale", "nullIf"})),
    *(':keyvalue("=", " ")', ':keyvalue(": ", "", "<>", ";|")', r':keyvalue("\\s*=\\s*", "\\w/[]")'),
    *(':array(";", integer)', ':array("", "-", scale(10))', r':array("\\n")', ":scale(0.5)", ':nullIf("-")'),
    *(':csv("a,b,c")', ':csv("a", "tab")', ':csv("a,b", "|", "b")'),
]
TEXTS = [
    *(
        "a",
        "b",
        "1",
        "23",
        " ",
        "\n",
        "\r\n",
        "\u2028",
        "=",
        "a=1",
        'k="v w"',
        "é",
        "\x1d",
        "10.0.0.1",
        "::1",
    ),
    *("2024-02-30 10:00:00.123 CET", "Feb 29 23:59:60", '{"a.b": [1, {"c": null}]}', "{:a=>[1"),
    *("true", "<x y='1'/>", 'a,b,"c', "%20", "&", "?", ",", ";", ".", "-", "9" * 30, "[", "]", "word word "),
]
NAMES = ["one", "two", "word", "_x.y"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    chance, compiled, started = random.Random(options.seed), 0, time.monotonic()
    for run in range(options.runs):
        match, support, texts = rules(chance), rules(chance), [text(chance) for _ in range(3)]
        try:
            compiled += check(match, support, texts, thorough=run % 5 == 0)
        except Exception:
            print(f"run {run}\nmatch_rules = {match!r}\nsupport_rules = {support!r}\ntexts = {texts!r}")
            raise
    print(f"{options.runs} runs, {compiled} rule files compiled, {time.monotonic() - started:.0f} s")


def rules(chance: random.Random) -> str:
    names = chance.sample(NAMES, k=chance.randint(1, 3))
    lines = [f"{name} {broken(chance, pattern(chance, 2))}" for name in names]
    return "\n".join([*lines, *chance.choice(([], ["# comment"], ["", " "]))])


def pattern(chance: random.Random, depth: int) -> str:
    """A well-formed pattern."""
    return "".join(atom(chance, depth) + chance.choice(QUANTIFIERS) for _ in range(chance.randint(1, 4)))


def atom(chance: random.Random, depth: int) -> str:
    kind = chance.random()
    if kind < 0.4 or not depth:
        return chance.choice(ATOMS)
    if kind < 0.7:
        return token(chance)
    branches = "|".join(pattern(chance, depth - 1) for _ in range(chance.randint(1, 3)))
    opening = chance.choice(GROUPS) if chance.random() < 0.9 else f"(?<n.{chance.randint(0, 99)}>"
    return f"{opening}{branches})"


def token(chance: random.Random) -> str:
    name = chance.choice([*MATCHERS, *MATCHERS, "word", *NAMES])
    if name == "regex":
        name = f'regex("{pattern(chance, 1)}")'.replace("\\", "\\\\")
    if name == "date":
        zone = chance.choice(["", ', "+3"', ', "CET"'])
        name = f'date("{chance.choice(DATES)}"{zone})'
    path = chance.choice(["", ":", ":x", ":x.y", ':x["a b"]', ":x"])
    return f"%{{{name}{path}{chance.choice(FILTERED) if path and chance.random() < 0.4 else ''}}}"


def broken(chance: random.Random, text: str) -> str:
    """Now and then with something in it that does not belong there."""
    if chance.random() < 0.8:
        return text
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(BROKEN) + text[at + chance.randint(0, 2) :]


def text(chance: random.Random) -> str:
    return "".join(chance.choice(TEXTS) for _ in range(chance.randint(0, 8)))


def check(match: str, support: str, texts: list[str], *, thorough: bool = True) -> bool:
    """Whether the rules compile; raises AssertionError where a law is broken."""
    try:
        grok = compile_grok(match, support, timeout=0.2)
    except GrokError as error:
        assert all(mistake.line > 0 < mistake.column for mistake in error.mistakes)
        return False
    for one in texts:
        apply(grok, one, thorough=thorough)
    return True


def apply(grok: Grok, one: str, *, thorough: bool) -> None:
    started = time.monotonic()
    try:
        attributes = grok.parse(one)
        assert grok.parse(one) == attributes
        for rule in grok.compiled:
            same_on_both(rule.pattern, one)
        if thorough:
            grok.explain(one)
            grok.warnings()
    except GrokTimeout:
        pass
    assert time.monotonic() - started < 10


def same_on_both(pattern: Pattern, one: str) -> None:
    try:
        quick = pattern.quick
    except re.error:
        assert pattern.guarded
        return
    if len(one) > pattern.safe_length or one[-1:] in "\n\r\x85\u2028\u2029":
        return
    first, second = quick.match(one), pattern.guarded.match(one, timeout=5)
    assert (first and first.groups()) == (second and second.groups()), pattern.emitted.pattern


if __name__ == "__main__":
    main()
