"""`ddconf convert` writes definitions, and never over a file."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ddconf.cli.group import run
from ddconf.definitions.api_json import kind_of
from ddconf.definitions.yaml import reader

ASSET = "id: web\npipeline: {type: pipeline, name: Web, enabled: true, filter: {query: 'source:web'}}\n"


def test_converting_never_writes_over_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asset = tmp_path / "web.yaml"
    asset.write_text(ASSET)
    assert run(["convert", str(asset), "--out", str(tmp_path)]) == 1
    assert "web.yaml already exists" in capsys.readouterr().err
    assert asset.read_text() == ASSET
    assert run(["convert", str(asset), "--out", str(tmp_path / "new")]) == 0
    assert "logs_custom_pipeline:" in (tmp_path / "new" / "web.yaml").read_text()


def content(corpus: Path, kind: str) -> Iterator[dict[str, Any]]:
    with gzip.open(corpus / "content" / f"{kind}s.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)["document"]
            yield document.get("definition", document)


@pytest.mark.parametrize("kind", ["dashboard", "monitor"])
def test_what_datadog_ships_is_told_by_its_fields(kind: str, corpus: Path) -> None:
    found = Counter(kind_of(document) for document in content(corpus, kind))
    assert set(found) == {kind}


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        ("monitor", {"id": 1, "name": "CPU", "type": "query alert", "query": "q", "message": "m ${x}"}),
        ("dashboard", {"id": "abc-def-ghi", "title": "CPU", "layout_type": "ordered", "widgets": []}),
        ("logs_custom_pipeline", {"id": "x", "name": "CPU", "filter": {"query": "a"}, "processors": []}),
        ("service_level_objective", {"name": "CPU", "type": "monitor", "thresholds": []}),
    ],
)
def test_json_of_the_web_interface_becomes_a_definition(
    kind: str, document: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.json").write_text(json.dumps([document, document]))
    assert run(["convert", str(tmp_path / "a.json"), "--out", str(tmp_path / "new")]) == 0
    ((value, _),) = reader.load((tmp_path / "new" / "a.yaml").read_text(), "a.yaml")
    assert list(value) == [kind]
    assert list(value[kind]) == ["cpu", "cpu_2"]
    assert "id" not in value[kind]["cpu"]
    if kind == "monitor":
        assert value[kind]["cpu"]["message"] == "m $${x}"


def test_json_of_the_web_interface_among_definitions_is_named_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.json").write_text('{"title": "T", "layout_type": "ordered", "widgets": []}')
    assert run(["validate", "-C", str(tmp_path)]) == 1
    assert "a.json` writes Datadog's own JSON as a definition" in capsys.readouterr().err
    (tmp_path / "b.yaml").write_text("logs_metric: {}\n")
    assert run(["validate", "-C", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert "error: this is Datadog's own JSON of a dashboard, not a definition" in told
    assert "ddconf convert" in told


def test_what_terraform_shows_may_lie_in_the_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = {"format_version": "1.0", "terraform_version": "1.9.0", "values": {"root_module": {}}}
    (tmp_path / "tf.json").write_text(json.dumps(shown))
    (tmp_path / "b.yaml").write_text("logs_metric: {}\n")
    run(["validate", "-C", str(tmp_path)])
    assert "tf.json" not in capsys.readouterr().err
