"""Checks the engine and the search queries against a folder of vectors, as tests and `make conformance` do.

The folder has `logs/pipelines/*.json`, `logs/search_match.json` and `logs/search_parse.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ddconf.document import canonical
from ddconf.errors import DdconfError
from ddconf.pipelines.asset import to_api
from ddconf.pipelines.engine import compile_pipelines
from ddconf.pipelines.lint import lint
from ddconf.pipelines.log import Log
from ddconf.pipelines.query import (
    All,
    And,
    Compare,
    Exists,
    Literal,
    MissingField,
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
from ddconf.pipelines.sample_context import origin
from ddconf.pipelines.timestamp import parse_timestamp
from ddconf.pipelines.trace import Outcome
from tests.conformance._vectors import Vector, measure, read

YEAR = datetime(1971, 1, 1, tzinfo=UTC)
RECEIVED = 1
SOURCE_TAG = "source:LOGS_SOURCE"
OPTIONAL = ("status", "service", "trace_id", "span_id")


def run(corpus: Path) -> list[dict[str, Any]]:
    """The result of each set whose files are there."""
    results = (pipelines(corpus), accepted(corpus), search_match(corpus), search_parse(corpus))
    return [result for result in results if result["total"]]


def pipelines(corpus: Path) -> dict[str, Any]:
    files = sorted((corpus / "logs" / "pipelines").glob("*.json"))
    return measure("pipelines", (test for file in files for test in tests(file)), difference)


def accepted(corpus: Path) -> dict[str, Any]:
    """Pipelines that Datadog ships: `validate` may warn of them, it must not refuse one."""
    files = sorted((corpus / "logs" / "pipelines").glob("*.json"))
    documents = ({"name": file.stem, **json.loads(file.read_text(encoding="utf-8"))} for file in files)
    return measure("pipelines_accepted", documents, mistakes)


def mistakes(document: Vector) -> str:
    return "; ".join(problem.message for problem in lint(document) if not problem.warning)


def tests(file: Path) -> Iterator[Vector]:
    """The tests of a file, each with the pipeline that it is for."""
    document = json.loads(file.read_text(encoding="utf-8"))
    pipeline = to_api(document)
    source = origin(pipeline).get("source")
    pipeline["filter"] = {"query": "*"}
    for test in document["tests"]:
        yield {**test, "pipeline": pipeline, "source": source}


def difference(test: Vector) -> str:
    compiled = compile_pipelines(test["pipeline"], now=lambda: YEAR)
    given = {"source": test["source"], "service": test.get("service"), "timestamp": RECEIVED}
    given["tags"] = tuple(test.get("tags", ()))
    log = Log.from_text(test["sample"], preprocess=False, **given)
    return "; ".join(compare(compiled.run(log), test["result"]))


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
        "custom": expected.get("custom", {}),
        "message": plain_json(expected.get("message", log.message)),
        "tags": [tag for tag in expected.get("tags", ()) if tag != SOURCE_TAG],
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
    return measure("search_match", read(corpus / "logs" / "search_match.json"), wrong_match)


def wrong_match(vector: Vector) -> str:
    wanted = None if "expected_error" in vector else vector["match"]
    try:
        actual = parse_query(vector["query"]).matches(flat_log(vector["event"]))
    except DdconfError:
        actual = None
    return "" if actual == wanted else f"{vector['query']} on {vector['event']}: {actual}"


def flat_log(event: dict[str, Any]) -> Log:
    """A log of an event in which attributes and official fields stand side by side."""
    log = Log(str(event.get("message", "")), event, tuple(event.get("tags", ())))
    official = ("status", "service", "source", "host", "trace_id")
    return replace(log, **{field: str(event[field]) for field in official if field in event})


def search_parse(corpus: Path) -> dict[str, Any]:
    return measure("search_parse", read(corpus / "logs" / "search_parse.json"), wrong_trees)


def wrong_trees(entry: Vector) -> str:
    trees = {query: parsed(query) for query in entry["queries"]}
    return "; ".join(
        f"{query}: {canonical(found)}"
        for query, found in trees.items()
        if canonical(found) != canonical(entry["tree"])
    )


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
        case Exists(field) | MissingField(field):
            return {"exists" if isinstance(node, Exists) else "missing": field}
        case Not(inner):
            return {"not": tree(inner)}
        case And(nodes) | Or(nodes):
            return {type(node).__name__.lower(): [tree(item) for item in nodes]}
    return {"cidr": [node.field, *node.networks]}
