"""The life of an object of any kind, told with a sample document; `test_kinds.py` tells it of all."""

from __future__ import annotations

import json
import os
from typing import Any

from ddconf.datadog.http.client import Client
from ddconf.datadog.http.credentials import read as read_credentials
from ddconf.datadog.objects import crud
from ddconf.definitions import references
from ddconf.definitions.yaml import reader
from ddconf.document import Document, get, put
from ddconf.kind import Kind, Live, find_kind
from ddconf.operations.schema import of_kind
from tests.e2e.conftest import Desk
from tests.kinds import samples

EMPTY = "No changes."
DRIFT, UPDATE, REPLACEMENT = "drift", "update", "replacement"
"""Chapters that not every kind has."""


def live_through(desk: Desk, name: str) -> list[str]:
    """Create, repair, change, replace, adopt, export, delete an object; gives the chapters left out."""
    kind = find_kind(name)
    assert kind.api is not None
    wanted = samples.definitions(name)
    missing: list[str] = []
    desk.write(
        "ddconf.yaml", f"allow_writes: {json.dumps([one for one in wanted if find_kind(one).opt_in])}\n"
    )
    create(desk, kind, wanted)
    other = samples.changed(name, wanted[name]["it"])
    if other is None or kind.api.update is None:
        missing.append(DRIFT)
    else:
        repair(desk, kind, wanted, other)
    other = other or samples.with_another_secret(name, wanted[name]["it"])
    if other is None or kind.api.update is None:
        missing.append(UPDATE)
    else:
        change(desk, kind, wanted, other)
    anew = samples.replaced(name, other or wanted[name]["it"])
    if anew is None:
        missing.append(REPLACEMENT)
    else:
        wanted = samples.around(name, anew)
        replace(desk, kind, wanted)
    adopt(desk, kind, wanted)
    export(desk, kind, wanted)
    remove(desk, kind, wanted)
    return missing


def define(desk: Desk, wanted: dict[str, Any]) -> None:
    desk.write("all.json", json.dumps(wanted))


def create(desk: Desk, kind: Kind, wanted: dict[str, Any]) -> None:
    if kind.api and kind.api.create is None:
        plant(desk, kind, wanted[kind.name]["it"])
    define(desk, wanted)
    desk.done("apply", "--auto-approve")
    out = desk.done("plan")
    assert EMPTY in out, out


def plant(desk: Desk, kind: Kind, document: Document) -> None:
    """What exists by itself is there before."""
    for method, path, body in samples.GIVEN.get(kind.name, {}).get("plant", ()):
        desk.api(method, path, body)


def connect() -> Client:
    return Client(read_credentials(os.environ))


def repair(desk: Desk, kind: Kind, wanted: dict[str, Any], other: Document) -> None:
    """Another hand changes the object; the plan says so and apply brings it back."""
    mine = owned(desk, kind)
    client = connect()
    try:
        drifted = references.resolve(other, lambda reference: entries(desk)[str(reference.address)]["id"])
        if place := samples.place_of_order(kind):
            put(drifted, place, get(mine.document, place)[::-1])  # theirs are in it, too
        crud.update(client, kind, mine.id, {**mine.document, **drifted}, mine.document)
    finally:
        client.close()
    planned = desk.ddconf("plan", "--detailed-exitcode")
    assert planned.code == 2, f"drift not seen: {planned.out}{planned.err}"
    desk.done("apply", "--auto-approve")
    out = desk.done("plan")
    assert EMPTY in out, out


def change(desk: Desk, kind: Kind, wanted: dict[str, Any], other: Document) -> None:
    define(desk, {**wanted, kind.name: {"it": other}})
    planned = desk.ddconf("plan", "--detailed-exitcode")
    assert planned.code == 2, f"change not seen: {planned.out}{planned.err}"
    desk.done("apply", "--auto-approve")
    out = desk.done("plan")
    assert EMPTY in out, out


def replace(desk: Desk, kind: Kind, wanted: dict[str, Any]) -> None:
    """A change that no update can make: the object goes and another comes."""
    count = len(everything(desk, kind))
    define(desk, wanted)
    out = desk.done("plan")
    assert "must be replaced" in out, out
    desk.done("apply", "--auto-approve")
    assert len(everything(desk, kind)) == count, "both are there"
    out = desk.done("plan")
    assert EMPTY in out, out


