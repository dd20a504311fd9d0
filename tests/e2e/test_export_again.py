"""An export over what already exists: whatever people did in between, its own plan is empty."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from tests.e2e.conftest import SOAK, Desk
from tests.e2e.stories import PIPELINE

NAMES = ("cpu", "a/b", "A-B", "é", "x" * 70, "x" * 69 + "y", "${var.x}", "1", "web: x", "{{host.name}}")
TEXTS = ("m", "a\nb", "x: y\n", "${a}", "# no", "")
MONITOR = {"type": "query alert", "query": "avg(last_5m):avg:a{*} > 1", "message": "ours"}
SLO = {"type": "monitor", "thresholds": [{"timeframe": "30d", "target": 99.0}], "tags": []}


class Hands:
    """What people do to an organisation and to a folder, drawn by chance."""

    def __init__(self, desk: Desk, chance: Random) -> None:
        self.desk, self.chance = desk, chance
        self.monitors: list[int] = []
        self.dashboards: list[str] = []
        self.did: list[Any] = []

    def do(self) -> None:
        """Something that can be done now."""
        acts: list[Callable[[], None]] = [self.monitor, self.dashboard, self.pipeline]
        acts += [self.lose_a_file] if self.files() else []
        acts += [self.slo, self.edit_a_monitor] if self.monitors else []
        acts += [self.composite] if len(self.monitors) > 1 else []
        acts += [self.edit_a_dashboard] if self.dashboards else []
        act = self.chance.choice(acts)
        self.did.append(act.__name__)
        act()

    def files(self) -> list[Any]:
        return sorted(file for file in self.desk.folder.rglob("*.yaml") if ".ddconf" not in file.parts)

    def name(self) -> str:
        return self.chance.choice(NAMES)

    def monitor(self) -> None:
        self._make({**MONITOR, "name": self.name()})

    def composite(self) -> None:
        one, other = self.chance.sample(self.monitors, 2)
        text = self.chance.choice(TEXTS)
        self._make({"type": "composite", "query": f"{one} && !{other}", "name": self.name(), "message": text})

    def _make(self, monitor: dict[str, Any]) -> None:
        tags = [f"number:{len(self.monitors)}"]  # Datadog refuses two that are quite the same
        self.monitors.append(self.desk.api("POST", "/api/v1/monitor", {**monitor, "tags": tags})["id"])

    def slo(self) -> None:
        ids = self.chance.sample(self.monitors, min(2, len(self.monitors)))
        self.desk.api("POST", "/api/v1/slo", {**SLO, "name": self.name(), "monitor_ids": ids})

    def pipeline(self) -> None:
        self.desk.api("POST", "/api/v1/logs/config/pipelines", {**PIPELINE, "name": self.name()})

    def dashboard(self) -> None:
        board = {"title": self.name(), "layout_type": "ordered", "widgets": self.widgets()}
        self.dashboards.append(self.desk.api("POST", "/api/v1/dashboard", board)["id"])

    def edit_a_dashboard(self) -> None:
        path = f"/api/v1/dashboard/{self.chance.choice(self.dashboards)}"
        text = self.chance.choice([None, *TEXTS])
        board = {"title": self.name(), "layout_type": "ordered", "description": text}
        self.desk.api("PUT", path, {**board, "widgets": self.widgets()})

    def widgets(self) -> list[Any]:
        graphs = [
            {"type": "alert_graph", "alert_id": str(id_), "viz_type": "timeseries"} for id_ in self.monitors
        ]
        notes = [{"type": "note", "content": self.name()} for _ in range(2)]
        chosen = self.chance.sample([*graphs, *notes], self.chance.randint(0, 2))
        return [{"definition": definition} for definition in chosen]

    def edit_a_monitor(self) -> None:
        edit = self.chance.choice([{"message": self.chance.choice(TEXTS)}, {"tags": ["a:b", "c:d"]}])
        self.desk.api("PUT", f"/api/v1/monitor/{self.chance.choice(self.monitors)}", edit)

    def lose_a_file(self) -> None:
        """Unless others refer to what is in it."""
        file = self.chance.choice(self.files())
        content = file.read_bytes()
        file.unlink()
        if self.desk.ddconf("validate").code:
            file.write_bytes(content)

    def export(self) -> None:
        words = ["export", "--layout", self.chance.choice(["object", "kind"])]
        words += self.chance.choice([[], [], ["--out", "sub"], ["--out", "."], ["--all"]])
        self.did.append(words)
        assert "The plan of what was exported is empty." in self.desk.done(*words)
        plan = self.desk.done("plan")
        assert "No changes." in plan, plan
        before = {file: file.read_bytes() for file in self.files()}
        self.desk.done(*words)
        assert {file: file.read_bytes() for file in self.files()} == before


@pytest.mark.parametrize("seed", range(300 if SOAK else 10))
def test_law_whatever_was_done_the_next_export_takes_it_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    desk.folder.mkdir()
    if seed % 2:
        monkeypatch.chdir(desk.folder)
    hands = Hands(desk, Random(seed))
    try:
        for _ in range(hands.chance.randint(2, 4)):
            for _ in range(hands.chance.randint(1, 5)):
                hands.do()
            hands.export()
    except AssertionError as error:
        error.add_note(f"after {hands.did}")
        raise


def test_a_protected_object_whose_definition_is_lost_stays_protected(desk: Desk) -> None:
    file = desk.write("m.yaml", json.dumps({"monitor": {"m": {"ddconf": {"protect": True}, **MONITOR}}}))
    desk.done("apply", "--auto-approve")
    file.unlink()
    desk.done("export", "--kind", "monitor")
    assert "protect: true" in (desk.folder / "monitor" / "m.yaml").read_text()
    assert "No changes." in desk.done("plan")


def test_what_has_moved_is_exported_under_its_new_address(desk: Desk) -> None:
    slo = {**SLO, "name": "s", "monitor_ids": ["${monitor.old}"]}
    file = desk.write("m.yaml", json.dumps({"monitor": {"old": {**MONITOR, "name": "n"}}}))
    desk.write("s.yaml", json.dumps({"service_level_objective": {"s": slo}}))
    desk.done("apply", "--auto-approve")
    moved = [{"from": "monitor.old", "to": "monitor.new"}]
    file.write_text(json.dumps({"monitor": {"new": {**MONITOR, "name": "n"}}, "moved": moved}))
    desk.write(
        "s.yaml", json.dumps({"service_level_objective": {"s": {**slo, "monitor_ids": ["${monitor.new}"]}}})
    )
    desk.done("export", "--kind", "monitor")
    assert not (desk.folder / "monitor").exists()
    assert "No changes." in desk.done("plan")


def test_what_is_to_be_forgotten_is_not_exported(desk: Desk) -> None:
    file = desk.write("m.yaml", json.dumps({"monitor": {"old": {**MONITOR, "name": "n"}}}))
    desk.done("apply", "--auto-approve")
    file.write_text(json.dumps({"removed": ["monitor.old"]}))
    out = desk.done("export", "--kind", "monitor")
    assert "1 monitor: `removed:` names it" in out
    assert not (desk.folder / "monitor").exists()
    assert "1 to forget" in desk.done("plan")
