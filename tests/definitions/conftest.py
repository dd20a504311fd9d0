"""The definitions that come with ddconf: loaded once, their pipelines compiled once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ddconf.definitions.load import load
from ddconf.definitions.settings import read
from ddconf.document import Document
from ddconf.pipelines import Pipelines, compile_pipelines

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "definitions"


def now() -> datetime:
    """The clock of the tests, since syslog names no year."""
    return datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def documents() -> Mapping[str, Mapping[str, Document]]:
    """kind -> name -> document, with variables replaced."""
    found: dict[str, dict[str, Document]] = {}
    for address, definition in load(FOLDER, read(FOLDER)).items.items():
        found.setdefault(address.kind, {})[address.name] = definition.document
    return found


@pytest.fixture(scope="session")
def pipelines(documents: Mapping[str, Mapping[str, Document]]) -> Mapping[str, Pipelines]:
    """Each custom pipeline, compiled alone."""
    return {
        name: compile_pipelines(document, now=now)
        for name, document in documents["logs_custom_pipeline"].items()
    }


@pytest.fixture(scope="session")
def samples(corpus: Path) -> Path:
    """The folder of recorded logs."""
    return corpus / "samples"
