"""Very many random rules and texts: rules compile or are refused, texts match alike on both engines.

`python -m tests.fuzz.grok --runs 100000 [--seed N] [--processes N]`. Ends with an error at the first that
breaks the law. Most inputs are one short rule of random pieces, which costs little; one in 16 is a file of
rules and helpers that are well-formed but for a mistake now and then.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import time
from concurrent.futures import ProcessPoolExecutor

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
MATCH_NAMES, HELPERS = ["one", "two", "three"], ["word", "_x.y", "_z"]
BATCH = 10_000
"""How many inputs one seed makes."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    sizes = [min(BATCH, options.runs - done) for done in range(0, options.runs, BATCH)]
    seeds = range(options.seed, options.seed + len(sizes))
    done, compiled, started = 0, 0, time.monotonic()
    with ProcessPoolExecutor(options.processes) as processes:
        for size, some in zip(sizes, processes.map(fuzz, seeds, sizes), strict=True):
            done, compiled = done + size, compiled + some
            print(
                f"{done} inputs, {compiled} of them compiled, {time.monotonic() - started:.0f} s", flush=True
            )


def fuzz(seed: int, runs: int) -> int:
    """How many of the inputs compile; raises what breaks the law, after it has shown the input."""
    chance, compiled = random.Random(seed), 0
    for run in range(runs):
        few = run % 16 > 0
        match, support = (pieces(chance), "") if few else (rules(chance, MATCH_NAMES), rules(chance, HELPERS))
        texts = [text(chance) for _ in range(1 if few else 3)]
        try:
            compiled += check(match, support, texts, thorough=run % 80 == 0)
        except Exception:
            print(f"seed {seed} run {run}\n{match = }\n{support = }\n{texts = }", flush=True)
            raise
    return compiled


def pieces(chance: random.Random) -> str:
    """One rule of anything side by side."""
    kinds = [*(ATOMS, QUANTIFIERS) * 3, GROUPS, [")"], BROKEN]
    some = (token(chance) if chance.random() < 0.2 else chance.choice(chance.choice(kinds)) for _ in range(6))
    return "one " + "".join(some)


def rules(chance: random.Random, names: list[str]) -> str:
    """A rule for some of the names."""
    chosen = chance.sample(names, k=chance.randint(1, 2))
    lines = [f"{name} {broken(chance, pattern(chance, 2))}" for name in chosen]
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
    name = chance.choice([*MATCHERS, *MATCHERS, *HELPERS, "one"])
    if name == "regex":
        name = f'regex("{pattern(chance, 1)}")'.replace("\\", "\\\\")
    if name == "date":
        zone = chance.choice(["", ', "+3"', ', "CET"'])
        name = f'date("{chance.choice(DATES)}"{zone})'
    path = chance.choice(["", ":", ":x", ":x.y", ':x["a b"]', ":x"])
    return f"%{{{name}{path}{chance.choice(FILTERED) if path and chance.random() < 0.4 else ''}}}"


def broken(chance: random.Random, text: str) -> str:
    """Now and then with something in it that does not belong there."""
    if chance.random() < 0.9:
        return text
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(BROKEN) + text[at + chance.randint(0, 2) :]


def text(chance: random.Random) -> str:
    return "".join(chance.choice(TEXTS) for _ in range(chance.randint(0, 8)))


def check(match: str, support: str, texts: list[str], *, thorough: bool = True) -> bool:
    """Whether the rules compile; raises AssertionError where a law is broken.

    A thorough check costs ten times a quick one.
    """
    try:
        grok = compile_grok(match, support, timeout=0.1)
    except GrokError as error:
        assert all(mistake.line > 0 < mistake.column for mistake in error.mistakes)
        return False
    for one in texts:
        apply(grok, one, thorough=thorough)
    return True


def apply(grok: Grok, one: str, *, thorough: bool) -> None:
    started = time.process_time()
    try:
        attributes = grok.parse(one)
        if thorough:
            assert grok.parse(one) == attributes
            for rule in grok.compiled:
                same_on_both(rule.pattern, one)
            grok.explain(one)
            grok.warnings()
    except GrokTimeout:
        pass
    assert time.process_time() - started < 10


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
