"""Objects of every kind made, read, listed, changed and deleted through the official client's models."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ddconf.datadog.http.client import Client
from ddconf.datadog.http.credentials import read as read_credentials
from ddconf.datadog.objects import crud
from ddconf.definitions import references
from ddconf.document import Document, get, parse_path, put
from ddconf.kind import Kind, find_kind, kind_names
from tests.e2e.conftest import KEYS, Desk, open_desk
from tests.e2e.life import entries, owned, plant
from tests.emulator import answers
from tests.emulator.typed_wire import TypedWire
from tests.kinds import samples


def is_called(kind: Kind) -> bool:
    """Whether the client has its calls."""
    return kind.api is not None and not kind.manual and not kind.api.system_owned


CLIENTLESS = ("logs_view",)
KINDS = [name for name in kind_names() if is_called(find_kind(name)) and name not in CLIENTLESS]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as desk:
        yield desk


@pytest.mark.parametrize("name", KINDS)
def test_every_answer_is_one_that_the_models_know(desk: Desk, name: str) -> None:
    wire = TypedWire(desk.url, {"apiKeyAuth": KEYS["DD-API-KEY"], "appKeyAuth": KEYS["DD-APPLICATION-KEY"]})
    client = Client(
        read_credentials({"DD_HOST": desk.url, "DD_API_KEY": "a" * 32, "DD_APP_KEY": "b" * 40}), wire=wire
    )
    try:
        live_through(desk, client, find_kind(name))
    finally:
        client.close()
    assert wire.refused == []


def test_what_answers_must_have_is_as_the_models_say() -> None:
    assert answers.FILE.read_text(encoding="utf-8") == answers.text()


def live_through(desk: Desk, client: Client, kind: Kind) -> None:
    """Create, read, list, update, delete, as far as the kind has these."""
    document = prepared(desk, kind)
    api = kind.api
    assert api
    if api.create or api.created_with_parent:
        made = crud.create(client, kind, document)
    else:
        plant(desk, kind, document)
        define(desk, samples.definitions(kind.name))
        made = owned(desk, kind)
    hints = [(made.id, made.document)]
    assert crud.read(client, kind, made.id, document=made.document)
    if api.list:
        assert crud.list_all(client, kind, hints=hints)
    other = samples.changed(kind.name, document) or document
    if api.update and other is not document:
        wanted = {**made.document, **resolved(desk, other)}
        if place := samples.place_of_order(kind):
            put(wanted, place, get(made.document, place)[::-1])
        made = crud.update(client, kind, made.id, wanted, made.document)
    if api.delete:
        crud.delete(client, kind, made.id, made.document)


def prepared(desk: Desk, kind: Kind) -> Document:
    """The sample, after what it refers to was made."""
    wanted = samples.definitions(kind.name)
    document = wanted[kind.name].pop("it")
    for name, items in wanted.items():
        if items and (above := find_kind(name)).api and above.api.create is None:
            plant(desk, above, items["it"])
    define(desk, {name: items for name, items in wanted.items() if items})
    document = resolved(desk, document)
    return kind.canonicalize(document) if kind.canonicalize else document


def define(desk: Desk, wanted: dict[str, dict[str, Document]]) -> None:
    """Have these definitions applied by ddconf itself."""
    allowed = [one for one in wanted if find_kind(one).opt_in]
    desk.write("ddconf.yaml", f"allow_writes: {json.dumps(allowed)}\n")
    if wanted:
        desk.write("all.json", json.dumps(wanted))
        desk.done("apply", "--auto-approve")


def resolved(desk: Desk, document: Document) -> Document:
    """The document with ids in place of references."""
    if not references.present(document):
        return document
    known = entries(desk)

    def value(reference: references.Reference) -> object:
        entry = known[str(reference.address)]
        if not reference.field:
            return entry["id"]
        path = parse_path(reference.field.removeprefix("."))
        return get(entry["applied"], path) or get(entry.get("observed"), path)

    return references.resolve(document, value)
