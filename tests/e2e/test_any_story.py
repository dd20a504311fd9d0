"""Any story of edits, lost state, other hands and trouble on the network ends as defined, without twins."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.e2e import thirty
from tests.e2e.conftest import SOAK, open_desk
from tests.e2e.stories import PIPELINE
from tests.e2e.trouble import FAULTS, short_waits

NUMBERS = st.integers(0, 4)
schedules = st.lists(st.sampled_from([*[None] * 10, *FAULTS]), max_size=40)


class Story(RuleBasedStateMachine):
    """A person, another hand, and a network that fails when asked to."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.opened = open_desk(Path(self.folder.name) / "definitions")
        self.desk = self.opened.__enter__()
        self.waits = short_waits()
        self.waits.__enter__()
        self.monitors: dict[int, str] = {}
        self.pipelines: dict[int, bool] = {}

    @initialize()
    def begin(self) -> None:
        self._write()

    @rule(number=NUMBERS, message=st.sampled_from(["a", "b"]))
    def define_a_monitor(self, number: int, message: str) -> None:
        self.monitors[number] = message
        self._write()

    @rule(number=NUMBERS)
    def remove_a_monitor(self, number: int) -> None:
        self.monitors.pop(number, None)
        self._write()

    @rule(number=NUMBERS, enabled=st.booleans())
    def define_a_pipeline(self, number: int, enabled: bool) -> None:
        self.pipelines[number] = enabled
        self._write()

    @rule(schedule=schedules)
    def apply_through_trouble(self, schedule: list[str | None]) -> None:
        self.desk.app.faults.follow(FAULTS[name] if name else None for name in schedule)
        ran = self.desk.ddconf("apply", "--auto-approve", "--adopt")
        self.desk.app.faults.clear()
        assert ran.code in (0, 1, 4, 5), ran.err
        assert "Traceback" not in ran.err
        assert ("complete!" in ran.out or "No changes." in ran.out) == (ran.code == 0)

    @rule()
    def lose_the_state(self) -> None:
        for file in self.desk.state.parent.glob("state.json*"):
            file.unlink()
        # What was removed from the files is nobody's from now on.
        self._forget_theirs()

    @rule(number=NUMBERS)
    def another_hand_edits(self, number: int) -> None:
        for item in self._live(f"CPU {number}"):
            self.desk.api("PUT", f"/api/v1/monitor/{item['id']}", {"message": "by hand"})

    @rule(number=NUMBERS)
    def another_hand_deletes(self, number: int) -> None:
        for item in self._live(f"CPU {number}"):
            self.desk.api("DELETE", f"/api/v1/monitor/{item['id']}?force=true")

    @invariant()
    def no_name_is_there_twice(self) -> None:
        names = [item["name"] for item in self.desk.api("GET", "/api/v1/monitor")]
        assert len(names) == len(set(names)), names
        pipelines = self.desk.api("GET", "/api/v1/logs/config/pipelines")
        own = [item["name"] for item in pipelines if not item["is_read_only"]]
        assert len(own) == len(set(own)), own

    def teardown(self) -> None:
        try:
            self.desk.done("apply", "--auto-approve", "--adopt")
            shown = {item["name"]: item["message"] for item in self.desk.api("GET", "/api/v1/monitor")}
            assert shown == {f"CPU {number}": message for number, message in self.monitors.items()}
            assert "No changes." in self.desk.done("plan")
            if self.desk.state.exists():
                assert thirty.orphans(self.desk) == []
        finally:
            self.waits.__exit__(None, None, None)
            self.opened.__exit__(None, None, None)
            self.folder.cleanup()

    def _write(self) -> None:
        monitors = {f"m{number}": thirty.monitor(number, text) for number, text in self.monitors.items()}
        pipelines = {
            f"p{number}": {**PIPELINE, "name": f"p{number}", "is_enabled": enabled}
            for number, enabled in self.pipelines.items()
        }
        thirty.define(self.desk, {"monitor": monitors, "logs_custom_pipeline": pipelines})

    def _live(self, name: str) -> list[dict[str, Any]]:
        return [item for item in self.desk.api("GET", "/api/v1/monitor") if item["name"] == name]

    def _forget_theirs(self) -> None:
        defined = {f"CPU {number}" for number in self.monitors}
        for item in self.desk.api("GET", "/api/v1/monitor"):
            if item["name"] not in defined:
                self.desk.api("DELETE", f"/api/v1/monitor/{item['id']}?force=true")


TestAnyStory = Story.TestCase
TestAnyStory.settings = settings(
    max_examples=100 if SOAK else 10, stateful_step_count=12, deadline=None, print_blob=True
)
