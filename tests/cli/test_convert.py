"""`ddconf convert` writes definitions, and never over a file."""

from pathlib import Path

import pytest

from ddconf.cli.group import run

ASSET = "id: web\npipeline: {type: pipeline, name: Web, enabled: true, filter: {query: 'source:web'}}\n"


def test_converting_never_writes_over_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asset = tmp_path / "web.yaml"
    asset.write_text(ASSET)
    assert run(["convert", str(asset), "--out", str(tmp_path)]) == 1
    assert "web.yaml already exists" in capsys.readouterr().err
    assert asset.read_text() == ASSET
    assert run(["convert", str(asset), "--out", str(tmp_path / "new")]) == 0
    assert "logs_custom_pipeline:" in (tmp_path / "new" / "web.yaml").read_text()
