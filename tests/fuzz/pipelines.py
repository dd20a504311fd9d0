"""Pipelines and logs with random changes: they run or are refused, and no log given is changed.

`python -m tests.fuzz.pipelines --runs 100000 [--seed N]`. The pipelines are those of tests/pipelines/cases.
Ends with an error at the first that breaks the law.
"""

from __future__ import annotations

import argparse
import time
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from ddconf.document import canonical
from ddconf.errors import DdconfError
from ddconf.pipelines import Log, compile_pipelines
from ddconf.pipelines.lint import lint
from ddconf.render.steps import steps_table
from tests.fuzz._mutate import mutate, whole

CASES = Path(__file__).parents[1] / "pipelines" / "cases"
BATCH = 10_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    ran = 0
    for run in range(1, options.runs + 1):
        ran += check(options.seed + run)
        if run % BATCH == 0 or run == options.runs:
            print(f"{run} pipelines, {ran} of them ran", flush=True)


@cache
def samples() -> tuple[tuple[dict[str, Any], dict[str, Any]], ...]:
    """A processor and the attributes of a log, of each case."""
    return tuple(
        ({"type": file.stem, "is_enabled": True, **case["spec"]}, case["log"].get("attributes") or {"a": 1})
        for file in sorted(CASES.glob("*.yaml"))
        for case in yaml.safe_load(file.read_text(encoding="utf-8"))
    )


def check(seed: int) -> bool:
    """Whether a random pipeline runs; shows it and raises where the law is broken."""
    chance = Random(seed)
    processors, attributes = zip(*chance.choices(samples(), k=2), strict=True)
    pipeline = {"is_enabled": True, "filter": {"query": "*"}, "processors": list(processors)}
    pipeline = whole(mutate(pipeline, chance) if chance.random() < 0.7 else pipeline)
    event = whole(mutate(chance.choice(attributes), chance))
    if not isinstance(pipeline, dict):
        return False
    try:
        return run(pipeline, Log.from_event(event) if isinstance(event, dict) else Log.from_text(str(event)))
    except Exception:
        print(f"seed {seed}\n{pipeline = }\n{event = }", flush=True)
        raise


def run(pipeline: dict[str, Any], log: Log) -> bool:
    lint(pipeline)
    before = canonical(log.as_json())
    try:
        outcome = compile_pipelines(pipeline, grok_timeout=0.2).run(log)
    except DdconfError:
        return False
    assert canonical(log.as_json()) == before
    assert max(map(len, steps_table(outcome, ["fuzz"], 80))) <= 80
    return canonical(outcome.as_json()) != ""


if __name__ == "__main__":
    main()
