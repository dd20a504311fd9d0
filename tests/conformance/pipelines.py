"""Checks the engine and the search queries against a folder of vectors, as tests and `make conformance` do.

The folder has `logs/pipelines/*.json`, `logs/search_match.json` and `logs/search_parse.json`.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ddconf.document import canonical
from ddconf.errors import DdconfError
from ddconf.pipelines.asset import to_api
from ddconf.pipelines.engine import compile_pipelines
from ddconf.pipelines.log import Log
from ddconf.pipelines.passing import origin
from ddconf.pipelines.query import (
    All,
    And,
    Compare,
    Exists,
    Literal,
    Missing,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Range,
    Term,
    Wildcard,
    parse_query,
)
from ddconf.pipelines.timestamp import parse_timestamp
from ddconf.pipelines.trace import Outcome

YEAR = datetime(1971, 1, 1, tzinfo=UTC)
RECEIVED = 1
SOURCE_TAG = "source:LOGS_SOURCE"
OPTIONAL = ("status", "service", "trace_id", "span_id")


def run(corpus: Path) -> list[dict[str, Any]]:
    """One entry for each set: its name, how many vectors, how many passed, and what failed."""
    return [pipelines(corpus), search_match(corpus), search_parse(corpus)]


def pipelines(corpus: Path) -> dict[str, Any]:
    failures, total = [], 0
    for file in sorted((corpus / "logs" / "pipelines").glob("*.json")):
        document = json.loads(file.read_text(encoding="utf-8"))
        pipeline = to_api(document)
        source = origin(pipeline).get("source")
        pipeline["filter"] = {"query": "*"}
        compiled = compile_pipelines(pipeline, now=lambda: YEAR)
        for test in document["tests"]:
            total += 1
            given = {"source": source, "service": test.get("service"), "timestamp": RECEIVED}
            log = Log.from_text(test["sample"], preprocess=False, **given)
            differences = compare(compiled.run(log), test["result"])
            if differences:
                failures.append({"name": test["name"], "differences": differences})
    return summary("pipelines", total, failures)


def compare(outcome: Outcome, expected: dict[str, Any]) -> list[str]:
    """What differs, strictly by type; a message that is JSON is compared as JSON."""
    log = outcome.log
    dated = any(step.type == "date-remapper" for step in outcome.trace)
    actual: dict[str, Any] = {
        "custom": log.attributes,
        "message": plain_json(log.message),
        "tags": list(log.tags),
        "timestamp": log.timestamp if dated else None,
    }
    actual |= {field: getattr(log, field) for field in OPTIONAL}
    wanted = {
        "custom": expected["custom"],
        "message": plain_json(expected["message"]),
        "tags": [tag for tag in expected["tags"] if tag != SOURCE_TAG],
        "timestamp": parse_timestamp(expected.get("timestamp")),
    }
    wanted |= {field: expected.get(field) for field in OPTIONAL}
    return [
        f"{key}: {canonical(actual[key])} instead of {canonical(wanted[key])}"
        for key in actual
        if canonical(actual[key]) != canonical(wanted[key])
    ]


def plain_json(text: str) -> Any:
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, dict) else text


def search_match(corpus: Path) -> dict[str, Any]:
    vectors = json.loads((corpus / "logs" / "search_match.json").read_text(encoding="utf-8"))
    failures = []
    for vector in vectors:
        wanted = None if "expected_error" in vector else vector["match"]
        try:
            actual = parse_query(vector["query"]).matches(flat_log(vector["event"]))
        except DdconfError:
            actual = None
        if actual != wanted:
            failures.append({"query": vector["query"], "event": vector["event"], "match": actual})
    return summary("search_match", len(vectors), failures)


def flat_log(event: dict[str, Any]) -> Log:
    """A log of an event in which attributes and official fields stand side by side."""
    log = Log(str(event.get("message", "")), event, tuple(event.get("tags", ())))
    official = ("status", "service", "source", "host", "trace_id")
    return replace(log, **{field: str(event[field]) for field in official if field in event})


def search_parse(corpus: Path) -> dict[str, Any]:
    entries = json.loads((corpus / "logs" / "search_parse.json").read_text(encoding="utf-8"))
    failures = []
    for entry in entries:
        actual = {query: parsed(query) for query in entry["queries"]}
        if any(canonical(found) != canonical(entry["tree"]) for found in actual.values()):
            failures.append({"name": entry["name"], "trees": actual})
    return summary("search_parse", len(entries), failures)


def parsed(query: str) -> dict[str, Any]:
    try:
        return tree(parse_query(query).tree)
    except DdconfError as error:
        return {"error": str(error)}


def tree(node: Node) -> dict[str, Any]:
    """The node in the notation of the vectors."""
    match node:
        case All() | Nothing():
            return {type(node).__name__.lower().replace("nothing", "none"): True}
        case Term(field, text):
            return {"term": [field, text]}
        case Phrase(field, text):
            return {"phrase": [field, text]}
        case Wildcard(field, (Literal(text), "*")):
            return {"prefix": [field, text]}
        case Wildcard(field, _):
            return {"wildcard": [field, node.pattern]}
        case Compare(field, operator, bound):
            return {"compare": [field, operator, bound.value]}
        case Range(field, low, high, opening, closing):
            ends = [None if end is None else end.value for end in (low, high)]
            return {"range": [field, opening, *ends, closing]}
        case Exists(field) | Missing(field):
            return {type(node).__name__.lower(): field}
        case Not(inner):
            return {"not": tree(inner)}
        case And(nodes) | Or(nodes):
            return {type(node).__name__.lower(): [tree(item) for item in nodes]}
    return {"cidr": [node.field, *node.networks]}


def summary(name: str, total: int, failures: list[dict[str, Any]]) -> dict[str, Any]:
    return {"set": name, "total": total, "passed": total - len(failures), "failures": failures}
