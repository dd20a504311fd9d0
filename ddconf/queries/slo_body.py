"""What is wrong with the body of an SLO.

https://docs.datadoghq.com/api/latest/service-level-objectives/
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ddconf.document import Document, Path, get
from ddconf.queries.expressions import MetricReader
from ddconf.queries.monitor import number
from ddconf.queries.problem import QueryProblem
from ddconf.queries.sources import SLO_TIMEFRAMES
from ddconf.queries.tree import Expression, Series, all_series, groups
from ddconf.queries.variables import formula_problems, metric_problems, name_problems, queries_problems

TYPES = ("metric", "monitor", "time_slice")
_COMPARATORS = (">", ">=", "<", "<=")
_INTERVALS = (60, 300)
_MOST_MONITORS = 20
_BAD_TARGET = (
    "Invalid payload: The target is incorrect: target must be a positive number between (0.0, 100.0)"
)


def slo_problems(document: Document) -> list[QueryProblem]:
    """Everything wrong with an SLO by itself, in no certain order."""
    return list(_problems(document))


def _problems(document: Document) -> Iterator[QueryProblem]:
    type = document.get("type")
    if type == "metric":
        yield from _metric_problems(document)
    elif type == "monitor":
        yield from _monitor_problems(document)
    elif type == "time_slice":
        yield from _slice_problems(document)
    elif type is not None:
        yield QueryProblem(("type",), f"no such type of SLO: {type}", ", ".join(TYPES), rule="invalid-slo")
    yield from _threshold_problems(document, str(type))
    tags = document.get("tags")
    for index, tag in enumerate(tags if isinstance(tags, list) else []):
        plain = str(tag) if "${" not in str(tag) else ""
        if plain != plain.lower():
            yield QueryProblem(
                ("tags", index), f"tag {plain} has upper case", f"write {plain.lower()}", rule="invalid-slo"
            )


def _threshold_problems(document: Document, type: str) -> Iterator[QueryProblem]:
    thresholds = document.get("thresholds")
    if not isinstance(thresholds, list) or not thresholds:
        where = () if thresholds is None else ("thresholds",)
        yield QueryProblem(
            where,
            "an SLO has one threshold at least",
            "add its target for 7d, 30d or 90d",
            rule="invalid-slo",
        )
        return
    seen: set[str] = set()
    for index, threshold in enumerate(thresholds):
        path: Path = ("thresholds", index)
        timeframe = str(get(threshold, ("timeframe",)))
        if timeframe not in SLO_TIMEFRAMES:
            hint = f"one of {', '.join(SLO_TIMEFRAMES)}"
            yield QueryProblem((*path, "timeframe"), f"timeframe {timeframe!r}", hint, rule="invalid-slo")
        elif timeframe in seen:
            yield QueryProblem(
                (*path, "timeframe"), f"timeframe {timeframe} stands there twice", rule="invalid-slo"
            )
        seen.add(timeframe)
        yield from _target_problems(path, threshold, type)


def _target_problems(path: Path, threshold: Any, type: str) -> Iterator[QueryProblem]:
    target, warning = (get(threshold, (name,)) for name in ("target", "warning"))
    exact = number(target)
    if exact is None:
        if "${" not in str(target):
            yield QueryProblem(
                (*path, "target"),
                "target is not a number",
                answer=_BAD_TARGET,
                rule="slo-target-out-of-range",
            )
        return
    if not 0 < exact < 100:
        yield QueryProblem(
            (*path, "target"),
            f"target {target}",
            "above 0, below 100",
            answer=_BAD_TARGET,
            rule="slo-target-out-of-range",
        )
    most = 3 if type != "monitor" or get(threshold, ("timeframe",)) == "90d" else 2
    for name, value in (("target", target), ("warning", warning)):
        if number(value) is not None and _decimals(value) > most:
            yield QueryProblem(
                (*path, name),
                f"{name} {value} has more than {most} decimals",
                "round it",
                rule="slo-target-precision",
            )
    limit = number(warning)
    if limit is not None and limit < exact:
        message = f"warning {warning} is below target {target}"
        yield QueryProblem(
            (*path, "warning"),
            message,
            "it is to be reached first: write a higher one",
            rule="slo-warning-below-target",
        )
    elif limit is not None and not limit < 100:
        yield QueryProblem(
            (*path, "warning"), f"warning {warning}", "below 100", rule="slo-target-out-of-range"
        )


def _decimals(value: Any) -> int:
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _metric_problems(document: Document) -> Iterator[QueryProblem]:
    query, count = document.get("query"), get(document, ("sli_specification", "count"))
    if isinstance(count, dict):
        yield from _count_problems(("sli_specification", "count"), count)
    if not isinstance(query, dict):
        if count is None and "sli_specification" not in document:
            answer = "Invalid payload: must specify the query for count types"
            yield QueryProblem(
                (),
                "a metric SLO has a query",
                "write numerator and denominator",
                answer=answer,
                rule="invalid-slo",
            )
        return
    trees: list[Expression] = []
    for name in ("numerator", "denominator"):
        text = query.get(name)
        if not isinstance(text, str):
            yield QueryProblem(("query",), f"{name} is missing", rule="invalid-slo")
            continue
        found = list(metric_problems(("query", name), text))
        yield from found
        if not found:
            trees.append(_parsed(text))
            yield from _event_problems(("query", name), trees[-1])
    if len(trees) == 2 and set(groups(trees[0])) != set(groups(trees[1])):
        yield QueryProblem(
            ("query",),
            "numerator and denominator have different groups",
            "write the same by {...}",
            rule="slo-different-groups",
        )


def _parsed(text: str) -> Expression:
    return MetricReader(text).expression()


def _event_problems(path: Path, tree: Expression) -> Iterator[QueryProblem]:
    """Events are counted: by sum, by count, or as counts and rates."""
    for series in all_series(tree):
        if not _counts(series):
            hint = "write sum:...{...}.as_count()"
            start, end = series.span
            yield QueryProblem(
                path, f"{series.metric} is not counted here", hint, start, end - start, rule="slo-not-counted"
            )


def _counts(series: Series) -> bool:
    counted = series.method("as_count") or series.method("as_rate") or series.counted
    return counted is not None or series.aggregator in ("sum", "count")


def _count_problems(path: Path, count: Document) -> Iterator[QueryProblem]:
    """Good events, and either the bad ones or all."""
    queries = count.get("queries")
    listed = queries if isinstance(queries, list) else []
    yield from queries_problems((*path, "queries"), listed)
    given = [name for name in ("bad_events_formula", "total_events_formula") if count.get(name) is not None]
    if len(given) != 1:
        message = "bad_events_formula and total_events_formula" if given else "bad_events_formula is missing"
        yield QueryProblem(
            (*path, *given[1:]), message, "exactly one of bad_ and total_events_formula", rule="invalid-slo"
        )
    if count.get("good_events_formula") is None:
        yield QueryProblem(path, "good_events_formula is missing", rule="invalid-slo")
    for name in ("good_events_formula", *given):
        formula = count.get(name)
        text = get(formula, ("formula",)) if isinstance(formula, dict) else formula
        where: Path = (*path, name, "formula") if isinstance(formula, dict) else (*path, name)
        if isinstance(text, str):
            yield from formula_problems(where, text)
            yield from name_problems(where, text, listed)


def _monitor_problems(document: Document) -> Iterator[QueryProblem]:
    ids, chosen = document.get("monitor_ids"), document.get("groups")
    if not isinstance(ids, list) or not ids:
        answer = "Invalid payload: must specify monitor_ids"
        yield QueryProblem(
            ("monitor_ids",) if ids is not None else (),
            "a monitor SLO names monitors",
            answer=answer,
            rule="invalid-slo",
        )
        return
    if len(ids) > _MOST_MONITORS:
        yield QueryProblem(("monitor_ids",), f"more than {_MOST_MONITORS} monitors", rule="invalid-slo")
    if chosen and len(ids) > 1:
        yield QueryProblem(
            ("groups",),
            "groups of more than one monitor",
            "choose one monitor, or leave groups out",
            rule="invalid-slo",
        )
    if isinstance(chosen, list) and len(chosen) > _MOST_MONITORS:
        yield QueryProblem(("groups",), f"more than {_MOST_MONITORS} groups", rule="invalid-slo")


def _slice_problems(document: Document) -> Iterator[QueryProblem]:
    path: Path = ("sli_specification", "time_slice")
    spec = get(document, path)
    if not isinstance(spec, dict):
        yield QueryProblem((), "a time slice SLO has sli_specification.time_slice", rule="invalid-slo")
        return
    if spec.get("comparator") not in _COMPARATORS:
        hint = f"one of {', '.join(_COMPARATORS)}"
        yield QueryProblem(
            (*path, "comparator"), f"comparator {spec.get('comparator')!r}", hint, rule="invalid-slo"
        )
    if number(spec.get("threshold")) is None and "${" not in str(spec.get("threshold")):
        yield QueryProblem((*path, "threshold"), "threshold is not a number", rule="invalid-slo")
    interval = spec.get("query_interval_seconds")
    if interval is not None and interval not in _INTERVALS:
        yield QueryProblem(
            (*path, "query_interval_seconds"), f"interval {interval}", "60 or 300 seconds", rule="invalid-slo"
        )
    formulas, queries = (get(spec, ("query", name), []) or [] for name in ("formulas", "queries"))
    if len(formulas) != 1:
        yield QueryProblem(
            (*path, "query", "formulas"), f"{len(formulas)} formulas", "exactly one", rule="invalid-slo"
        )
    yield from queries_problems((*path, "query", "queries"), queries)
    for index, formula in enumerate(formulas):
        where: Path = (*path, "query", "formulas", index, "formula")
        text = str(get(formula, ("formula",), ""))
        yield from formula_problems(where, text)
        yield from name_problems(where, text, queries)
