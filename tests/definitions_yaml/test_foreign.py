"""Other programs' files among the definitions, and definitions with a misspelt kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddconf.definitions import settings
from ddconf.definitions.load import Definitions, load
from ddconf.errors import DdconfError
from ddconf.operations.format import reformat

MONITOR = "monitor:\n  a: {name: A, type: metric alert, query: 'avg(last_5m):avg:a{*} > 1', message: m}\n"
OTHERS = {
    "deploy/app.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n",
    "mkdocs.yml": "site_name: Docs\nnav: [a.md]\ntheme: {name: material, features: [a]}\nplugins: [search]\n",
    ".github.yaml": "on: push\n",
    "ci/build.yaml": "name: CI\non: push\njobs:\n  test: {runs-on: ubuntu-latest, steps: []}\n",
    "chart/templates/web.yaml": "{{- if .Values.on }}\na: {{ .Values.b }}\n{{- end }}\n",
    "ci/gitlab.yml": "test:\n  script: !reference [.setup, script]\n",
    "package.json": '{"name": "x", "scripts": {"a": "b"}}',
    "compose/docker-compose.yml": "services:\n  web: {image: nginx}\n",
    "list.yaml": "- a\n- b\n",
}


def folder(root: Path, **files: str) -> Definitions:
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return load(root, settings.read(root))


def test_files_of_other_programs_are_one_note(tmp_path: Path) -> None:
    found = folder(tmp_path, **OTHERS, **{"definitions/a.yaml": MONITOR})
    assert [str(address) for address in found.items] == ["monitor.a"]
    (note,) = found.warnings
    assert note.message.startswith("8 files hold no definitions and are passed over: ")
    assert "ignore:" in note.hint


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a.yaml": "monitr:\n  a: {name: A}\n"}, "unknown kind 'monitr'"),
        ({"a.yaml": MONITOR, "b.yaml": "alerts:\n  a: {name: A}\n"}, "unknown kind 'alerts'"),
        ({"a.yaml": MONITOR + "foo: {}\n"}, "unknown kind 'foo'"),
        ({"x/a.yaml": "dashbord:\n  a: {title: A}\n"}, "unknown kind 'dashbord'"),
        ({"a.yaml": "monitor:\n  a: {{ x }}\n"}, ""),
        ({"a.yaml": MONITOR, "b.yaml": "a: [\n"}, ""),
    ],
)
def test_a_misspelt_kind_and_a_broken_file_are_mistakes(
    tmp_path: Path, files: dict[str, str], message: str
) -> None:
    with pytest.raises(DdconfError) as raised:
        folder(tmp_path, **files)
    assert any(item.message.startswith(message) for item in raised.value.diagnostics)


def test_format_leaves_other_files_alone(tmp_path: Path) -> None:
    folder(tmp_path, **OTHERS, **{"definitions/a.yaml": "monitor:\n    a:   {name:   A}\n"})
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert [file.name for file in reformat([tmp_path], write=True)] == ["a.yaml"]
    changed = [file.name for file, content in before.items() if file.read_bytes() != content]
    assert changed == ["a.yaml"]
