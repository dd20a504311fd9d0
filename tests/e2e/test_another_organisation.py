"""The keys of another organisation of the same site: nothing there is taken for what the state knows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ddconf.emulator import faults
from ddconf.emulator.call import Actor
from ddconf.emulator.seed import plant
from ddconf.emulator.store import Store
from ddconf.state.journal import load_state
from ddconf.state.model import State
from ddconf.state.open import open_backend
from ddconf.state.serialization import write_state
from tests.e2e import thirty
from tests.e2e.conftest import Desk

ERROR = 1
WHY = "the state belongs to the organisation 5a7d0c1e-0000-4000-8000-000000000002, and the keys to other"
METRIC = {"id": "web.requests", "compute": {"aggregation_type": "count"}, "filter": {"query": "ours"}}
BEFORE = {"logs_metric": {"requests": METRIC}, "monitor": {"m1": thirty.monitor(1, "x")}}
PATH = "/api/v2/logs/config/metrics"


def move_to_another(desk: Desk) -> None:
    """From now on the keys are those of an organisation that has a metric of the same name."""
    store = Store(seed=11)
    plant(store, actor=Actor(org_uuid="other"))
    desk.app.store.restore(store.snapshot())
    attributes = {"compute": METRIC["compute"], "filter": {"query": "theirs"}}
    desk.api("POST", PATH, {"data": {"type": "logs_metrics", "id": METRIC["id"], "attributes": attributes}})


def state_of(desk: Desk) -> State:
    found = load_state(open_backend(str(desk.state), desk.folder))
    assert found is not None
    return found


@pytest.mark.parametrize("command", ["plan", "apply --auto-approve", "apply plan.json", "drift", "export"])
@pytest.mark.parametrize("after", [{}, BEFORE], ids=["removed", "defined"])
def test_nothing_is_changed_or_destroyed_there(desk: Desk, command: str, after: thirty.Definitions) -> None:
    thirty.define(desk, BEFORE)
    desk.done("apply", "--auto-approve")
    thirty.define(desk, {**after, "dashboard": thirty.before()["dashboard"]})
    desk.done("plan", "--out", str(desk.folder / "plan.json"))
    move_to_another(desk)
    organisation, files = desk.app.store.snapshot(), desk.checkpoint().files
    ran = desk.ddconf(*(str(desk.folder / word) if ".json" in word else word for word in command.split()))
    assert (ran.code, WHY in ran.err) == (ERROR, True), ran.err
    assert desk.app.store.snapshot() == organisation
    assert {file: file.read_bytes() for file in files} == dict(files)


def test_an_export_and_a_first_apply_note_the_organisation(desk: Desk, tmp_path: Path) -> None:
    thirty.define(desk, BEFORE)
    desk.done("apply", "--auto-approve")
    own = state_of(desk).organisation
    assert own == Actor().org_uuid
    exported = Desk(tmp_path / "exported", desk.app, desk.url)
    exported.folder.mkdir()
    exported.done("export")
    assert state_of(exported).organisation == own


def test_a_state_that_names_none_learns_it_from_the_next_apply(desk: Desk) -> None:
    thirty.define(desk, BEFORE)
    desk.done("apply", "--auto-approve")
    desk.state.write_bytes(write_state(replace(state_of(desk), organisation="")))
    thirty.define(desk, {**BEFORE, "monitor": {"m1": thirty.monitor(1, "y")}})
    desk.done("apply", "--auto-approve")
    assert state_of(desk).organisation == Actor().org_uuid


def test_keys_that_do_not_tell_their_organisation_work_all_the_same(desk: Desk) -> None:
    desk.app.faults.on(faults.refuse(403), lambda request: request.path == "/api/v2/current_user", times=9)
    thirty.define(desk, BEFORE)
    desk.done("apply", "--auto-approve")
    assert state_of(desk).organisation == ""
    assert "No changes." in desk.done("plan")


def test_a_plan_with_nothing_to_do_does_not_ask(desk: Desk) -> None:
    thirty.define(desk, BEFORE)
    desk.done("apply", "--auto-approve")
    asked = []
    desk.app.hook = lambda _moment, request: asked.append(request.path)
    assert "No changes." in desk.done("plan")
    assert "/api/v2/current_user" not in asked
