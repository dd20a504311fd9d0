"""Who may import whom: docs/architecture.md draws this table, here it is enforced."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "ddconf"

# module or package -> what of ddconf it may import besides itself
ALLOWED: dict[str, set[str]] = {
    "__init__": set(),
    "__main__": {"cli"},
    "errors": set(),
    "address": set(),
    "document": set(),
    "cache": set(),
    "apart": set(),
    "kind": {"document", "kinds"},
    "kinds": {"kind", "document"},
    "definitions": {"errors", "address", "document", "cache", "apart", "kind"},
    "datadog": {"errors", "address", "document", "cache", "kind"},
    "state": {"errors", "address", "document", "kind"},
    "pipelines": {"errors", "document"},
    "queries": {"errors", "document", "pipelines.query"},
    "lint": {
        "errors",
        "address",
        "document",
        "kind",
        "definitions.definition",
        "definitions.references",
        "pipelines",
    },
    "plans": {
        "errors",
        "address",
        "document",
        "kind",
        "definitions.definition",
        "definitions.references",
        "state.state",
    },
    "analytics": {"errors", "document", "pipelines"},
    "operations": {
        "__init__",
        "errors",
        "address",
        "document",
        "cache",
        "apart",
        "kind",
        "definitions",
        "datadog",
        "state",
        "plans",
        "pipelines",
        "lint",
    },
    "render": {
        "errors",
        "address",
        "document",
        "kind",
        "plans",
        "pipelines",
        "definitions.definition",
        "definitions.references",
        "definitions.write",
    },
    "preview": {
        "errors",
        "address",
        "document",
        "kind",
        "plans",
        "pipelines",
        "analytics",
        "render",
        "definitions.definition",
        "definitions.write",
        "definitions.yaml",
    },
    "cli": {
        "__init__",
        "errors",
        "address",
        "document",
        "cache",
        "kind",
        "definitions",
        "datadog",
        "state",
        "plans",
        "pipelines",
        "lint",
        "operations",
        "render",
        "preview",
        "emulator",
    },
    "emulator": set(),
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports_of(file: Path) -> set[str]:
    """Dotted names below ddconf that a file imports, at the top or anywhere inside."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {_module(node.module, alias.name) for alias in node.names}
    return {name.removeprefix("ddconf.") for name in found if name.startswith("ddconf.")}


def _module(package: str, name: str) -> str:
    """What `from package import name` imports: a module of that name, or the package itself."""
    path = PACKAGE.parent.joinpath(*package.split("."), name)
    is_module = path.with_suffix(".py").is_file() or path.is_dir()
    return f"{package}.{name}" if is_module or package == "ddconf" else package


@pytest.mark.parametrize("file", modules(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_module_imports_only_what_its_layer_may(file: Path) -> None:
    layer = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
    allowed = ALLOWED[layer] | {layer, "__version__"}
    wrong = {
        name
        for name in imports_of(file)
        if not any(name == may or name.startswith(f"{may}.") for may in allowed)
    }
    assert not wrong, f"{file.relative_to(PACKAGE)} may not import {', '.join(sorted(wrong))}"


def test_only_the_live_side_and_the_kind_check_import_the_client_library() -> None:
    for file in modules():
        layer = file.relative_to(PACKAGE).parts[0]
        if layer in ("datadog", "emulator"):
            continue
        assert "datadog_api_client" not in file.read_text(encoding="utf-8"), file
