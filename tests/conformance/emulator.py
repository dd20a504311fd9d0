"""Recorded traffic replayed against the emulator: per family, how many answers are those of Datadog."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.conformance._compare import Told, difference, first_told, told_for
from tests.conformance._replay import Exchange, replay

Report = dict[str, Any]
_UNDATED = "2026-01-01T00:00:00+00:00"
_TIME = re.compile(r'"(20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*)(?:Z|\+00:00)"')


def run(corpus: Path) -> list[Report]:
    """Replay all recorded tests; per file a report; a failure reads "source/test#seq method path: why"."""
    tests = recorded_tests(corpus / "recorded")
    totals: dict[str, int] = defaultdict(int)
    failures: dict[str, list[str]] = defaultdict(list)
    told = first_told(tests)
    for test in tests:
        for exchange in test:
            totals[exchange["family"]] += 1
        for exchange, why in _judged(test, told):
            where = f"{exchange['source']}/{exchange['test']}#{exchange['seq']}"
            failures[exchange["family"]].append(f"{where} {exchange['method']} {exchange['path']}: {why}")
    return [
        {
            "set": f"emulator:{family}",
            "total": total,
            "passed": total - len(failures[family]),
            "failures": failures[family],
        }
        for family, total in sorted(totals.items())
    ]


def _judged(test: list[Exchange], told: dict[str, Told]) -> list[tuple[Exchange, str]]:
    """The exchanges answered otherwise, and why; a test that cannot be replayed at all fails as a whole."""
    failed: list[tuple[Exchange, str]] = []
    try:
        for exchange, response, organisation in replay(test):
            days = told_for(told, exchange)
            if why := difference(exchange["family"], exchange, response, organisation, days):
                failed.append((exchange, why))
    except Exception as error:
        return [(exchange, f"cannot be replayed: {error!r}") for exchange in test]
    return failed


def recorded_tests(folder: Path) -> list[list[Exchange]]:
    """Every recorded test with all its exchanges, over all families, in their order."""
    tests: dict[tuple[str, str], list[Exchange]] = defaultdict(list)
    for file in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                exchange = json.loads(line) | {"family": file.name.removesuffix(".jsonl.gz")}
                tests[exchange["source"], exchange["test"]].append(exchange)
    return [_dated(sorted(test, key=lambda exchange: exchange["seq"])) for test in tests.values()]


def _dated(test: list[Exchange]) -> list[Exchange]:
    """A few recordings do not tell their time: it is the newest that their answers tell."""
    if all(exchange["recorded_at"] for exchange in test):
        return test
    times = _TIME.findall(json.dumps([exchange["response_body"] for exchange in test]))
    newest = f"{max(times)}+00:00" if times else _UNDATED
    return [exchange | {"recorded_at": exchange["recorded_at"] or newest} for exchange in test]
