"""The page of lint rules: what each finds, an example that its test plants, how to waive it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import yaml

from ddconf.lint.rules import Rule, registered

PLANTED = Path(__file__).parent.parent / "tests" / "lint" / "planted.yaml"
_INTRODUCTION = (
    "Each example shows a mistake (`-`) and what is right (`+`). An intended finding is waived "
    "with its reason: in the definition as shown, or in `ddconf.yaml`; see [waivers](lint.md#waivers)."
)
_URL = re.compile(r"https://[^\s`]+")


def rules_page(note: str) -> str:
    """A section for every rule."""
    planted: list[dict[str, Any]] = yaml.safe_load(PLANTED.read_text("utf-8"))
    examples = {mistake["rule"]: mistake for mistake in reversed(planted)}
    sections = [_section(rule, examples[rule.name]) for rule in registered().values()]
    return "\n\n".join(["# Lint rules", note, _INTRODUCTION, *sections]) + "\n"


def _section(rule: Rule, example: dict[str, Any]) -> str:
    module = sys.modules[rule.check.__module__].__doc__ or ""
    source = "".join(f" [Source]({url})." for url in _URL.findall(module)[:1])
    return (
        f"## {rule.name}\n\n{rule.severity.value.capitalize()}. {rule.summary}{source}\n\n"
        f"```diff\n{_lines('-', example['written'])}\n{_lines('+', example['text'])}\n```\n\n"
        f"```yaml\nddconf:\n  waive: {{{rule.name}: the reason}}\n```"
    )


def _lines(sign: str, text: str) -> str:
    return "\n".join(f"{sign} {line}".rstrip() for line in text.strip("\n").split("\n"))
