"""Two folders with a state each: what one has made, the other neither adopts nor changes unasked."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.emulator.faults import Fault
from ddconf.emulator.wire import Request, answer
from ddconf.kind import find_kind, kind_names
from ddconf.kind.mark import is_mark, mark_of, marks_in, with_mark, without_marks
from tests.e2e.conftest import Desk
from tests.e2e.life import EMPTY, create, define, everything, owned
from tests.e2e.processes import start
from tests.e2e.test_kill import Killer
from tests.kinds import samples

MARKED = [name for name in kind_names() if find_kind(name).takes_mark]
REFUSED, STALE = 3, 5
MINE = {"name": "mine", "type": "query alert", "query": "avg(last_5m):avg:system.cpu.user{*} > 90"}


def mark(desk: Desk, file: str = ".ddconf/state.json") -> str:
    return mark_of(json.loads((desk.folder / file).read_text())["lineage"])


def other_state(desk: Desk, settings: str = "") -> None:
    desk.write("ddconf.yaml", f"state: other.state\n{settings}")


def monitors(desk: Desk, **documents: dict[str, Any]) -> None:
    desk.write("all.json", json.dumps({"monitor": documents}))


def tags(desk: Desk) -> list[list[str]]:
    return [sorted(item["tags"]) for item in desk.api("GET", "/api/v1/monitor")]


def texts(desk: Desk) -> str:
    """All definitions, as they are written."""
    files = (*desk.folder.rglob("*.yaml"), *desk.folder.rglob("*.json"))
    return "".join(file.read_text() for file in files)


@pytest.mark.parametrize("name", MARKED)
def test_of_two_states_one_owns(desk: Desk, name: str) -> None:
    kind, wanted = find_kind(name), samples.definitions(name)
    create(desk, kind, wanted)
    mine = owned(desk, kind)
    assert mine.marks == (mark(desk),)
    assert "ddconf:" not in json.dumps(mine.document)
    assert "ddconf:" not in desk.state.read_text()
    before = desk.app.store.snapshot()

    other_state(desk)
    ran = desk.ddconf("apply", "--auto-approve")
    assert ran.code == REFUSED, ran.out + ran.err
    assert f"owned by another ddconf state (tag {mine.marks[0]}): " in ran.err and f"{name}.it" in ran.err
    assert desk.app.store.snapshot() == before

    desk.done("apply", "--auto-approve", "--adopt")
    assert EMPTY in desk.done("plan", "--adopt")
    shown = next(item for item in everything(desk, kind, mine) if item.id == mine.id)
    assert shown.marks == (mark(desk, "other.state"),)
    assert shown.document.get("tags", []) == mine.document.get("tags", [])

    desk.write("ddconf.yaml", "")
    if (changed := samples.changed(name, wanted[name]["it"])) is not None:
        define(desk, {**wanted, name: {"it": changed}})
        ran = desk.ddconf("apply", "--auto-approve")
        assert (ran.code, f"{name}.it" in ran.err) == (REFUSED, True), ran.out + ran.err
    define(desk, {"monitor": {}})
    assert desk.ddconf("apply", "--auto-approve", "--allow-deletes=9").code == REFUSED
    assert mine.id in {item.id for item in everything(desk, kind, mine)}


@pytest.mark.parametrize("name", [name for name in MARKED if not find_kind(name).api.unlisted])  # type: ignore[union-attr]
def test_an_export_takes_no_mark_and_nothing_of_another_state_unasked(desk: Desk, name: str) -> None:
    kind = find_kind(name)
    create(desk, kind, samples.definitions(name))
    mine = owned(desk, kind)
    (desk.folder / "all.json").unlink()
    other_state(desk)
    out = desk.done("export", f"--kind={name}")
    assert f"tag {mark(desk)}" in out
    state = desk.folder / "other.state"
    taken = json.loads(state.read_text())["entries"].values() if state.exists() else ()
    assert mine.id not in {entry["id"] for entry in taken}
    out = desk.done("export", f"--kind={name}", "--adopt")
    assert "The plan of what was exported is empty." in out
    assert not re.search(r"ddconf:\w", texts(desk))


def test_an_update_puts_the_mark_on_what_has_none_and_keeps_all_other_tags(desk: Desk) -> None:
    desk.write("ddconf.yaml", "ownership_mark: false\n")
    monitors(desk, m={**MINE, "tags": ["managed_by:terraform", "ddconf:yes", "team:a"]})
    desk.done("apply", "--auto-approve")
    assert tags(desk) == [["ddconf:yes", "managed_by:terraform", "team:a"]]
    desk.write("ddconf.yaml", "")
    assert EMPTY in desk.done("plan"), "a mark alone is no change"
    monitors(desk, m={**MINE, "tags": ["managed_by:terraform", "ddconf:yes"], "message": "new"})
    desk.done("apply", "--auto-approve")
    assert tags(desk) == [sorted(["managed_by:terraform", "ddconf:yes", mark(desk)])]
    assert EMPTY in desk.done("plan")
    assert "no drift" in (out := desk.done("drift").lower()) or "no changes" in out
    desk.write("ddconf.yaml", "ownership_mark: false\n")
    monitors(desk, m={**MINE, "tags": ["team:b"]})
    desk.done("apply", "--auto-approve")
    assert tags(desk) == [["team:b"]]


def test_an_adoption_of_what_nobody_has_marked_needs_no_word_and_sends_nothing(desk: Desk) -> None:
    desk.api("POST", "/api/v1/monitor", MINE)
    monitors(desk, m=MINE)
    assert "1 adopted" in desk.done("apply", "--auto-approve")
    assert tags(desk) == [[]]


def test_a_definition_may_say_that_it_takes_over(desk: Desk) -> None:
    monitors(desk, m=MINE)
    desk.done("apply", "--auto-approve")
    other_state(desk)
    monitors(desk, m={"ddconf": {"adopt": True}, **MINE})
    desk.done("apply", "--auto-approve")
    assert tags(desk) == [[mark(desk, "other.state")]]
    assert EMPTY in desk.done("plan")


def test_a_state_takes_back_what_another_one_has_taken(desk: Desk) -> None:
    monitors(desk, m=MINE)
    desk.done("apply", "--auto-approve")
    other_state(desk)
    desk.done("apply", "--auto-approve", "--adopt")
    desk.write("ddconf.yaml", "")
    assert EMPTY in desk.done("plan"), "nothing differs, so nothing is refused"
    assert "1 adopted" in desk.done("apply", "--auto-approve", "--adopt")
    assert tags(desk) == [[mark(desk)]]


def test_an_import_takes_over_only_when_told(desk: Desk) -> None:
    monitors(desk, m=MINE)
    desk.done("apply", "--auto-approve")
    (desk.folder / "all.json").unlink()
    other_state(desk)
    id_ = str(desk.api("GET", "/api/v1/monitor")[0]["id"])
    ran = desk.ddconf("import", "monitor.m", id_)
    assert ran.code == 1 and "owned by another ddconf state" in ran.err and "--adopt" in ran.err
    desk.done("import", "monitor.m", id_, "--adopt")
    assert not re.search(r"ddconf:\w", texts(desk))


def test_an_edited_plan_takes_over_nothing(desk: Desk) -> None:
    monitors(desk, m=MINE)
    desk.done("apply", "--auto-approve")
    other_state(desk)
    monitors(desk, m={**MINE, "message": "theirs"})
    assert desk.ddconf("plan", "--out", str(desk.folder / "p.plan.json")).code == REFUSED
    file = desk.folder / "p.plan.json"
    plan = json.loads(file.read_text())
    before = desk.app.store.snapshot()
    for edit in ({"owner": ""}, {"owner": "ddconf:000000000000"}, {"adopt": True}):
        for flags in ([], ["--detached"]):
            if flags and "adopt" in edit:
                continue  # whoever applies a plan unchecked believes it
            changes = [{**plan["changes"][0], **edit}]
            file.write_text(json.dumps({**plan, "changes": changes}))
            assert desk.ddconf("apply", str(file), *flags).code in (REFUSED, STALE), (edit, flags)
            assert desk.app.store.snapshot() == before


def test_what_another_state_takes_between_plan_and_apply_is_not_changed(desk: Desk) -> None:
    monitors(desk, m=MINE)
    desk.done("apply", "--auto-approve")
    monitors(desk, m={**MINE, "message": "new"})
    plan = str(desk.folder / "p.plan.json")
    desk.done("plan", "--out", plan)
    item = desk.api("GET", "/api/v1/monitor")[0]
    desk.api("PUT", f"/api/v1/monitor/{item['id']}", {"tags": ["ddconf:000000000000"]})
    ran = desk.ddconf("apply", plan)
    assert (ran.code, "owned by another ddconf state" in ran.err) == (STALE, True)


def test_where_datadog_refuses_the_mark_the_object_goes_without(desk: Desk) -> None:
    own = [f"t:{number}" for number in range(200)]
    monitors(desk, m={**MINE, "tags": own})
    refusal = answer(400, {"errors": ["Monitor has too many tags"]})
    refused = Fault("tags", instead=lambda _: refusal, about=lambda request: b'"ddconf:' in request.body)
    desk.app.faults.on(refused, refused.about, times=2)
    desk.done("apply", "--auto-approve")
    assert tags(desk) == [sorted(own)]
    monitors(desk, m={**MINE, "tags": own, "message": "new"})
    desk.done("apply", "--auto-approve")
    assert EMPTY in desk.done("plan")


def test_a_saved_plan_takes_over_with_the_flag_only(desk: Desk) -> None:
    monitors(desk, m=MINE, n={**MINE, "name": "n"})
    desk.done("apply", "--auto-approve")
    other_state(desk)
    monitors(desk, m={**MINE, "message": "new"}, n={**MINE, "name": "n"})
    plan = str(desk.folder / "p.plan.json")
    desk.done("plan", "--adopt", "--out", plan)
    assert desk.ddconf("apply", plan).code == REFUSED
    assert "2 adopted" in desk.done("apply", plan, "--adopt")
    assert tags(desk) == [[mark(desk, "other.state")]] * 2
    desk.write("ddconf.yaml", "")
    desk.done("plan", "--adopt", "--out", plan)
    assert "2 adopted" in desk.done("apply", plan, "--adopt"), "with an entry, changed or not"
    assert EMPTY in desk.done("plan")


@pytest.mark.parametrize("own", [None, [], ["a"], ["ddconf:0123456789AB"], ["ddconf:0123456789abc"]])
def test_odd_tags_are_left_alone(desk: Desk, own: list[str] | None) -> None:
    monitors(desk, m={**MINE, "tags": own})
    desk.done("apply", "--auto-approve")
    assert tags(desk) == [sorted([*(own or []), mark(desk)])]
    assert EMPTY in desk.done("plan")


@given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner), max_leaves=5))
def test_law_a_mark_comes_and_goes_without_a_trace(value: Any) -> None:
    own, other = mark_of("a"), mark_of("b")
    document = {"name": "x", "tags": value}
    marked = with_mark(document, own)
    assert with_mark(marked, own) == marked
    if isinstance(value, list) or not value:
        assert marks_in(marked) == (own,)
        assert marks_in(with_mark(marked, other)) == (other,)
        assert without_marks(marked)["tags"] == [item for item in value or [] if not is_mark(item)]
    else:
        assert marked == document


def test_a_mark_in_a_definition_is_a_mistake(desk: Desk) -> None:
    monitors(desk, m={**MINE, "tags": ["team:a", "ddconf:0123456789ab"]})
    for command in ("validate", "plan"):
        ran = desk.ddconf(command)
        assert ran.code == 1 and "ddconf:0123456789ab is the mark of a state" in ran.out + ran.err


def test_a_first_run_that_is_killed_right_after_its_first_create_goes_on_with_its_own_mark(
    desk: Desk,
) -> None:
    monitors(desk, m=MINE)
    created = Killer(0)

    def after_the_create(moment: str, request: Request) -> None:
        if (moment, request.method) == ("after", "POST") and b'"ddconf:' in request.body:
            created(moment, request)

    assert applied(desk, after_the_create, created) == -signal.SIGKILL
    assert len(tags(desk)) == 1
    for state_lock in desk.state.parent.glob("*.lock"):
        state_lock.unlink()
    desk.done("apply", "--auto-approve")
    assert tags(desk) == [[mark(desk)]]


def applied(desk: Desk, hook: Callable[[str, Request], None], killer: Killer) -> int:
    """An apply in a process of its own, which the killer may end; gives its exit code."""
    desk.app.hook = hook
    killer.process = start(desk, "apply", "--auto-approve", "--check=false")
    killer.process.communicate()
    desk.app.hook = None
    return killer.process.returncode
