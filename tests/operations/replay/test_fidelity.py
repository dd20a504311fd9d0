"""How true a recording is to what was sent is told for each pipeline, log by log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ddconf.document import Document
from ddconf.operations.replay.fidelity import ATTRIBUTES, MOVED, SENT, TEXT
from ddconf.operations.replay.log_file import RecordedFile
from ddconf.operations.replay.replay import PipelineChange, replay_file


def remapper(**more: Any) -> Document:
    return {
        "type": "attribute-remapper",
        "is_enabled": True,
        "sources": ["user"],
        "source_type": "attribute",
        "target": "usr.name",
        "target_type": "attribute",
        **more,
    }


def pipeline(*processors: Document) -> Document:
    nested = {"type": "pipeline", "filter": {"query": "*"}, "is_enabled": True, "processors": [*processors]}
    return {"name": "Shop", "is_enabled": True, "filter": {"query": "source:shop"}, "processors": [nested]}


def recorded(message: str, **attributes: Any) -> Document:
    return {"source": "shop", "message": message, "attributes": attributes, "tags": []}


CASES = {
    "a line of a program": ({"ddsource": "shop", "user": "ann"}, remapper(), SENT),
    "text": (recorded("sold 1"), remapper(), TEXT),
    "not moved yet": (recorded("sold 1", user="ann"), remapper(), TEXT),
    "moved": (recorded("sold 1", usr={"name": "ann"}), remapper(), MOVED),
    "moved, of the search API": (
        {"type": "log", "attributes": recorded("", usr={"name": "ann"}) | {"tags": ["source:shop"]}},
        remapper(),
        MOVED,
    ),
    "copied": (recorded("sold 1", user="ann", usr={"name": "ann"}), remapper(preserve_source=True), TEXT),
    "copied, source gone": (recorded("", usr={"name": "ann"}), remapper(preserve_source=True), ATTRIBUTES),
    "switched off": (recorded("sold 1", usr={"name": "ann"}), remapper(is_enabled=False), TEXT),
    "JSON": (recorded("", n=1), remapper(), ATTRIBUTES),
    "JSON as text": (recorded('{"n": 1}', n=1), remapper(), ATTRIBUTES),
}


@pytest.mark.parametrize(("event", "processor", "told"), CASES.values(), ids=CASES.keys())
def test_each_log_is_told_by_what_became_of_it(
    tmp_path: Path, event: Document, processor: Document, told: str
) -> None:
    file = tmp_path / "logs.jsonl"
    file.write_text(json.dumps(event))
    change = PipelineChange.of([pipeline(processor)], [])
    report = replay_file(change, RecordedFile("logs", str(file), "")).report
    assert [(item["what"], item["name"]) for item in report.of("recording")] == [(told, "Shop")]
