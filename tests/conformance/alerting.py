"""Messages of monitors and evaluations against the vectors of a corpus, as tests and `make conformance` do.

The folder has `queries/messages.jsonl` and `queries/evaluation.jsonl`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.conformance import _evaluation, _messages, _notified, _objectives, _statuses
from tests.conformance._vectors import Vector, measure

KINDS = (_evaluation, _statuses, _notified, _objectives)
"""Where the kinds of evaluations are; importing a module registers its own."""


def run(corpus: Path) -> list[dict[str, Any]]:
    """The result of each set whose files are there."""
    return [result for result in (evaluation(corpus), messages(corpus)) if result["total"]]


def evaluation(corpus: Path) -> dict[str, Any]:
    return measure("evaluation", _lines(corpus / "queries" / "evaluation.jsonl"), _evaluation.difference)


def messages(corpus: Path) -> dict[str, Any]:
    return measure("messages", _lines(corpus / "queries" / "messages.jsonl"), _messages.difference)


def _lines(file: Path) -> list[Vector]:
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    vectors = [json.loads(line) for line in lines if line.strip()]
    return [{**vector, "name": vector["id"]} for vector in vectors]
