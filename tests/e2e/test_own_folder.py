"""Nothing under `.ddconf` is written through a link that leads out of the folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.conftest import Desk

MONITOR = "monitor: {a: {name: A, type: metric alert, query: 'avg(last_5m):avg:a{*} > 1', message: x}}\n"
COMMANDS = [
    ("apply", "--auto-approve"),
    ("export", "--kind", "monitor"),
    ("--sandbox", "apply", "--auto-approve"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("link", [".ddconf", ".ddconf/state.json", ".ddconf/sandbox", ".ddconf/schema.json"])
def test_a_link_out_is_refused_before_anything_is_written(
    desk: Desk, tmp_path: Path, command: tuple[str, ...], link: str
) -> None:
    desk.write("a.yaml", MONITOR)
    outside = tmp_path / "outside"
    outside.mkdir()
    (desk.folder / link).parent.mkdir(exist_ok=True)
    (desk.folder / link).symlink_to(outside if "." not in link.removeprefix(".") else outside / "file")
    ran = desk.ddconf(*command)
    assert ran.code == 1 and f"{link} is a link to" in ran.err, ran.out + ran.err
    assert list(outside.iterdir()) == []
    assert desk.api("GET", "/api/v1/monitor") == []


def test_a_schema_is_not_written_through_a_link(desk: Desk, tmp_path: Path) -> None:
    desk.write("a.yaml", MONITOR)
    (desk.folder / ".ddconf").symlink_to(tmp_path)
    ran = desk.ddconf("schema", "--out", str(desk.folder / ".ddconf" / "schema.json"))
    assert ran.code == 1 and ".ddconf is a link to" in ran.err
    assert not (tmp_path / "schema.json").exists()


def test_a_link_within_the_folder_is_followed(desk: Desk) -> None:
    desk.write("a.yaml", MONITOR)
    (desk.folder / "kept").mkdir()
    (desk.folder / ".ddconf").symlink_to("kept")
    desk.done("apply", "--auto-approve")
    assert (desk.folder / "kept" / "state.json").exists()
