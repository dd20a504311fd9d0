"""A fresh clone without its state: the plan says what it cannot see, louder in CI."""

from __future__ import annotations

import json

import pytest

from tests.e2e.conftest import Desk


@pytest.mark.parametrize(("ci", "word"), [("", "note: "), ("true", "warning: ")])
def test_a_plan_without_a_state_tells_what_it_cannot_see(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, ci: str, word: str
) -> None:
    boards = {name: {"title": name, "layout_type": "ordered", "widgets": []} for name in "ab"}
    desk.write("all.json", json.dumps({"dashboard": boards}))
    assert "no state was found" not in desk.ddconf("apply", "--auto-approve").err, "the first run of all"
    desk.state.unlink()
    del boards["b"]
    desk.write("all.json", json.dumps({"dashboard": boards}))
    monkeypatch.setenv("CI", ci)
    told = desk.ddconf("plan").err
    assert f"{word}no state was found" in told, told
    assert "restore it" in told and "state: s3://" in told
    desk.done("apply", "--auto-approve")
    assert "no state was found" not in desk.ddconf("plan").err
