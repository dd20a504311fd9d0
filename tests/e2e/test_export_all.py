"""Export of a whole organisation: interrupted and gone on with; objects and kinds that cannot be read."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from ddconf.cli.commands import export as export_command
from ddconf.datadog.objects.details_reader import DetailReads
from ddconf.emulator.faults import Fault, calls, refuse
from ddconf.emulator.limit import RateLimit
from ddconf.emulator.wire import Request, answer
from ddconf.errors import Diagnostic
from ddconf.kind import Live
from ddconf.operations.export import parallel
from tests.cache.place import caches_of
from tests.e2e.conftest import Desk
from tests.e2e.processes import start, unlocked

BOARDS = 60
EXPORTED = "The plan of what was exported is empty."
FORBIDDEN = Fault("403", instead=lambda _: answer(403, {"errors": ["Forbidden"]}))
MISSING = Fault("404", instead=lambda _: answer(404, {"errors": ["Not found"]}))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DD_HTTP_CLIENT_RETRY_BACKOFF_MULTIPLIER", "0.001")


@dataclass
class Record:
    """The paths that were asked for, in their order."""

    paths: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)

    def note(self, request: Request) -> bool:
        """A match that never matches."""
        self.paths.append(request.path)
        self.targets.append(request.target)
        return False

    def boards(self) -> set[str]:
        return {path for path in self.paths if path.startswith("/api/v1/dashboard/") and "lists" not in path}


def fill(desk: Desk) -> list[str]:
    """Sixty dashboards, a team and a role; gives the dashboards' ids."""
    team = {"data": {"type": "team", "attributes": {"name": "Net", "handle": "net"}}}
    desk.api("POST", "/api/v2/team", team)
    desk.api("POST", "/api/v2/roles", {"data": {"type": "roles", "attributes": {"name": "Night"}}})
    note = {"definition": {"type": "note", "content": "hello"}}
    board = {"layout_type": "ordered", "widgets": [note]}
    return [
        desk.api("POST", "/api/v1/dashboard", {**board, "title": f"Board {number}"})["id"]
        for number in range(BOARDS)
    ]


def recorded(desk: Desk) -> Record:
    record = Record()
    desk.app.faults.on(FORBIDDEN, record.note)
    return record


def held_up(desk: Desk, after: int) -> threading.Event:
    """Answers to dashboards are slow after so many; tells when that begins."""
    reached = threading.Event()

    def hold(_request: Request, response: object) -> object:
        reached.set()
        time.sleep(0.3)
        return response

    slow = Fault("held up", afterwards=hold)  # type: ignore[arg-type]
    desk.app.faults.on(slow, calls("GET", "/api/v1/dashboard"), skip=after + 1, times=10_000)
    return reached


def interrupted(desk: Desk, how: Callable[..., None], says: str = "") -> set[str]:
    """Begin an export, end it in the middle of the dashboards; gives those that it had the answers of."""
    desk.folder.mkdir(exist_ok=True)
    record, reached = recorded(desk), held_up(desk, 30)
    process = start(desk, "export", "--all", "--parallelism", "4")
    assert reached.wait(30)
    had = list(record.paths)
    how(process)
    _, err = process.communicate(timeout=30)
    assert says in err
    desk.app.faults.clear()
    # The last ones asked for may have been on their way.
    return {path for path in had[:-8] if path in record.boards()}


def test_a_killed_export_does_not_read_again_what_it_has_read(desk: Desk) -> None:
    fill(desk)
    before = interrupted(desk, lambda process: process.kill())
    assert len(before) > 10
    file = caches_of(desk.folder, "export")
    assert file.stat().st_mode & 0o777 == 0o600
    assert not list(desk.folder.glob("*/*.yaml"))
    unlocked(desk)
    record = recorded(desk)
    out = desk.done("export", "--all")
    assert "Going on with the export that was interrupted: it has " in out
    assert EXPORTED in out
    assert record.boards().isdisjoint(before)
    assert len(record.boards()) <= BOARDS - len(before)
    assert "/api/v1/dashboard" not in record.paths and "/api/v2/team" not in record.paths
    assert not file.exists()
    assert len(list((desk.folder / "dashboard").iterdir())) == BOARDS
    assert "No changes." in desk.done("plan")


