"""A shop's pipeline before and after a change, and a day of its logs in an archive."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from ddconf.document import Document
from ddconf.operations.replay.replay import PipelineChange

SOLD = r"sold sold %{integer:order.id} for %{number:order.price}"
RETURNED = r"returned returned %{integer:order.id}"


def pipeline(*rules: str) -> Document:
    parser = {
        "type": "grok-parser",
        "name": "Text",
        "is_enabled": True,
        "source": "message",
        "samples": [],
        "grok": {"support_rules": "", "match_rules": "\n".join(rules)},
    }
    return {"name": "Shop", "is_enabled": True, "filter": {"query": "*"}, "processors": [parser]}


def change() -> PipelineChange:
    """A rule for returned goods is lost."""
    return PipelineChange.of([pipeline(SOLD, RETURNED)], [pipeline(SOLD)])


def archive(folder: Path, hours: int = 7) -> Path:
    """A file an hour; in each another number of logs, one of which is lost by the change."""
    for hour in range(hours):
        below = folder / "dt=20261123" / f"hour={hour:02}"
        below.mkdir(parents=True)
        texts = [*(f"sold {number} for 9.5" for number in range(hour + 2)), f"returned {hour}"]
        events = ({"message": text, "attributes": {}, "source": "shop"} for text in texts)
        with gzip.open(below / "archive_1.json.gz", "wt") as file:
            file.writelines(f"{json.dumps(event)}\n" for event in events)
    return folder


def define(folder: Path, document: Document) -> Path:
    """A folder of definitions with that pipeline."""
    folder.mkdir()
    (folder / "ddconf.yaml").write_text("{}\n")
    (folder / "pipeline.json").write_text(json.dumps({"logs_custom_pipeline": {"shop": document}}))
    return folder
