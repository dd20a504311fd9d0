"""Random regular expressions beside Java's own, where a `java` is installed: matches end at the same place.

`python -m tests.fuzz.java --runs 10000 [--seed N]`. Left out is what is known to differ:

* look-behinds, whose length Java bounds in its own way;
* `^` and `$` under `(?m)` beside other line ends than newlines, and at the end of a text;
* `\\b` beside letters beyond ASCII, which changed in Java 19;
* `{2}` of a group, which Java ends at the first round that takes nothing;
* repetitions of nothing, and `\\Q` that is not closed.

What Java refuses may be run here, with a warning for what people write (see grok/lint.py).
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import time
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from random import Random

from ddconf.pipelines.grok import GrokError, compile_grok
from ddconf.pipelines.grok.engine import TimeLimit

BATCH = 10_000
ATOMS = [
    *("a", "b", "1", r"\[", r"\d", r"\w", r"\s", r"\S", r"\W", ".", "[a-z]", '[^"]', r"[\w.]", "[[ab]c]"),
    *("[a-z&&[^b]]", "[a-c&&[b-d]]", "[^a-c&&b]", "[]a]", "[^]a]", "[a-]", "[-a]", r"[\d-a]", r"\h", r"\v"),
    *(
        r"\H",
        r"\V",
        r"\R",
        r"\x41",
        r"\u0041",
        r"\0101",
        r"\x{41}",
        r"\p{Alpha}",
        r"\P{L}",
        r"\pL",
        r"\p{Punct}",
    ),
    *(r"\Qa.b\E", "^", "$", r"\b", r"\B", r"\A", r"\z", r"\Z", "=", ":", "-", "]", "}", " ", r"\t", r"\cA"),
    *(r"(b)\1", r"\p{Lu}", r"\p{Punct}", r"\p{XDigit}", ",", "#", r"\-", r"\/"),
]
GROUPS = ["(", "(?:", "(?>", "(?=", "(?!", "(?i:", "(?-s:", "(?s:", "(?i)", "(?-i)", "(?-s)", "(?i-s:"]
QUANTIFIERS = ["", "", "", "*", "+", "?", "*?", "+?", "??", "*+", "++", "?+", "{2}", "{0,3}", "{1,}", "{1,}?"]
TEXTS = [
    *(
        "",
        "a",
        "b",
        "ab",
        "aab",
        "abc",
        "A",
        "1",
        "a1",
        "a b",
        " ",
        "\n",
        "a\n",
        "a\nb",
        "\t",
        "a.b",
        "[",
        "]",
    ),
    *(
        "}",
        "-",
        "=",
        "ABC",
        "aaaa",
        "\x1d",
        "_",
        "\x01",
        "a:b",
        "Qa.b",
        '"',
        "bb",
        "b1 ",
        "aa\n\n",
        "\x0b",
        "#,",
    ),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    if shutil.which("java") is None:
        print("no java is installed")
        return
    with Java() as java:
        both = 0
        for run in range(1, options.runs + 1):
            both += check(java, options.seed + run)
            if run % BATCH == 0 or run == options.runs:
                print(f"{run} patterns, {both} of them known to both", flush=True)


class Java:
    """A process that runs Java's regular expressions."""

    def __enter__(self) -> Java:
        command = ["java", "-Xss4m", str(Path(__file__).with_name("Regex.java"))]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()

    def ends(self, pattern: str, texts: Sequence[str]) -> list[int | None] | None:
        """Where a match of each text ends; None where the pattern is refused."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(
            " ".join(b64encode(part.encode()).decode() for part in (pattern, *texts)) + "\n"
        )
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        return None if answer == ["refused"] else [None if end == "none" else int(end) for end in answer]


def check(java: Java, seed: int) -> bool:
    """Whether both know a random pattern; raises AssertionError where they differ."""
    chance = Random(seed)
    pattern, texts = sequence(chance, 2), chance.choices(TEXTS, k=6)
    if not pattern.strip() or pattern[0].isspace():
        return False
    theirs, ours = java.ends(pattern, texts), ends(pattern, texts)
    if theirs is None or ours is None:
        return False
    assert ours == theirs, (seed, pattern, texts, ours, theirs)
    return True


def ends(pattern: str, texts: Sequence[str]) -> list[int | None] | None:
    try:
        (rule,) = compile_grok(f"rule {pattern}").compiled
    except GrokError:
        return None
    found = [rule.pattern.match(text, TimeLimit(5)) for text in texts]
    return [match and match.end() for match in found]


def sequence(chance: Random, depth: int) -> str:
    return "".join(item(chance, depth) for _ in range(chance.randint(1, 3)))


def item(chance: Random, depth: int) -> str:
    if not depth or chance.random() < 0.65:
        return chance.choice(ATOMS) + chance.choice(QUANTIFIERS)
    opening = chance.choice(GROUPS)
    if opening.endswith(")"):
        return opening
    branches = "|".join(sequence(chance, depth - 1) for _ in range(chance.randint(1, 2)))
    return f"{opening}{branches}){chance.choice(QUANTIFIERS).replace('{2}', '')}"


if __name__ == "__main__":
    main()