@pytest.mark.parametrize("files", [1, 10])
def test_what_an_interrupted_export_has_written_is_gone_on_with(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, files: int
) -> None:
    """Files that were written without entries are as good as those of an export that came to its end."""
    fill(desk)
    desk.folder.mkdir()
    result = DetailReads.result

    def interrupted(self: DetailReads, unread: list[Diagnostic] | None) -> Iterator[Live]:
        for live in result(self, unread):
            yield live
            time.sleep(0.3)  # others are done meanwhile
            if len(list(desk.folder.glob("*/*.yaml"))) >= files:
                raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(parallel, "_SLICE", 1)
        patch.setattr(DetailReads, "result", interrupted)
        assert desk.ddconf("export", "--all").code == 130
    written = {file: file.read_bytes() for file in desk.folder.glob("*/*.yaml")}
    assert written and not desk.state.exists()
    assert "No changes." not in desk.done("plan")
    assert EXPORTED in desk.done("export", "--all")
    assert {file: file.read_bytes() for file in written} == written
    assert len(list((desk.folder / "dashboard").iterdir())) == BOARDS
    assert "No changes." in desk.done("plan")


def test_an_export_that_came_to_its_end_is_not_gone_on_with(desk: Desk) -> None:
    fill(desk)
    desk.folder.mkdir()
    desk.done("export", "--all")
    record = recorded(desk)
    assert "Going on" not in desk.done("export", "--all")
    assert "/api/v1/dashboard" in record.paths


def test_an_export_on_ctrl_c_is_gone_on_with_unless_told_to_restart(desk: Desk) -> None:
    ids = fill(desk)
    says = "What was read is kept: the next `ddconf export --all` goes on with it."
    interrupted(desk, lambda process: process.send_signal(signal.SIGINT), says)
    record = recorded(desk)
    out = desk.done("export", "--all", "--restart")
    assert "Going on" not in out and EXPORTED in out
    assert "/api/v1/dashboard" in record.paths and "/api/v2/team" in record.paths
    assert len(list((desk.folder / "dashboard").iterdir())) == len(ids)


def test_what_changed_meanwhile_is_what_the_next_plan_tells(desk: Desk) -> None:
    fill(desk)
    before = interrupted(desk, lambda process: process.kill())
    unlocked(desk)
    path = min(before)
    board = desk.api("GET", path)
    desk.api("PUT", path, {**board, "description": "changed by another hand"})
    desk.done("export", "--all")
    ran = desk.ddconf("plan", "--detailed-exitcode")
    assert (ran.code, "changed outside ddconf" in ran.out) == (2, True), ran.out


def test_other_keys_do_not_go_on_with_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(desk)
    interrupted(desk, lambda process: process.kill())
    unlocked(desk)
    monkeypatch.setenv("DD_APP_KEY", "c" * 40)
    record = recorded(desk)
    assert EXPORTED in desk.done("export", "--all")
    assert len(record.boards()) == BOARDS


def test_one_object_that_fails_is_named_and_stops_no_other(desk: Desk) -> None:
    bad = fill(desk)[7]
    desk.folder.mkdir()
    desk.app.faults.on(refuse(500), calls("GET", f"/api/v1/dashboard/{bad}"), times=1000)
    ran = desk.ddconf("export", "--all")
    assert ran.code == 1
    assert f"error: cannot read dashboard {bad}: " in ran.err
    assert "HTTP 500" in ran.err
    assert len(list((desk.folder / "dashboard").iterdir())) == BOARDS - 1
    assert (desk.folder / "role" / "night.yaml").exists()
    assert EXPORTED not in ran.out
    desk.app.faults.clear()
    assert "No changes." in desk.done("plan")
    assert "Exported" in desk.done("export", "--all")
    assert len(list((desk.folder / "dashboard").iterdir())) == BOARDS


