"""One vector of evaluation: what it gives, run through the engine, against what it expects; by its kind."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ddconf.alerting.groups import Group
from ddconf.alerting.metrics.evaluate import Evaluation, QueryInputs
from ddconf.alerting.metrics.frame import Grid
from ddconf.alerting.metrics.samples import MetricType, Samples, read_values, resolution
from ddconf.alerting.metrics.source import MetricQuestion, MetricSource
from ddconf.alerting.metrics.time import TimeAggregation
from ddconf.alerting.monitor import Monitor
from ddconf.alerting.status import Status
from ddconf.alerting.windows import EvaluationWindow, Span, Starts, bucket, every, is_full
from ddconf.queries import parse_metric_query
from ddconf.queries.monitors import MetricAlert
from ddconf.queries.tree import all_series
from ddconf.queries.windows import window
from tests.conformance._vectors import Vector

Kind = Callable[[Vector], str]
KINDS: dict[str, Kind] = {}
START = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_EACH_SECOND = re.compile(r"one point a second, (\S+), but (\S+) at (.+)")
_METHODS = ("rollup", "fill", "as_count", "as_rate", "weighted")


def kind(name: str) -> Callable[[Kind], Kind]:
    def register(check: Kind) -> Kind:
        KINDS[name] = check
        return check

    return register


def difference(vector: Vector) -> str:
    return KINDS[vector["kind"]](vector)


def clock(text: str | float) -> float:
    """`11:05:00`, `0:05`, `-1:00`, `1h22m`, `2026-03-01T03:00:00Z` in epoch seconds."""
    if not isinstance(text, str):
        return START + text
    if "T" in text:
        return datetime.fromisoformat(text).timestamp()
    sign, text = (-1, text[1:]) if text.startswith("-") else (1, text)
    if ":" in text:
        hours, minutes, *seconds = (float(part) for part in text.split(":"))
        return START + sign * (hours * 3600 + minutes * 60 + (seconds or [0])[0])
    return START + sign * span_seconds(text)


def span_seconds(text: str) -> float:
    """`1h30m` -> 5400."""
    return sum(int(number) * _UNITS[unit] for number, unit in re.findall(r"(\d+)([smhd])", text))


def close(actual: float | None, expected: float | None) -> bool:
    if actual is None or expected is None:
        return actual is expected
    return math.isclose(actual, expected, rel_tol=1e-6, abs_tol=1e-9)


def samples_of(given: dict[str, Any], span: Span = (START, START)) -> Samples:
    points = list(_points(given, span))
    return Samples(
        given["metric"],
        [time for time, _ in points],
        [value for _, value in points],
        tuple(given.get("tags") or ()),
        MetricType(given.get("type", "gauge")),
        given.get("interval") if "values" not in given or given.get("type") == "rate" else None,
        given.get("fill") != "none",
    )


def _points(given: dict[str, Any], span: Span) -> Iterator[tuple[float, Any]]:
    points = given.get("points")
    if isinstance(points, str):
        value, other, times = _EACH_SECOND.fullmatch(points).groups()  # type: ignore[union-attr]
        odd = {clock(time.strip()) for time in re.split(r",| and ", times)}
        time = span[0] - 3600
        while time <= span[1]:
            yield time, float(other if time in odd else value)
            time += 1
    elif points is not None:
        yield from ((clock(time), value) for time, value in points if value is not None)
    else:
        start, step = clock(given.get("start", "0:00:00")), given["interval"]
        for number, value in enumerate(read_values(given["values"])):
            if value is not None:
                yield start + number * step, value


@dataclass(frozen=True)
class _Given(EvaluationWindow):
    """A window whose ends a vector names."""

    ends: Span = (0, 0)

    def span(self, at: float) -> Span:
        return self.ends


@kind("reduce")
def _reduce(vector: Vector) -> str:
    at = clock(vector["at"])
    span = tuple(map(clock, vector["span"])) if "span" in vector else (at - 3600, at)
    series = [samples_of(given, span) for given in vector["series"]]  # type: ignore[arg-type]
    if "expression" in vector:
        tree = parse_metric_query(vector["expression"])
        grid = Grid.over(at - 3600, at + 3600, resolution(series) or 1)
        frame = Evaluation(QueryInputs(series), grid, math.inf).frame(tree)
        value = next(iter(frame.rows.values()))[math.floor((at - grid.start) / grid.interval)]
        return "" if close(value, vector["value"]) else f"{value}"
    monitor = Monitor.read({"type": vector.get("type", "query alert"), "query": vector["query"]})
    query, length = monitor.query, monitor.window
    assert isinstance(query, MetricAlert)
    if "span" in vector:
        end = span[1] + (1 if vector.get("inclusive") else 0)
        length = _Given(length.window, ends=(span[0], end))
    question = MetricQuestion(query.expression, query.aggregator, length, query.change)
    readings = MetricSource(question, QueryInputs(series), (at, at), 60).read(at)
    value = next(iter(readings.values()), None)  # type: ignore[assignment]
    if "value" in vector and not close(value, vector["value"]):
        return f"value {value} instead of {vector['value']}"
    if "status" not in vector:
        return ""
    assert monitor.thresholds
    if value is None:  # the evaluation is skipped, however a vector says that
        return "skipped" if vector["status"] in list(Status) else ""
    status = monitor.thresholds.decide(Status.OK, value)
    return "" if status == vector["status"] else f"{status}"


@kind("transform")
def _transform(vector: Vector) -> str:
    given = {"metric": "m", "points": vector["input"], "type": vector.get("type", "gauge")}
    samples = samples_of(given | ({"interval": vector["interval"]} if "interval" in vector else {}))
    text = vector["expression"]
    if "{" not in text:
        name, _, arguments = text.removesuffix(")").partition("(")
        if name not in _METHODS:  # a query that is named by a letter
            arguments = re.sub(r"^\s*[a-z]\w*\s*(,|$)", "", arguments)
        after = f", {arguments}" if arguments.strip() else ""
        text = f"avg:m{{*}}.{name}({arguments})" if name in _METHODS else f"{name}(avg:m{{*}}{after})"
    tree = parse_metric_query(text)
    times = [clock(time) for time, _ in (*vector["input"], *vector["output"])]
    span = [clock(time) for time in vector.get("span", ())] or [min(times), max(times)]
    asked = [found for leaf in all_series(tree) if (found := TimeAggregation.read(leaf).interval)]
    every_time = Samples("", sorted([START, *times]), times)
    interval = (asked or [vector.get("interval") or resolution([every_time]) or 60])[0]
    grid = Grid.over(min(*span, *times), max(*span, *times) + interval, interval)
    frame = Evaluation(QueryInputs([samples]), grid, grid.end).frame(tree)
    row = dict(zip(grid.times, next(iter(frame.rows.values())), strict=True))
    wrong = [
        f"{time}: {row.get(clock(time))}"
        for time, value in vector["output"]
        if not close(row.get(clock(time)), value)
    ]
    return "; ".join(wrong)


@kind("groups")
def _groups(vector: Vector) -> str:
    tree = parse_metric_query(vector["expression"])
    keys = [tag.text for leaf in all_series(tree) for tag in leaf.by]
    metric = next(iter(all_series(tree))).metric
    given = vector.get("values", vector.get("groups"))
    members = given.items() if isinstance(given, dict) else [(item, 1) for item in given]
    series, labels = [], {}
    for label, values in members:
        tags = _tags(label, keys)
        listed = values if isinstance(values, list) else [values]
        times = [START + 60 * number for number, value in enumerate(listed) if value is not None]
        series.append(Samples(metric, times, [value for value in listed if value is not None], tuple(tags)))
        labels[frozenset(tags)] = label
    grid = Grid.over(START, max(time for item in series for time in item.times) + 60, 60)
    rows = Evaluation(QueryInputs(series, in_monitor=False), grid, grid.end).frame(tree).rows
    expected = vector.get("kept", vector.get("result"))
    if not isinstance(expected, list):
        value = next(iter(rows.values()))[-1]
        return "" if close(value, expected) else f"{value}"
    found = [labels.get(_known(group)) for group in rows]
    return "" if found == expected or sorted(map(str, found)) == sorted(map(str, expected)) else f"{found}"


def _tags(label: Any, keys: list[str]) -> list[str]:
    """Of a group given as `host:a,env:N/A`, as its values, or by key."""
    if isinstance(label, dict):
        pairs = [(key, str(value)) for key, value in label.items()]
    else:
        items = label if isinstance(label, list) else str(label).split(",")
        pairs = [
            (item.partition(":")[0], item.partition(":")[2]) if ":" in str(item) else (key, str(item))
            for key, item in zip(keys, items, strict=False)
        ]
    return [f"{key}:{value}" for key, value in pairs if value not in ("N/A", "None")]


def _known(group: Group) -> frozenset[str]:
    return frozenset(f"{key}:{value}" for key, value in group if value != "N/A")


@kind("full_window")
def _full_window(vector: Vector) -> str:
    found = window(vector["window"])
    assert found
    if bucket(found) != vector["bucket"]:
        return f"bucket {bucket(found)}"
    if "buckets" not in vector:
        return ""
    full = is_full(vector["buckets"])
    return "" if full is vector["full"] else f"{full}"


@kind("frequency")
def _frequency(vector: Vector) -> str:
    found = window(vector["window"])
    assert found
    return "" if every(found) == vector["every"] else f"{every(found)}"


@kind("window")
def _window(vector: Vector) -> str:
    found = window(vector["window"])
    assert found
    starts = Starts.read(vector.get("scheduling_options"))
    span = EvaluationWindow(found, vector.get("evaluation_delay") or 0, starts).span(clock(vector["at"]))
    expected = tuple(clock(time) for time in vector["span"])
    return "" if span == expected else f"{[datetime.fromtimestamp(time, UTC) for time in span]}"
