"""Every processor does what its cases say; the cases are data, one file for each type."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from ddconf.document import canonical
from ddconf.pipelines.engine import run
from ddconf.pipelines.log import Log
from ddconf.pipelines.processors import registered

CASES = Path(__file__).parent / "cases"
NOW = datetime(1971, 6, 1, tzinfo=UTC)


def cases() -> list[Any]:
    return [
        pytest.param(file.stem, case, id=f"{file.stem}: {case['name']}")
        for file in sorted(CASES.glob("*.yaml"))
        for case in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(("type_", "case"), cases())
def test_a_processor_does_what_its_case_says(type_: str, case: dict[str, Any]) -> None:
    spec = {"type": type_, "is_enabled": True, **case["spec"]}
    pipeline = {"is_enabled": True, "processors": [spec]}
    log = Log.from_json(case["log"])
    before = canonical(log.as_json())
    outcome = run([pipeline], log, now=lambda: NOW)
    step = next(step for step in outcome.trace if step.path == (0, "processors", 0))
    assert canonical(outcome.log.as_json()) == canonical(Log.from_json(case["expect"]).as_json())
    assert str(step.report.reason or "") == case.get("reason", "")
    assert step.report.matched == case.get("matched", step.report.matched)
    assert canonical(log.as_json()) == before


@pytest.mark.parametrize("type_", registered())
def test_a_processor_stands_in_a_file_of_its_name(type_: str) -> None:
    module = registered()[type_].__module__
    assert module == f"ddconf.pipelines.processors.{type_.replace('-', '_')}"


def test_every_processor_has_cases() -> None:
    assert {file.stem for file in CASES.glob("*.yaml")} == set(registered())
