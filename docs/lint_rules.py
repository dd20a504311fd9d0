"""The page of lint rules: what each finds, an example that its test plants, how to waive it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from ddconf.lint.explain import Example, explain
from ddconf.lint.rules import registered

PLANTED = Path(__file__).parent.parent / "tests" / "lint" / "planted.yaml"
_INTRODUCTION = (
    "Each example shows a mistake (`-`) and what is right (`+`). An intended finding is waived "
    "with its reason: in the definition as shown, or in `ddconf.yaml`; see [waivers](lint.md#waivers). "
    "`ddconf lint --explain RULE` prints a section."
)


def rules_page(note: str) -> str:
    """A section for every rule."""
    planted = examples()
    sections = [explain(rule, planted[rule.name]) for rule in registered().values()]
    return "\n\n".join(["# Lint rules", note, _INTRODUCTION, *sections]) + "\n"


def examples() -> dict[str, Example]:
    """The first mistake that is planted for each rule, and what is right."""
    planted: list[dict[str, Any]] = yaml.safe_load(PLANTED.read_text("utf-8"))
    first = {one["rule"]: (one["written"], one["text"]) for one in reversed(planted)}
    return dict(sorted(first.items()))


def examples_file() -> str:
    """The examples as the package holds them."""
    return json.dumps(examples(), indent=1, ensure_ascii=False) + "\n"
