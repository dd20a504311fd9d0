"""Whatever objects are called, an export writes files that the next run reads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.e2e.conftest import Desk, open_desk

TELLING = (
    "ddconf",
    "DDCONF",
    "plan",
    "plan.json",
    "cpu.test",
    "cpu.vars",
    ".hidden",
    "con",
    "a/b",
    "..",
    "it",
)
"""Titles that could name a file with a meaning of its own."""
TITLES = st.lists(
    st.sampled_from(TELLING) | st.text(min_size=1, max_size=20), min_size=1, max_size=6, unique=True
)


def make(desk: Desk, title: str) -> None:
    monitor = {"name": title, "type": "metric alert", "query": "avg(last_5m):avg:a{*} > 1", "message": "m"}
    desk.api("POST", "/api/v1/monitor", monitor)
    desk.api("POST", "/api/v1/dashboard", {"title": title, "layout_type": "ordered", "widgets": []})


@given(titles=TITLES)
@settings(max_examples=20, deadline=None)
def test_law_an_exported_organisation_plans_nothing_in_another_process(
    tmp_path_factory: pytest.TempPathFactory, titles: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("titles") / "definitions"
    with open_desk(folder) as desk:
        folder.mkdir()
        for title in titles:
            make(desk, title)
        desk.done("export", "--kind", "monitor", "--kind", "dashboard")
        command = [sys.executable, "-m", "ddconf", "-C", str(folder), "plan", "--detailed-exitcode"]
        ran = subprocess.run(command, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert len(desk.done("state", "list").splitlines()) == 2 * len(titles)


def test_an_object_named_like_the_settings_has_a_file_that_is_read(desk: Desk) -> None:
    desk.folder.mkdir()
    make(desk, "ddconf")
    desk.done("export", "--kind", "monitor", "--kind", "dashboard")
    assert (desk.folder / "monitor/ddconf_.yaml").is_file()
    assert "No changes." in desk.done("plan")


def test_settings_below_the_root_are_a_mistake(desk: Desk) -> None:
    desk.write("monitor/ddconf.yaml", "limits: {deletes: 100%}\n")
    ran = desk.ddconf("validate")
    assert ran.code == 1
    assert f"{Path('monitor/ddconf.yaml')}" in ran.err and "a second ddconf.yaml" in ran.err
