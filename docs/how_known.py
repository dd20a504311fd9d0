"""Writes docs/how_known.json, what of each kind was seen in practice: `python -m docs.how_known CORPUS`."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from ddconf.kind import find_kind, kind_names
from tests.conformance._recordings import meanings, read_tests

FILE = Path(__file__).parent / "how_known.json"


def how_known(corpus: Path) -> dict[str, str]:
    """By kind, the best of "recorded" writes, recorded "reads", a "scenario" and the "model" alone."""
    ways = {
        **dict.fromkeys(kind_names(), "model"),
        **dict.fromkeys(_in_scenarios(corpus), "scenario"),
        **dict.fromkeys(_recorded(corpus, ("read", "list")), "reads"),
        **dict.fromkeys(_recorded(corpus, ("create", "update")), "recorded"),
    }
    return {name: ways[name] for name in kind_names() if find_kind(name).api is not None}


def _recorded(corpus: Path, verbs: tuple[str, ...]) -> set[str]:
    return {
        kind.name
        for test in read_tests(corpus / "recorded")
        for exchange in test
        if exchange["status"] < 300
        for kind, _, _ in meanings(exchange, verbs)
    }


def _in_scenarios(corpus: Path) -> Iterator[str]:
    for file in (corpus / "scenarios").glob("*.jsonl.gz"):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield from (name for name, call in json.loads(line).get("kinds", {}).items() if call)


if __name__ == "__main__":
    FILE.write_text(json.dumps(how_known(Path(sys.argv[1])), indent=1) + "\n", encoding="utf-8")