def is_found_by_its_key(kind: Kind) -> bool:
    """Whether an object that the state does not know is found; else its definition must have the id."""
    api = kind.api
    assert api is not None
    named = not kind.id or kind.id in kind.key
    return not kind.key or not api.unlisted or bool(api.parent[0]) or named


def adopt(desk: Desk, kind: Kind, wanted: dict[str, Any]) -> None:
    """Without the state it is found by its key, or by its id in the definition, and never made twice."""
    mine = owned(desk, kind)
    count = len(everything(desk, kind))
    if not is_found_by_its_key(kind):
        named = {**wanted[kind.name]["it"], "ddconf": {"id": mine.id}}
        define(desk, {**wanted, kind.name: {**wanted[kind.name], "it": named}})
    desk.state.unlink()
    desk.done("apply", "--auto-approve", "--adopt")
    assert owned(desk, kind).id == mine.id
    assert len(everything(desk, kind)) == count, "made twice"
    out = desk.done("plan")
    assert EMPTY in out, out


def export(desk: Desk, kind: Kind, wanted: dict[str, Any]) -> None:
    """What is live becomes definitions elsewhere, valid and complete, whose plan is empty."""
    assert kind.api is not None
    mine = owned(desk, kind)
    before = desk.folder
    desk.folder = before.parent / "exported"
    desk.folder.mkdir()
    desk.write("ddconf.yaml", (before / "ddconf.yaml").read_text())
    listed = [name for name in wanted if is_listed(find_kind(name))]
    if listed:
        out = desk.done("export", "--adopt", *(f"--kind={name}" for name in listed))
        assert "The plan of what was exported is empty." in out, out
    if kind.name not in listed:
        desk.done("import", "--adopt", f"{kind.name}.it", id_to_import(kind, mine))
        assert EMPTY in desk.done("plan")
    desk.done("validate")
    assert in_editor(desk, kind) == []
    desk.folder = before


def id_to_import(kind: Kind, mine: Live) -> str:
    """The id, behind what the object is below of where that is not in it and nothing lists it."""
    assert kind.api is not None
    field, above = kind.api.parent
    return f"{mine.document[field]}/{mine.id}" if field and not above and kind.id else mine.id


def is_listed(kind: Kind) -> bool:
    """Whether an export finds its objects by itself; else `import` takes one."""
    assert kind.api is not None
    alone = not kind.key and not kind.secrets  # where only a secret stands, nothing shows that there is one
    return bool(kind.api.parent[1]) or not kind.api.unlisted or alone


def in_editor(desk: Desk, kind: Kind) -> list[str]:
    """What an editor with the schema of the kind marks in the exported files."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(of_kind(kind.name))
    exported = [
        definition
        for file in (desk.folder / kind.name).glob("*.yaml")
        for document, _ in reader.load(file.read_text(encoding="utf-8"), str(file))
        for definition in document[kind.name].values()
    ]
    assert exported, "nothing was exported"
    return [error.message for definition in exported for error in validator.iter_errors(definition)]


def remove(desk: Desk, kind: Kind, wanted: dict[str, Any]) -> None:
    define(desk, {other: items for other, items in wanted.items() if other != kind.name} or {"monitor": {}})
    assert kind.api is not None
    if kind.irreversible:
        assert desk.ddconf("apply", "--auto-approve").code == 3
        return
    mine = owned(desk, kind)
    desk.done("apply", "--auto-approve", "--allow-deletes=9")
    left = {item.id: item for item in everything(desk, kind, mine)}
    assert (mine.id in left) == (kind.api.delete is None) or kind.api.singleton, "still there"
    out = desk.done("plan")
    assert EMPTY in out, out


def entries(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(desk.state.read_text())["entries"]
    return found


def owned(desk: Desk, kind: Kind) -> Live:
    """The object of the definition, as the state knows it."""
    entry = entries(desk)[f"{kind.name}.it"]
    client = connect()
    try:
        found = crud.read(client, kind, entry["id"], document=entry["applied"])
    finally:
        client.close()
    assert found is not None, "not there"
    return found


def everything(desk: Desk, kind: Kind, mine: Live | None = None) -> list[Live]:
    client = connect()
    mine = mine or owned(desk, kind)
    try:
        return crud.list_all(client, kind, hints=[(mine.id, mine.document)])
    finally:
        client.close()
