"""What a rule is about, with an example of a mistake and how to waive it; docs/lint-rules.md is made so."""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from pathlib import Path

from ddconf.lint.rules import Rule

EXAMPLES = Path(__file__).parent / "examples.json"
"""A mistake and what is right, by rule; made of what the rules' tests plant."""
_URL = re.compile(r"https://[^\s`]+")


Example = tuple[str, str]
"""A mistake, and what is right."""


def explain(rule: Rule, example: Example) -> str:
    """A section of Markdown."""
    module = sys.modules[rule.check.__module__].__doc__ or ""
    source = "".join(f" [Source]({url})." for url in _URL.findall(module)[:1])
    wrong, right = example
    return (
        f"## {rule.name}\n\n{rule.severity.value.capitalize()}. {rule.summary}{source}\n\n"
        f"```diff\n{_lines('-', wrong)}\n{_lines('+', right)}\n```\n\n"
        f"```yaml\nddconf:\n  waive: {{{rule.name}: the reason}}\n```"
    )


@cache
def examples() -> dict[str, Example]:
    """The example of each rule."""
    return {name: (wrong, right) for name, (wrong, right) in json.loads(EXAMPLES.read_text("utf-8")).items()}


def _lines(sign: str, text: str) -> str:
    return "\n".join(f"{sign} {line}".rstrip() for line in text.strip("\n").split("\n"))
