"""Scenarios of the official client played on the emulator: does each get the status and fields it expects?

Not counted is what nobody can play. A generated scenario was never run; it counts where it expects success,
or that an unknown id is not found. Lists of all pages are many requests, compared in the sets `emulator`.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ddconf.emulator.seed import plant
from ddconf.emulator.wire import Response
from tests.conformance._replay import Exchange, Organisation, fresh_organisation
from tests.conformance._scenario import Scenario, Stage, Step, look_up
from tests.conformance.emulator import recorded_tests

Json = Any
_FIELD = "field "  # how a difference begins where the status is right
_TODAY = datetime(2026, 6, 1, tzinfo=UTC)


def run(corpus: Path) -> list[dict[str, Any]]:
    """Play all scenarios; a failure is the scenario and what it expected in vain."""
    scenarios = list(_scenarios(corpus / "scenarios"))
    makers = _makers(scenarios)
    recordings = {test[0]["test"]: test for test in recorded_tests(corpus / "recorded")}
    played: dict[str, list[tuple[Scenario, str]]] = defaultdict(list)
    for scenario in filter(_counts, scenarios):
        why = _difference(scenario, recordings.get(scenario.get("test", ""), []), makers)
        played[scenario["family"]].append((scenario, why))
    return [
        {
            "set": f"scenarios:{family}",
            "total": len(results),
            "passed": sum(not why for _, why in results),
            "failures": [{"name": _name(scenario), "difference": why} for scenario, why in results if why],
            "writes": _writes(results),
        }
        for family, results in sorted(played.items())
    ]


def write_shares(reports: Iterable[dict[str, Any]]) -> dict[str, tuple[int, int]]:
    """How many writes of kinds have the exact status, of how many; by what the scenarios rest on."""
    sums: dict[str, tuple[int, int]] = {}
    for report in reports:
        for basis, (exact, total) in report.get("writes", {}).items():
            before = sums.get(basis, (0, 0))
            sums[basis] = (before[0] + exact, before[1] + total)
    return sums


def _writes(results: list[tuple[Scenario, str]]) -> dict[str, tuple[int, int]]:
    """Of the creates, updates and deletes of kinds: exact statuses and all, proven and generated apart."""
    found: dict[str, tuple[int, int]] = {}
    for scenario, why in results:
        if {"create", "update", "delete"} & set(scenario["kinds"].values()):
            basis = "generated" if "@generated" in scenario["tags"] else "proven"
            exact, total = found.get(basis, (0, 0))
            found[basis] = (exact + (not why or why.startswith(_FIELD)), total + 1)
    return found


def _name(scenario: Scenario) -> str:
    file = scenario["file"].removeprefix("tests/").replace("features/", "")
    return f"{file}: {scenario['scenario']}"


def _difference(scenario: Scenario, recording: list[Exchange], makers: dict[str, Step]) -> str:
    try:
        stage = Stage(_organisation(recording), scenario, makers, recording=recording)
        response, body = stage.play()
        return _wrong(stage, response, body)
    except Exception as error:  # a defect is what is measured here
        return repr(error)


def _organisation(recording: list[Exchange]) -> Organisation:
    """What a recording of the scenario found, in a fresh organisation."""
    holder = fresh_organisation(recording)
    plant(holder.app.store, now=_TODAY)
    times = [exchange["recorded_at"] for exchange in recording]
    holder.now = datetime.fromisoformat(times[0]).astimezone(UTC) if times else _TODAY
    return holder


def _wrong(stage: Stage, response: Response, body: Json) -> str:
    if response.status != stage.scenario["status"]:
        return f"status {response.status} instead of {stage.scenario['status']}: {response.body[:200]!r}"
    for assertion in stage.scenario["assertions"]:
        wanted = stage.rendered(assertion.get("value"))
        if assertion["op"] == "same_as_given":
            wanted = look_up(stage.names, wanted)
        found = look_up(body, assertion["path"])
        if not _holds(assertion, found, wanted):
            return f"{_FIELD}{assertion['path']}: {json.dumps(found)[:200]}, not {assertion['op']} {wanted!r}"
    return ""


def _holds(assertion: Json, found: Json, wanted: Json) -> bool:
    match assertion["op"]:
        case "equal" | "same_as_given":
            return bool(found == wanted) or (_is_number(found) and str(found) == wanted)
        case "length":
            return len(found or ()) == wanted
        case "falsy":
            return not found
        case "has_field":
            return wanted in (found or ())
        case "lacks_field":
            return wanted not in (found or ())
        case "contains":
            return wanted in found
        case "has_item_with":
            return any(look_up(item, assertion["field"]) == wanted for item in found)
    raise ValueError(f"unknown assertion {assertion['op']}")


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _counts(scenario: Scenario) -> bool:
    if scenario.get("pagination"):
        return False
    replaced = any(value.get("source") == "REPLACE.ME" for value in scenario["parameters"].values())
    proven = "@generated" not in scenario["tags"] and (
        scenario.get("recorded") or "@skip" not in scenario["tags"]
    )
    return proven or scenario["status"] < 300 or (scenario["status"] == 404 and replaced)


def _makers(scenarios: list[Scenario]) -> dict[str, Step]:
    """By path, a scenario that makes an object there; one that ran is better."""
    makes = [s for s in scenarios if s["method"] in ("POST", "PUT") and s["status"] < 300]
    return {s["path"]: s for s in sorted(makes, key=lambda s: "@generated" not in s["tags"])}


def _scenarios(folder: Path) -> Iterator[Scenario]:
    for file in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line) | {"family": file.name.removesuffix(".jsonl.gz")}
