"""What decides the results of pipelines by its data is pinned, or the same log would give other results."""

from __future__ import annotations

import tomllib

from tests.conftest import ROOT


def test_the_rules_for_user_agents_are_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    [rules] = [line for line in project["dependencies"] if line.startswith("ua-parser-builtins")]
    assert "==" in rules
