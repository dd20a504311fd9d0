"""Real content, made by other tools: export owns it, repeats itself, and rebuilds it in another place."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest

from ddconf.document import canonical, drop, parse_path
from ddconf.kind import find_kind
from ddconf.kind.mark import without_marks
from ddconf.plans.comparison import NormalizationContext
from tests.e2e.conftest import Desk, open_desk

PATHS = {
    "monitor": "/api/v1/monitor",
    "service_level_objective": "/api/v1/slo",
    "logs_custom_pipeline": "/api/v1/logs/config/pipelines",
    "dashboard": "/api/v1/dashboard",
}
FAMILIES = {
    "monitor": "monitors",
    "service_level_objective": "slos",
    "logs_custom_pipeline": "logs_pipelines",
    "dashboard": "dashboards",
}
COLLECTIONS = {
    "monitor": "monitor",
    "service_level_objective": "slo",
    "logs_custom_pipeline": "logs_pipeline",
    "dashboard": "dashboard",
}


def lines(file: Path) -> Iterator[Any]:
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def recorded(corpus: Path, kind: str) -> Iterator[Any]:
    """The bodies of every create that Datadog accepted."""
    for exchange in lines(corpus / "recorded" / f"{FAMILIES[kind]}.jsonl.gz"):
        if exchange["method"] == "POST" and exchange["path"] == PATHS[kind] and exchange["status"] < 300:
            yield exchange["request_body"]


def shipped(corpus: Path, kind: str) -> Iterator[Any]:
    """Dashboards and monitors out of Datadog's own integrations."""
    if kind in ("dashboard", "monitor"):
        for line in lines(corpus / "content" / f"{kind}s.jsonl.gz"):
            document = line["document"]
            yield document.get("definition", document) if kind == "monitor" else document


_UNDERSTOOD = {"Duplicate of an existing": "twins", "Some monitor IDs are invalid": "composites"}


def put(desk: Desk, kind: str, bodies: Iterator[Any]) -> Counter[str]:
    """Create each by a raw request; how many were taken and refused.

    Counted apart are twins, of which Datadog takes one, and composites of monitors that are not here.
    """
    done: Counter[str] = Counter()
    for body in bodies:
        try:
            desk.api("POST", PATHS[kind], body)
            done["taken"] += 1
        except HTTPError as error:
            reason = error.read().decode()
            why = (word for text, word in _UNDERSTOOD.items() if text in reason)
            done[next(why, "refused")] += 1
    return done


def contents(desk: Desk, kind: str) -> Counter[str]:
    """What the organisation has of a kind, but for ids of other objects and the marks of who made them.

    Runbooks of monitors are no part of it: Datadog's list does not show them, so no export has them.
    """
    found: Counter[str] = Counter()
    for document in map(without_marks, desk.app.store.all(COLLECTIONS[kind])):
        document = {key: value for key, value in document.items() if key != "assets"}
        for pattern in find_kind(kind).references:
            drop(document, parse_path(pattern))
        text = canonical(NormalizationContext(find_kind(kind), (), (), b"").normalize(document))
        # Datadog spells an SLO's query anew from its specification, with other brackets.
        found[re.sub("[()]", "", text) if kind == "service_level_objective" else text] += 1
    return found


def texts(folder: Path) -> dict[str, str]:
    return {str(file.relative_to(folder)): file.read_text() for file in sorted(folder.rglob("*.yaml"))}


@pytest.mark.slow
def test_real_content_is_exported_kept_and_rebuilt_elsewhere(corpus: Path, tmp_path: Path) -> None:
    with open_desk(tmp_path / "one") as one:
        one.folder.mkdir()
        for kind in PATHS:
            for bodies in (recorded(corpus, kind), shipped(corpus, kind)):
                done = put(one, kind, bodies)
                print(kind, dict(done))
                assert done["refused"] <= 1
        compose(one)
        kinds = [word for kind in (*PATHS, "logs_pipeline_order") for word in ("--kind", kind)]
        assert "The plan of what was exported is empty." in one.done("export", *kinds)
        first = texts(one.folder)
        assert len(first) > 500
        assert "No changes." in one.done("plan")
        one.done("export", *kinds)
        assert texts(one.folder) == first
        wanted = {kind: contents(one, kind) for kind in PATHS}
    with open_desk(tmp_path / "two") as two:
        shutil.copytree(tmp_path / "one", two.folder, ignore=shutil.ignore_patterns(".ddconf"))
        two.done("apply", "--auto-approve")
        assert "No changes." in two.done("plan")
        for kind in PATHS:
            there = contents(two, kind)
            assert (there - wanted[kind], wanted[kind] - there) == (Counter(), Counter()), kind
        ids = {item["id"] for item in two.api("GET", "/api/v1/monitor")}
        for monitor in two.api("GET", "/api/v1/monitor"):
            if monitor["name"] == "both":
                assert {int(word) for word in re.findall(r"\d+", monitor["query"])} <= ids


def compose(desk: Desk) -> None:
    """Monitors whose queries name other objects: of two monitors, and of an SLO."""
    one, other = (item["id"] for item in desk.api("GET", "/api/v1/monitor")[:2])
    slo = desk.api("GET", "/api/v1/slo")["data"][0]["id"]
    desk.api("POST", PATHS["monitor"], {"name": "both", "type": "composite", "query": f"{one} && !{other}"})
    budget = f'error_budget("{slo}").over("7d") > 75'
    desk.api("POST", PATHS["monitor"], {"name": "budget", "type": "slo alert", "query": budget})
