"""Queries of monitors and dashboards read, beside Python's own parser on formulas of the same length."""

from __future__ import annotations

import ast
import random
import time
from collections.abc import Callable

from benchmarks.measure import Row, interleaved
from ddconf.queries import parse_formula, parse_metric_query, parse_monitor_query

QUERIES, TIMES = 10_000, 5
SHAPES = (
    "avg:system.cpu.user{{env:{env},service:{name}}} by {{host,pod_name}}",
    "sum:trace.http.hits{{env:{env} AND (service:{name} OR NOT team:core)}} by {{service}}.as_count()",
    "(sum:nginx.errors{{env:{env}}}.as_rate() / sum:nginx.hits{{env:{env}}}.as_rate()) * {n}",
    "top(exclude_null(avg:kubernetes.memory.usage{{$ns,app:{name}}} by {{pod_name}}), {n}, 'mean', 'desc')",
)
MONITOR = "avg(last_15m):avg:system.disk.in_use{{env:{env},device:/dev/{name}}} by {{host}} > {n}"
FORMULA = "(query1 - {name}) / default_zero(query2 + {n}) * 100"


def main() -> None:
    draw = random.Random(7)
    metric = [_text(draw, draw.choice(SHAPES)) for _ in range(QUERIES)]
    monitors = [_text(draw, MONITOR) for _ in range(QUERIES)]
    formulas = [_text(draw, FORMULA) for _ in range(QUERIES)]
    medians = interleaved(
        {
            "metric": _seconds(parse_metric_query.__wrapped__, metric),
            "monitor": _seconds(lambda text: parse_monitor_query.__wrapped__(text, "query alert"), monitors),
            "formula": _seconds(parse_formula, formulas),
            "python": _seconds(lambda text: ast.parse(text, mode="eval"), formulas),
        },
        TIMES,
    )
    for name in ("metric", "monitor"):
        print(Row(f"{QUERIES} {name} queries, seconds", medians[name], 1.0))
    print(Row("formulas: time / Python's parser", medians["formula"] / medians["python"], 4.0))


def _text(draw: random.Random, shape: str) -> str:
    name = f"{draw.choice('abcdef')}{draw.randrange(10**6)}"
    return shape.format(env=draw.choice(("prod", "staging")), name=name, n=draw.randrange(1, 10**6))


def _seconds(read: Callable[[str], object], texts: list[str]) -> Callable[[], float]:
    def measure() -> float:
        started = time.process_time()
        for text in texts:
            read(text)
        return time.process_time() - started

    return measure


if __name__ == "__main__":
    main()
