"""Whole plans as text and markdown: tests/golden/NAME/plan.json beside what it must look like.

`make golden` rewrites what is expected; its difference is reviewed like code.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ddconf.plans import plan_json
from ddconf.render import json as as_json
from ddconf.render import markdown, text

EXAMPLES = sorted(path.parent for path in Path(__file__).parent.glob("*/plan.json"))
RENDERINGS = {"expected.txt": text.render, "expected.md": markdown.render}


@pytest.mark.parametrize("name", RENDERINGS)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_a_plan_looks_as_expected(example, name):
    plan = plan_json.from_json(json.loads((example / "plan.json").read_text(encoding="utf-8")))
    rendered = RENDERINGS[name](plan).rstrip("\n") + "\n"
    if os.environ.get("DDCONF_GOLDEN") == "write":
        (example / name).write_text(rendered, encoding="utf-8")
    assert rendered == (example / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_a_plan_as_json_is_the_saved_plan(example):
    saved = json.loads((example / "plan.json").read_text(encoding="utf-8"))
    assert json.loads(as_json.render(plan_json.from_json(saved))) == saved


def test_there_are_examples():
    assert len(EXAMPLES) >= 6