def test_one_parent_that_fails_is_named_and_stops_no_other(desk: Desk) -> None:
    for name in ("net", "web"):
        team = {"data": {"type": "team", "attributes": {"name": name, "handle": name}}}
        id_ = desk.api("POST", "/api/v2/team", team)["data"]["id"]
        link = {"data": {"type": "team_links", "attributes": {"label": name, "url": "https://example.com"}}}
        desk.api("POST", f"/api/v2/team/{id_}/links", link)
    desk.folder.mkdir()
    desk.app.faults.on(refuse(500), calls("GET", f"/api/v2/team/{id_}/links"), times=1000)
    ran = desk.ddconf("export", "--all")
    assert (ran.code, f"cannot read team_link of team_id {id_}: " in ran.err) == (1, True)
    assert len(list((desk.folder / "team_link").iterdir())) == 1


def test_kinds_that_the_keys_may_not_read_are_named_with_the_permission(desk: Desk) -> None:
    fill(desk)
    desk.folder.mkdir()
    desk.app.faults.on(FORBIDDEN, calls("GET", "/api/v2/roles"), times=1000)
    ran = desk.ddconf("export", "--all")
    assert ran.code == 1
    assert "error: cannot read role: " in ran.err
    assert "HTTP 403: Forbidden\n  hint: to read role the application key needs user_access_read" in ran.err
    assert "error: cannot read user_role: " in ran.err
    assert len(list((desk.folder / "dashboard").iterdir())) == BOARDS
    assert not (desk.folder / "role").exists()


def test_a_product_that_is_not_there_is_told_and_no_error(desk: Desk) -> None:
    fill(desk)
    desk.folder.mkdir()
    desk.app.faults.on(MISSING, calls("GET", "/api/v2/powerpacks"), times=1000)
    out = desk.done("export", "--all")
    assert "Not there in this organisation (HTTP 404): powerpack." in out
    ran = desk.ddconf("export", "--kind", "powerpack")
    assert (ran.code, "error: this organisation has no powerpack (HTTP 404)" in ran.err) == (1, True)


def test_an_object_of_an_unheard_of_shape_stops_no_other(desk: Desk) -> None:
    fill(desk)
    desk.folder.mkdir()
    stored = desk.app.store.get("role", desk.app.store.ids("role")[-1])
    assert stored is not None
    desk.app.store.put("role", stored["id"], {**stored, "relationships": {"permissions": {"data": "all"}}})
    ran = desk.ddconf("export", "--all")
    assert "Traceback" not in ran.err
    assert len(list((desk.folder / "dashboard").iterdir())) == BOARDS


def test_without_a_terminal_lines_tell_how_far_it_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(desk)
    desk.folder.mkdir()
    monkeypatch.setattr(export_command, "_PLAIN_SECONDS", 0.05)
    desk.app.limit = RateLimit(period=10**9)  # no window ends meanwhile
    desk.app.faults.on(refuse(429, retry_after=1), calls("GET", "/api/v2/team"))
    ran = desk.ddconf("export", "--all")
    assert ran.code == 0, ran.err
    lines = [line for line in ran.err.splitlines() if line.startswith("Reading: ")]
    assert any(" kinds, " in line and " objects, " in line and " requests, " in line for line in lines)
    last = ran.out.splitlines()[0]
    assert last.startswith("Read: ") and " kinds, " in last and " objects, " in last
    assert "1 wait for rate limits, 1s" in last
    kinds, of = last.removeprefix("Read: ").split(" kinds")[0].split(" of ")
    assert kinds == of


def test_every_list_and_every_detail_is_asked_for_once(desk: Desk) -> None:
    ids = fill(desk)
    desk.folder.mkdir()
    record = recorded(desk)
    desk.done("export", "--all")
    first, *targets = record.targets
    assert first == "/api/v2/current_user", "whose organisation it is comes before everything"
    twice = {target for target in targets if targets.count(target) > 1}
    assert twice == set(), json.dumps(sorted(twice))
    assert len(record.boards()) == len(ids)


def test_a_definition_that_cannot_be_written_is_named_and_its_object_not_taken_over(desk: Desk) -> None:
    fill(desk)
    desk.write("dashboard/board_7.yaml/note.txt", "a folder stands where the file should")
    ran = desk.ddconf("export", "--all")
    assert (ran.code, "cannot write " in ran.err and "board_7.yaml" in ran.err) == (1, True)
    assert len([one for one in (desk.folder / "dashboard").iterdir() if one.is_file()]) == BOARDS - 1
    planned = desk.done("plan")
    assert "No changes." in planned, planned
