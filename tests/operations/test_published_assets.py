"""What Datadog publishes for its integrations is converted and found valid, facets and all."""

from __future__ import annotations

import json
from pathlib import Path

from ddconf.definitions.load import load
from ddconf.definitions.settings import Settings
from ddconf.errors import Severity
from ddconf.operations.convert import convert
from ddconf.operations.validate import validate


def test_no_published_pipeline_is_refused(corpus: Path, tmp_path: Path) -> None:
    published = sorted((corpus / "logs" / "pipelines").glob("*.json"))
    for file in published:
        whole = json.loads(file.read_text(encoding="utf-8"))
        asset = {"id": file.stem, "pipeline": whole["pipeline"], "facets": whole.get("facets", [])}
        (tmp_path / "asset.json").write_text(json.dumps(asset), encoding="utf-8")
        converted = convert(tmp_path / "asset.json")
        (tmp_path / "definitions").mkdir(exist_ok=True)
        (tmp_path / "definitions" / f"{file.stem}.yaml").write_text(converted, encoding="utf-8")
    found = validate(load(tmp_path / "definitions", Settings(tmp_path)))
    assert published and [item for item in found if item.severity is Severity.ERROR] == []
