"""An organisation to measure with: real dashboards and monitors repeated, as the API's answers."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from ddconf.definitions import settings
from ddconf.definitions.load import load

ROOT = Path(__file__).parent.parent
CORPUS = Path(os.environ.get("DDCONF_CORPUS", ROOT.parent / "shared" / "corpus2")) / "content"
MODIFIED = "2025-11-05T08:00:00.000000+00:00"


@dataclass(frozen=True)
class Organisation:
    """Objects by kind, each as a read of it answers."""

    dashboards: list[dict[str, Any]]
    monitors: list[dict[str, Any]]
    pipelines: list[dict[str, Any]]


def organisation(dashboards: int, monitors: int, pipelines: int) -> Organisation:
    """So many of each, from the corpus where it is there, else from `definitions/`; names are unique."""
    return Organisation(
        [_dashboard(body, number) for number, body in _repeated(_dashboards(), dashboards)],
        [_monitor(body, number) for number, body in _repeated(_monitors(), monitors)],
        [
            _pipeline(body, number)
            for number, body in _repeated(list(_defined("logs_custom_pipeline")), pipelines)
        ],
    )


def _repeated(bodies: list[dict[str, Any]], count: int) -> Iterator[tuple[int, dict[str, Any]]]:
    return enumerate(islice(cycle(bodies), count), start=1)


def _dashboards() -> list[dict[str, Any]]:
    return _corpus("dashboards") or list(_defined("dashboard"))


def _monitors() -> list[dict[str, Any]]:
    return [body.get("definition", body) for body in _corpus("monitors")] or list(_defined("monitor"))


def _corpus(name: str) -> list[dict[str, Any]]:
    file = CORPUS / f"{name}.jsonl.gz"
    if not file.exists():
        return []
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["document"] for line in lines]


def _defined(kind: str) -> Iterator[dict[str, Any]]:
    root = ROOT / "definitions"
    found = load(root, settings.read(root))
    return (item.document for address, item in found.items.items() if address.kind == kind)


def _dashboard(body: dict[str, Any], number: int) -> dict[str, Any]:
    id_ = f"{number:03x}-{number % 1000:03d}-aaa"
    return {
        **body,
        "id": id_,
        "title": f"{body['title']} {number}",
        "url": f"/dashboard/{id_}/board",
        "author_handle": "a@example.com",
        "author_name": None,
        "created_at": MODIFIED,
        "modified_at": MODIFIED,
        "is_read_only": False,
    }


def _monitor(body: dict[str, Any], number: int) -> dict[str, Any]:
    return {
        **body,
        "id": number,
        "name": f"{body['name']} {number}",
        "created": MODIFIED,
        "modified": MODIFIED,
        "overall_state": "OK",
        "multi": False,
        "deleted": None,
        "creator": {"id": 1, "handle": "a@example.com", "name": None, "email": "a@example.com"},
        "org_id": 1,
    }


def _pipeline(body: dict[str, Any], number: int) -> dict[str, Any]:
    name = f"{body['name']} {number}"
    return {**body, "id": f"pipeline{number:06}", "name": name, "type": "pipeline", "is_read_only": False}
