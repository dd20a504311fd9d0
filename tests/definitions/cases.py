"""The `*.test.yaml` beside the definitions, and how a case is run and compared."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ddconf.definitions.yaml import reader
from ddconf.document import JSON, Document
from ddconf.pipelines import Log, Outcome, Pipelines

OFFICIAL = ("message", "status", "service", "host", "timestamp", "tags")


@dataclass(frozen=True, slots=True)
class Case:
    """One log, and what is expected of it."""

    pipeline: str
    number: int
    document: Document

    def __str__(self) -> str:
        return f"{self.pipeline}-{self.number}"


def read_cases(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.rglob("*.test.yaml")):
        for value, _ in reader.load(path.read_text("utf-8"), str(path)):
            for address, documents in value.items():
                if not address.startswith("logs_custom_pipeline."):
                    continue  # those of monitors are in test_monitors
                for number, document in enumerate(documents, start=1):
                    yield Case(address.removeprefix("logs_custom_pipeline."), number, document)


def official(pipeline: Document) -> dict[str, Any]:
    """What a log must carry to pass the filter of a pipeline, all of which name one official field."""
    field, _, value = pipeline["filter"]["query"].partition(":")
    return {field: value}


def run_case(case: Case, pipelines: Pipelines, fields: Mapping[str, Any]) -> Outcome:
    log = case.document["log"]
    if isinstance(log, dict):
        return pipelines.run(Log.from_event(log, **fields))
    return pipelines.run(Log.from_text(log, **fields))


def differences(case: Case, outcome: Outcome) -> Iterator[str]:
    """What is not as expected; types count, so 1 is not 1.0."""
    if case.document.get("no_match"):
        matched = [
            step.report.matched for step in outcome.trace if step.type == "grok-parser" and step.applied
        ]
        yield from (f"the grok rule {rule} matched" for rule in matched)
    if "expect" in case.document:
        expected, found = case.document["expect"], outcome.log.attributes
        if case.document.get("exact") and _text(expected) != _text(found):
            yield f"expected exactly\n{_text(expected)}, found\n{_text(found)}"
        yield from _missing(expected, found, "")
    for name in OFFICIAL:
        if name in case.document and case.document[name] != (value := getattr(outcome.log, name)):
            yield f"{name}: expected {case.document[name]!r}, found {value!r}"


def _missing(expected: JSON, found: JSON, path: str) -> Iterator[str]:
    if isinstance(expected, dict) and expected:
        for key, value in expected.items():
            there = found.get(key) if isinstance(found, dict) else None
            yield from _missing(value, there, f"{path}.{key}")
    elif _text(expected) != _text(found):
        yield f"{path.lstrip('.')}: expected {_text(expected)}, found {_text(found)}"


def _text(value: JSON) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
