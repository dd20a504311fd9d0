"""Who may import whom: docs/architecture.md draws this table, here it is enforced; and nobody in a circle."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "ddconf"
MOST_LINES = 320

# module or package -> what of ddconf it may import besides itself
ALLOWED: dict[str, set[str]] = {
    "__init__": set(),
    "__main__": {"cli"},
    "errors": set(),
    "address": set(),
    "document": set(),
    "kind": {"document", "kinds"},
    "policies": set(),
    "kinds": {"kind", "document"},
    "cache.folder": set(),
    "cache.code_version": set(),
    "cache.store": {"cache.folder", "cache.code_version"},
    "cache.worker_pool": set(),
    "cache.file_signatures": {"cache.folder", "cache.store"},
    "cache.validate_cache": {"cache.folder", "cache.code_version", "cache.store"},
    "cache.detail_cache": {"cache.store", "document", "kind"},
    "cache.response_journal": {"cache.folder", "cache.code_version", "cache.store", "document"},
    "cache.comparison_cache": {"cache.store", "document", "kind", "plans.matching"},
    "cache.parse_cache": {
        "cache.store",
        "cache.worker_pool",
        "errors",
        "address",
        "document",
        "kind",
        "definitions.files",
        "definitions.yaml",
    },
    "cache.early_comparison": {
        "cache.comparison_cache",
        "errors",
        "address",
        "document",
        "kind",
        "definitions.definition",
        "plans",
        "state.model",
    },
    "cache": set(),
    "definitions": {"errors", "address", "document", "cache", "kind"},
    "datadog": {"errors", "address", "document", "cache", "kind"},
    "state": {"errors", "address", "document", "kind"},
    "pipelines": {"errors", "document"},
    "queries": {"errors", "document", "pipelines.query"},
    "alerting": {
        "errors",
        "document",
        "pipelines",
        "queries",
        "analytics.aggregations",
        "analytics.compute",
    },
    "lint": {
        "errors",
        "address",
        "document",
        "kind",
        "definitions.definition",
        "definitions.references",
        "pipelines",
        "queries",
    },
    "plans": {
        "errors",
        "address",
        "document",
        "kind",
        "definitions.definition",
        "definitions.references",
        "state.model",
        "cache",
    },
    "analytics": {"errors", "document", "pipelines"},
    "operations": {
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
        "queries",
        "lint",
        "alerting",
        "policies",
    },
    "render": {
        "errors",
        "address",
        "document",
        "kind",
        "plans",
        "pipelines",
        "queries",
        "definitions.definition",
        "definitions.references",
        "definitions.yaml",
        "alerting",
    },
    "preview": {
        "errors",
        "address",
        "document",
        "kind",
        "plans",
        "pipelines",
        "analytics",
        "alerting",
        "render",
        "definitions.definition",
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
        "living",
        "alerting",
    },
    "emulator": set(),
    "testing": set(),
    "living": {"__init__", "errors", "document", "pipelines", "analytics", "queries", "alerting", "emulator"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(file: Path) -> str:
    """The module's name below ddconf; a package has the name of its folder."""
    return ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


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
    module = name_of(file)
    layer = max((name for name in ALLOWED if f"{module}.".startswith(f"{name}.")), key=len)
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


def circle(imports: dict[str, set[str]]) -> list[str]:
    """Modules that import one another in a circle, the first one again at the end; empty without a circle."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def test_no_module_imports_itself_by_way_of_others() -> None:
    names = {name_of(file): file for file in modules()}
    found = circle({name: imports_of(file) & names.keys() - {name} for name, file in names.items()})
    assert not found, " <- ".join(found)


def test_a_planted_circle_is_found() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})
    assert not circle({"a": {"b", "c"}, "b": {"c"}, "d": {"a"}})


@pytest.mark.parametrize("file", modules(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_file_is_short_enough_to_be_read_at_once(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= MOST_LINES
