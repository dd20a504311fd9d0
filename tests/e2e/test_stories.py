"""The life of an object of each kind: create, empty plan, drift, repair, change, delete, adopt."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.e2e.conftest import Desk
from tests.e2e.stories import STORIES, Document, Story

EMPTY = "No changes."


@pytest.fixture(params=STORIES, ids=lambda story: story.kind)
def story(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Story:
    monkeypatch.setenv("DDCONF_SECRET_SIEM", "hunter2hunter2")
    found: Story = request.param
    return found


def define(desk: Desk, story: Story, document: Document | None) -> None:
    definitions = {**story.before, **({story.kind: {"mine": document}} if document else {})}
    desk.write("all.json", json.dumps(definitions or {"monitor": {}}))


def listed(desk: Desk, story: Story) -> list[dict[str, Any]]:
    answer = desk.api("GET", story.list_path)
    for key in story.items.split(".") if story.items else ():
        answer = answer[key]
    items = [{**item, **item.get("attributes", {})} for item in answer]
    return [item for item in items if item.get(story.id) not in ("main",)]


def mine(desk: Desk, story: Story, name_field: str) -> dict[str, Any]:
    (found,) = [item for item in listed(desk, story) if item.get(name_field) == story.document[name_field]]
    return found


def test_an_object_lives_from_create_to_delete(desk: Desk, story: Story) -> None:
    desk.sandbox = story.sandbox
    before = len(listed(desk, story))
    define(desk, story, story.document)
    assert "will be created" in desk.done("plan")
    assert "Apply complete!" in desk.done("apply", "--auto-approve")
    assert len(listed(desk, story)) == before + 1
    assert EMPTY in desk.done("plan")

    by_hand(desk, story)
    planned = desk.ddconf("plan", "--detailed-exitcode")
    assert planned.code == 2, planned.out
    desk.done("apply", "--auto-approve")
    assert EMPTY in desk.done("plan")

    define(desk, story, {**story.document, **story.change})
    assert desk.ddconf("plan", "--detailed-exitcode").code == 2
    desk.done("apply", "--auto-approve")
    assert EMPTY in desk.done("plan")
    assert len(listed(desk, story)) == before + 1

    define(desk, story, None)
    if not story.deletable:
        refused = desk.ddconf("apply", "--auto-approve")
        assert refused.code == 3, refused.out + refused.err
        return
    desk.done("apply", "--auto-approve", "--allow-deletes=1")
    assert len(listed(desk, story)) == before
    assert EMPTY in desk.done("plan")


def test_an_object_without_state_is_adopted_and_never_doubled(desk: Desk, story: Story) -> None:
    desk.sandbox = story.sandbox
    define(desk, story, story.document)
    desk.done("apply", "--auto-approve")
    count = len(listed(desk, story))
    desk.state.unlink()
    assert "adopt" in desk.done("plan", "--adopt")
    desk.done("apply", "--auto-approve", "--adopt")
    assert len(listed(desk, story)) == count
    assert EMPTY in desk.done("plan")


def by_hand(desk: Desk, story: Story) -> None:
    """Another hand changes the object through the API, as the web interface would."""
    names = [name for name in ("name", "title", "id", "restriction_query") if name in story.document]
    item = mine(desk, story, names[0])
    path = story.item_path.format(id=item[story.id])
    fixed = ("id", "name") if story.kind == "logs_index" else ("id",)
    body = {key: value for key, value in story.document.items() if key not in fixed} | story.drift
    if story.kind == "dashboard":
        body = {**desk.api("GET", path), **story.drift}
    if story.jsonapi:
        body = {"data": {"type": story.jsonapi, "id": item["id"], "attributes": body}}
    desk.api(story.update, path, body)
