"""Very many random queries: each prints back to the same tree, or is refused at a place in its text.

`python -m tests.fuzz.query --runs 1000000 [--seed N]`. Ends with an error at the first that breaks the law.
"""

from __future__ import annotations

import argparse
import random
import time

from ddconf.pipelines.log import Log
from ddconf.pipelines.query import QueryError, parse_query
from ddconf.pipelines.query.parser import parse

PIECES = (
    *(
        "a",
        "b1",
        "foo",
        "é",
        "AND",
        "OR",
        "NOT",
        "TO",
        "CIDR",
        "&&",
        "||",
        " ",
        "  ",
        "\n",
        "(",
        ")",
        "[",
        "]",
    ),
    *(
        "{",
        "}",
        ":",
        ": ",
        "@x",
        "@x.y",
        "@$z",
        "service",
        "_exists_",
        "_missing_",
        "_default_",
        "tags",
        "*",
        "?",
    ),
    *(
        "-",
        "+",
        "!",
        "<",
        ">=",
        "=",
        '"',
        '"a b"',
        "\\",
        "\\ ",
        '\\"',
        "1",
        "-2.5",
        "1e3",
        "1 TO 5",
        "* TO *",
    ),
    *(
        "10.0.0.0/8",
        ",",
        "#",
        "~",
        "^",
        "/",
        ".",
        "%",
        "“",
        "\x00",
        "\t",
        "CIDR(@x, 10.0.0.0/8)",
        "@x:[1 TO 5]",
    ),
)
LOG = Log("a foo b1", {"x": [1, {"y": "a"}], "z": 2.5}, ("service:a", "a"), service="foo")
SLOWEST_SECONDS = 1.0


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=0)
    arguments = options.parse_args()
    chance = random.Random(arguments.seed)
    parsed = 0
    for _ in range(arguments.runs):
        text = random_query(chance)
        try:
            parsed += check(text)
        except Exception:
            print(f"{text = }", flush=True)
            raise
    print(f"{arguments.runs} queries, {parsed} of them well-formed: no exception but QueryError, none slow")


def random_query(chance: random.Random) -> str:
    return "".join(chance.choice(PIECES) for _ in range(chance.randint(0, 14)))


def check(text: str) -> bool:
    """Whether the query is well-formed; raises AssertionError where it breaks the law."""
    started = time.process_time()
    try:
        tree = parse(text)
    except QueryError as error:
        assert 0 <= error.offset <= len(text), (text, error.offset)
        assert error.snippet.count("\n") == 1, (text, error.snippet)
        return False
    query = parse_query.__wrapped__(text)
    assert parse(str(query)) == tree, (text, str(query))
    assert query.matches(LOG) in (True, False), text
    assert time.process_time() - started < SLOWEST_SECONDS, text
    return True


if __name__ == "__main__":
    main()
