"""One word, one meaning: no two public classes of ddconf have one name."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from tests.test_layers import modules, name_of


def classes(sources: Mapping[str, str]) -> dict[str, list[str]]:
    """Public classes at the top of modules: name -> the modules that have one."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for module, source in sources.items():
        for node in ast.parse(source).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(module)
    return found


def doubled(sources: Mapping[str, str]) -> dict[str, list[str]]:
    return {name: places for name, places in classes(sources).items() if len(places) > 1}


def test_no_public_class_has_the_name_of_another() -> None:
    found = doubled({name_of(file): file.read_text(encoding="utf-8") for file in modules()})
    told = [f"{name}: {', '.join(places)}" for name, places in sorted(found.items())]
    assert not told, "rename all but one of each to what it is:\n" + "\n".join(told)


def test_a_planted_second_class_is_found() -> None:
    planted = {"a": "class Plan: ...", "b.c": "class Plan: ...\nclass _Plan: ...", "d": "class _Plan: ..."}
    assert doubled(planted) == {"Plan": ["a", "b.c"]}


def test_the_glossary_speaks_of_classes_that_exist() -> None:
    """docs/architecture.md, its section of words."""
    text = (Path(__file__).parent.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = text.split("\n## Words\n")[1].split("\n## ")[0]
    named = {row.split("`")[1] for row in section.splitlines() if row.startswith("| `")}
    found = {
        f"{module}.{name}"
        for name, places in classes(
            {name_of(file): file.read_text(encoding="utf-8") for file in modules()}
        ).items()
        for module in places
    }
    assert named
    assert named <= {name.rsplit(".", 1)[1] for name in found}
