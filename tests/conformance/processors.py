"""The worked examples of `logs/processors_docs.json`: processors applied to attributes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ddconf.pipelines.asset import to_api
from ddconf.pipelines.engine import compile_pipelines
from ddconf.pipelines.log import Log
from tests.conformance._vectors import Vector, equal, measure, read


def run(corpus: Path) -> list[dict[str, Any]]:
    """The result of the set, if its file is there."""
    result = documented(corpus)
    return [result] if result["total"] else []


def documented(corpus: Path) -> dict[str, Any]:
    return measure("processors_docs", read(corpus / "logs" / "processors_docs.json"), difference)


def difference(example: Vector) -> str:
    pipeline = {"type": "pipeline", "name": "", "enabled": True, "processors": example["processors"]}
    for processor in pipeline["processors"]:
        processor["enabled"] = True
    compiled = compile_pipelines(to_api(pipeline))
    found = compiled.run(Log(attributes=example["attributes"])).log.attributes
    return "" if equal(found, example["expected"]) else f"{found!r} instead of {example['expected']!r}"
