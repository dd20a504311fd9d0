"""What this ddconf does not know yet, of a newer Datadog, survives export, an edit beside it, and apply."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ddconf.emulator.faults import Fault, calls
from ddconf.emulator.wire import Request, Response
from tests.e2e import thirty
from tests.e2e.conftest import Desk
from tests.e2e.stories import STORIES, Story

UNKNOWN: dict[str, Any] = {
    "new": [1, 2.5, "x", {"deep": True, "empty": {}, "none": None}],
    "kind": "a_new_kind",
}


def with_unknown(story: Story) -> dict[str, Any]:
    return {**story.document, "shiny": UNKNOWN}


@pytest.mark.parametrize(
    "kind", ["monitor", "logs_custom_pipeline", "dashboard", "service_level_objective", "logs_index"]
)
def test_unknown_fields_survive_an_edit_of_another(desk: Desk, kind: str) -> None:
    desk.app.validate = False
    story = next(story for story in STORIES if story.kind == kind)
    desk.api("POST", story.list_path, with_unknown(story))
    desk.folder.mkdir()
    desk.done("export", "--kind", kind)
    (file,) = [file for file in (desk.folder / kind).glob("*.yaml") if "shiny" in file.read_text()]
    assert "a_new_kind" in file.read_text()
    assert "No changes." in desk.done("plan")
    edit(file.read_text(), file.write_text, story)
    assert "1 changed" in desk.done("apply", "--auto-approve")
    shown = found(desk, story)
    assert shown["shiny"]["kind"] == "a_new_kind"
    assert shown["shiny"]["new"][:3] == [1, 2.5, "x"]
    assert shown["shiny"]["new"][3]["deep"] is True
    assert "No changes." in desk.done("plan")


def filled_in(desk: Desk) -> Fault:
    """A newer Datadog gives each object that is made a field of its own, and tells it."""

    def afterwards(_request: Request, response: Response) -> Response:
        body = response.json()
        made = body["data"][0] if isinstance(body.get("data"), list) else body
        made["shiny"] = UNKNOWN
        objects, _ = desk.app.store.snapshot()
        (place,) = [(collection, id_) for _, collection, id_, text in objects[-1:]]
        desk.app.store.put(*place, {**(desk.app.store.get(*place) or {}), "shiny": UNKNOWN})
        return replace(response, body=json.dumps(body).encode())

    return Fault("filled in", afterwards=afterwards)


def edit(text: str, write: Callable[[str], object], story: Story) -> None:
    """Change one known field in the file, as the story does."""
    from ddconf.definitions.yaml import write as yaml
    from ddconf.definitions.yaml.reader import load

    ((value, _),) = load(text, "")
    (name,) = value[story.kind]
    value[story.kind][name] |= story.change
    write(yaml.dump(value))


def found(desk: Desk, story: Story) -> dict[str, Any]:
    """The object with the unknown field, as Datadog has it."""
    objects, _ = desk.app.store.snapshot()
    (body,) = [body for _, _, _, body in objects if "a_new_kind" in body]
    value: dict[str, Any] = json.loads(body)
    return value


@pytest.mark.parametrize(
    "kind", ["monitor", "logs_custom_pipeline", "dashboard", "service_level_objective", "logs_index"]
)
def test_what_datadog_fills_in_and_no_definition_has_survives_an_edit_of_another(
    desk: Desk, kind: str
) -> None:
    desk.app.validate = False
    story = next(story for story in STORIES if story.kind == kind)
    thirty.define(desk, {kind: {"mine": story.document}})
    desk.app.faults.on(filled_in(desk), calls("POST", story.list_path))
    desk.done("apply", "--auto-approve")
    assert "No changes." in desk.done("plan")
    thirty.define(desk, {kind: {"mine": {**story.document, **story.change}}})
    assert "1 changed" in desk.done("apply", "--auto-approve")
    assert found(desk, story)["shiny"]["kind"] == "a_new_kind"
    assert "No changes." in desk.done("plan")


def test_a_value_that_only_datadog_knows_is_a_mistake_until_it_is_live(desk: Desk) -> None:
    """Offline it cannot be told from a misspelt one; what Datadog itself shows stops no plan."""
    desk.app.validate = False
    monitor = thirty.monitor(1, "m") | {"type": "quantum alert", "options": {"on_missing_data": "guess"}}
    desk.api("POST", "/api/v1/monitor", monitor)
    desk.folder.mkdir()
    desk.done("export", "--kind", "monitor")
    (file,) = (desk.folder / "monitor").glob("*.yaml")
    assert "quantum alert" in file.read_text()
    ran = desk.ddconf("validate")
    assert ran.code == 1 and "quantum alert" in ran.err
    file.write_text(file.read_text().replace("message: m", "message: other"))
    desk.done("apply", "--auto-approve")
    (shown,) = desk.api("GET", "/api/v1/monitor")
    assert shown["message"] == "other" and shown["options"]["on_missing_data"] == "guess"


def test_unknown_widgets_and_processors_pass_through_untouched(desk: Desk) -> None:
    desk.app.validate = False
    widget = {"definition": {"type": "hologram", "requests": [{"formulas": [{"beam": 3}]}]}}
    board = {"title": "B", "layout_type": "ordered", "widgets": [widget, widget]}
    processor = {"type": "telepathy-parser", "name": "t", "is_enabled": True, "rules": [{"x": [1]}]}
    pipeline = {"name": "p", "is_enabled": True, "filter": {"query": "*"}, "processors": [processor]}
    board_id = desk.api("POST", "/api/v1/dashboard", board)["id"]
    pipeline_id = desk.api("POST", "/api/v1/logs/config/pipelines", pipeline)["id"]
    desk.folder.mkdir()
    desk.done("export", "--kind", "dashboard", "--kind", "logs_custom_pipeline")
    for file in desk.folder.rglob("*.yaml"):
        text = file.read_text()
        file.write_text(text.replace("title: B", "title: C").replace("name: p\n", "name: q\n"))
    desk.done("apply", "--auto-approve", "--allow-deletes=0")
    shown = desk.api("GET", f"/api/v1/dashboard/{board_id}")
    assert shown["title"] == "C"
    assert [item["definition"] for item in shown["widgets"]] == [widget["definition"]] * 2
    changed = desk.api("GET", f"/api/v1/logs/config/pipelines/{pipeline_id}")
    assert changed["name"] == "q"
    assert changed["processors"] == [processor]
