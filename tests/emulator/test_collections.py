"""Every plain collection of the table lives through its whole story."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from ddconf.emulator.collections import orders, plain_collections, rows
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.operations import documented_status
from ddconf.emulator.routes import find_in, table
from ddconf.emulator.singletons import singletons
from tests.emulator.conftest import Api


def named(family: ApiCollection) -> str:
    return family.name


def sample(family: ApiCollection) -> Any:
    content: dict[str, Any] = dict.fromkeys(family.rules, "x") or {"name": "x"}
    body = {"id": "own", "type": family.type, "attributes": content} if family.type else content
    if family.own_id:
        _give_id(family, body)
    return {"data": body} if family.type else body


def _give_id(family: ApiCollection, body: dict[str, Any]) -> None:
    """Fill whatever place the family takes its id from."""
    while True:
        try:
            family.own_id(body)  # type: ignore[misc]
            return
        except Exception as error:
            (path,) = re.findall(r"'(.+?)'", str(error))
            *parents, last = path.split(".")
            node = body
            for key in parents:
                node = node.setdefault(key, {})
            node[last] = "own"


def at(template: str, id: str = "{id}") -> str:
    return re.sub(r"\{(?!id\})\w+\}", "parent", template).replace("{id}", id)


def is_plain(family: ApiCollection) -> bool:
    """Whether no file of quirks/ answers in its place."""
    one = family.item_path or f"{family.path}/{{id}}"
    method, path = (family.upsert[0], one) if family.upsert else ("POST", family.path)
    return not find_in(table(), method, at(path, "key"))


PLAIN = [family for family in plain_collections() if (family.path or family.upsert) and is_plain(family)]
MADE_IN_A_COLLECTION = [family for family in PLAIN if family.path and not family.upsert]
MADE_BY_KEY = [family for family in PLAIN if family.upsert]
PARENTS = {"dashboard": "dashboard", "service_accounts": "user", "users": "user"}
"""Where else parents are kept, by the segment before their id."""


def given_parents(api: Api, template: str) -> None:
    """Put what the placeholders of a path name into the organisation."""
    by_path = {family.path: family for family in plain_collections()}
    above = template
    while "/{" in above and not above.endswith("{id}"):
        above = above.rpartition("/{")[0]
        if found := by_path.get(above):
            for id in ("parent", "key"):
                stub = {found.id_field: id, "type": found.type, "attributes": {"components": []}}
                api.app.store.put(found.name, id, stub)
        elif name := PARENTS.get(above.rpartition("/")[2]):
            api.app.store.put(name, "parent", {"id": "parent", "type": "users", "attributes": {}})


@pytest.mark.parametrize("family", MADE_IN_A_COLLECTION, ids=named)
def test_create_list_read_update_delete(api: Api, family: ApiCollection) -> None:
    given_parents(api, family.path)
    api.app.validate = False
    body = sample(family)
    made = api.post(at(family.path), body)
    made = made["data"] if family.type else made
    id = str(made["id"] if family.type else made[family.id_field])
    one = at(family.item_path or f"{family.path}/{{id}}", id)
    read = told(family, api.get(one))
    assert shows(read, body["data"]["attributes"] if family.type else body, family)
    if family.listed:
        listed = api.get(at(family.list_path or family.path))
        key = family.items or ("data" if family.type else "")
        items = listed[key] if key else listed
        assert id in json.dumps(items)
    for method in family.update:
        api.good(api.send(method, one, body))
        assert shows(told(family, api.get(one)), read, family, own=True)
    api.delete(one)
    assert api.refused("GET", one)[0] in (400, 404)


def told(family: ApiCollection, answer: Any) -> Any:
    """The content of an answer about one object."""
    return answer["data"]["attributes"] if family.type else answer


def shows(found: Any, wanted: Any, family: ApiCollection, *, own: bool = False) -> bool:
    """Whether an object has what was sent, or what it had before an update, but for what a write changes."""
    row = next(row for row in rows()["collections"] if row["name"] == family.name)
    if "made" in row or "counted" in row or own:
        return set(wanted) - hidden(row) <= set(found)
    return all(found.get(key) == value for key, value in wanted.items() if key not in hidden(row))


def hidden(row: dict[str, Any]) -> set[str]:
    return {*row.get("secrets", ()), *row.get("shown_once", ())}


@pytest.mark.parametrize("family", [one for one in MADE_IN_A_COLLECTION if "{" in one.path], ids=named)
def test_a_child_of_an_unknown_parent_is_not_made(api: Api, family: ApiCollection) -> None:
    if family.path.rpartition("/{")[0] in UNCHECKED:
        pytest.skip("its parents are kept elsewhere, or are words of the API")
    api.app.validate = False
    assert api.refused("POST", at(family.path), sample(family))[0] == 404


UNCHECKED = {
    "/api/v1/integration/slack/configuration/accounts",
    "/api/v2/integration/google-chat/organizations",
    "/api/v2/web-integrations",
    "/api/v2/widgets",
}


@pytest.mark.parametrize("family", MADE_IN_A_COLLECTION, ids=named)
def test_a_create_has_the_documented_status(api: Api, family: ApiCollection) -> None:
    given_parents(api, family.path)
    api.app.validate = False
    row = next(row for row in rows()["collections"] if row["name"] == family.name)
    status = row.get("status", {}).get("POST") or documented_status("POST", family.path)
    assert api.send("POST", at(family.path), sample(family)).status == status


@pytest.mark.parametrize("family", MADE_BY_KEY, ids=named)
def test_a_write_to_a_key_makes_and_replaces(api: Api, family: ApiCollection) -> None:
    api.app.validate = False
    one = at(family.item_path or f"{family.path}/{{id}}", "key")
    given_parents(api, family.item_path)
    body: Any = {"data": {"type": family.type, "attributes": {"a": 1}}} if family.type else {"a": 1}
    assert api.refused("GET", one)[0] == 404
    for method in family.upsert:
        for times in range(2):
            if times and family.makes_once:
                assert api.refused(method, one, body)[0] == 409
            else:
                api.good(api.send(method, one, body))
            read = api.get(one)
            assert (read["data"]["attributes"] if family.type else read)["a"] == 1
    api.delete(one)
    assert api.refused("GET", one)[0] == 404


@pytest.mark.parametrize(("path", "method", "name"), orders(), ids=lambda value: str(value)[-40:])
def test_an_order_arranges_the_list_and_must_be_complete(api: Api, path: str, method: str, name: str) -> None:
    family = next(family for family in plain_collections() if family.name == name)
    api.app.validate = False
    given_parents(api, family.path)
    made = [api.post(at(family.path), sample(family))["data"]["id"] for _ in range(3)]
    wanted = [made[2], made[0], made[1]]
    api.good(api.send(method, at(path), {"data": [{"id": id, "type": family.type} for id in wanted]}))
    assert [item["id"] for item in api.get(at(family.path))["data"]] == wanted
    assert api.refused(method, at(path), {"data": [{"id": made[0]}]})[0] in (400, 422)


@pytest.mark.parametrize("row", singletons(), ids=lambda row: row["path"])
def test_a_singleton_is_there_before_anybody_wrote_it(api: Api, row: dict[str, Any]) -> None:
    path = re.sub(r"\{\w+\}", "parent", row["path"])
    api.get(path)
    body: Any = {"data": {"type": row["type"], "attributes": {"a": 1}}} if row["type"] else {"a": 1}
    api.good(api.send(row["update"], path, body))
    read = api.get(path)
    assert (read["data"]["attributes"] if row["type"] else read)["a"] == 1


def test_missing_required_fields_are_refused(api: Api) -> None:
    family = next(
        family for family in MADE_IN_A_COLLECTION if family.rules and family.type and "{" not in family.path
    )
    assert api.refused("POST", at(family.path), {"data": {"type": family.type, "attributes": {}}})[0] == 400


def test_objects_of_different_parents_are_apart(api: Api) -> None:
    api.app.validate = False
    family = next(family for family in plain_collections() if family.name == "case_project_notification_rule")
    paths = [re.sub(r"\{\w+\}", parent, family.path) for parent in ("one", "two")]
    for parent in ("one", "two"):
        api.app.store.put("case_project", parent, {"id": parent, "type": "project", "attributes": {}})
    api.post(paths[0], sample(family))
    assert len(api.get(paths[0])["data"]) == 1
    assert api.get(paths[1])["data"] == []
