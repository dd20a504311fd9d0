"""The vectors of `queries/`: what Datadog accepted is read, printed, read again; what it refuses is refused.

`queries_of_content` holds every monitor, SLO and dashboard of recordings and of published content:
no mistake may be found in any.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ddconf.pipelines.query import QueryError, parse_query
from ddconf.queries import parse_formula, parse_metric_queries, parse_metric_query, parse_monitor_query
from ddconf.queries.dashboard_body import dashboard_problems
from ddconf.queries.downtime_scopes import parse_downtime_scope
from ddconf.queries.monitor import monitor_of
from ddconf.queries.monitor_body import monitor_problems
from ddconf.queries.monitor_search import search_mistakes
from ddconf.queries.printer import print_expression, print_monitor
from ddconf.queries.problem import QueryProblem
from ddconf.queries.slo_body import slo_problems
from ddconf.queries.sources import MONITOR_TYPES
from ddconf.queries.together import slo_alert_problems, unknown_parts
from tests.conformance._vectors import Check, Vector, measure

_SLO_TARGET = re.compile(r"SLO target ([\d.]+)")


def run(corpus: Path) -> list[dict[str, Any]]:
    """The result of each set whose file is there."""
    checks: dict[str, Check] = {
        "queries_valid": _accepted,
        "queries_invalid": _refused,
        "monitor_options_invalid": _options_refused,
    }
    reports = [
        measure(name, vectors, check) for name, check in checks.items() if (vectors := _read(corpus, name))
    ]
    bodies = list(_bodies(corpus))
    return [*reports, measure("queries_of_content", bodies, _content)] if bodies else reports


def _read(corpus: Path, name: str) -> list[Vector]:
    for file in (corpus / "queries" / f"{name}.jsonl", corpus / "queries" / f"{name}.jsonl.gz"):
        if file.is_file():
            return [_named(vector) for vector in _lines(file)]
    return []


def _lines(file: Path) -> Iterator[Vector]:
    with gzip.open(file, "rt") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _named(vector: Vector) -> Vector:
    """With a name that stays when the file grows; what only Datadog can know decides nothing."""
    digest = hashlib.sha256(json.dumps(vector, sort_keys=True).encode()).hexdigest()[:12]
    unknowable = "only Datadog knows" if vector.get("offline") is False else None
    return vector | {"name": digest, "disputed": vector.get("disputed") or unknowable}


def _accepted(vector: Vector) -> str:
    text, language = vector["text"], vector["language"]
    if language == "search":
        parse_query(text)
        return ""
    read, printed = _reading(vector), {"monitor": print_monitor}.get(language, _print_all)
    tree = read(text)
    again = read(printed(tree))
    return "" if again == tree else f"printed and read again: {again}"


def _reading(vector: Vector) -> Callable[[str], Any]:
    language = vector["language"]
    if language == "formula":
        return lambda text: (parse_formula(text, vector.get("names")),)
    if language == "monitor":
        return lambda text: parse_monitor_query(text, vector["type"])
    several = vector.get("type") == "widget.q"
    return parse_metric_queries if several else lambda text: (parse_metric_query(text),)


def _print_all(trees: Any) -> str:
    return ", ".join(print_expression(tree) for tree in trees)


def _refused(vector: Vector) -> str:
    try:
        return "" if _mistakes(vector) else "accepted"
    except QueryError as error:
        return "" if error.text == vector["text"] else f"the mistake is of another text: {error.text}"


def _mistakes(vector: Vector) -> list[Any]:
    text, language = vector["text"], vector["language"]
    if language == "slo":
        body = {"type": "metric", "query": json.loads(text)}
        return list(slo_problems(body))
    if language == "downtime scope":
        parse_downtime_scope(text)
        return []
    if language == "monitor search":
        return list(search_mistakes(text))
    if language != "monitor":
        _reading(vector)(text)
        return []
    variables = vector.get("variables")
    options = {} if variables is None else {"variables": [{"name": name} for name in variables]}
    body = {"type": vector["type"], "query": text, "options": options}
    parse_monitor_query(text, vector["type"])
    return [*_errors(monitor_problems(body)), *_in_context(body, vector.get("needs_context", ""))]


def _in_context(body: Vector, context: str) -> list[QueryProblem]:
    """What is wrong for an organisation of which the vector tells."""
    if not context:
        return []
    monitor = monitor_of(body)
    if found := _SLO_TARGET.search(context):
        thresholds = [{"timeframe": time, "target": float(found[1])} for time in ("7d", "30d", "90d")]
        return list(slo_alert_problems(monitor, {"thresholds": thresholds}))
    return list(unknown_parts(monitor, ()))


def _options_refused(vector: Vector) -> str:
    if vector["type"] == "slo":
        problems = slo_problems(vector["slo"])
    else:
        body = {key: vector[key] for key in ("type", "query", "options", "priority") if key in vector}
        problems = monitor_problems(body)
    return "" if _errors(problems) else "accepted"


def _errors(problems: list[QueryProblem]) -> list[QueryProblem]:
    return [problem for problem in problems if not problem.warning]


def _content(vector: Vector) -> str:
    body = vector["body"]
    problems: dict[str, Callable[[Vector], list[QueryProblem]]] = {
        "monitor": monitor_problems,
        "slo": slo_problems,
        "dashboard": dashboard_problems,
    }
    errors = _errors(problems[vector["kind"]](body))
    return "; ".join(f"{problem.path}: {problem.message}" for problem in errors)


def _bodies(corpus: Path) -> Iterator[Vector]:
    """Each body once, of requests and answers that succeeded and of published files."""
    seen: set[str] = set()
    for folder in ("recorded", "content"):
        for file in sorted((corpus / folder).glob("*.jsonl.gz")):
            for line in _lines(file):
                if line.get("status", 200) >= 300:
                    continue
                for kind, body in _found(line):
                    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:12]
                    if digest not in seen:
                        seen.add(digest)
                        yield {"name": f"{kind} {digest}", "kind": kind, "body": body}


def _found(node: Any) -> Iterator[tuple[str, Vector]]:
    if isinstance(node, list):
        for item in node:
            yield from _found(item)
    elif isinstance(node, dict):
        if kind := _kind(node):
            yield kind, node
        else:
            for item in node.values():
                yield from _found(item)


def _kind(body: Vector) -> str:
    if isinstance(body.get("widgets"), list):
        return "dashboard"
    if isinstance(body.get("query"), str) and body.get("type") in MONITOR_TYPES and "options" in body:
        return "monitor"
    is_slo = body.get("type") in ("metric", "monitor", "time_slice") and isinstance(
        body.get("thresholds"), list
    )
    return "slo" if is_slo else ""
