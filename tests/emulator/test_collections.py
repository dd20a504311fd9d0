"""Every plain collection of the table lives through its whole story."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ddconf.emulator.collections import orders, plain_families, singletons
from ddconf.emulator.generic import Family
from tests.emulator.conftest import Api


def named(family: Family) -> str:
    return family.name


def sample(family: Family) -> Any:
    content: dict[str, Any] = dict.fromkeys(family.rules, "x") or {"name": "x"}
    body = {"id": "own", "type": family.type, "attributes": content} if family.type else content
    if family.own_id:
        _give_id(family, body)
    return {"data": body} if family.type else body


def _give_id(family: Family, body: dict[str, Any]) -> None:
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


MADE_IN_A_COLLECTION = [family for family in plain_families() if family.path and not family.upsert]
MADE_BY_KEY = [family for family in plain_families() if family.upsert]


@pytest.mark.parametrize("family", MADE_IN_A_COLLECTION, ids=named)
def test_create_list_read_update_delete(api: Api, family: Family) -> None:
    body = sample(family)
    made = api.post(at(family.path), body)
    made = made["data"] if family.type else made
    one = at(
        family.one_at or f"{family.path}/{{id}}", str(made["id"] if family.type else made[family.id_field])
    )
    read = api.get(one)
    assert (read["data"] if family.type else read) == made
    if family.listed:
        listed = api.get(at(family.lists_at or family.path))
        key = family.items or ("data" if family.type else "")
        assert (listed[key] if key else listed) == [made]
    for method in family.update:
        changed = api.good(api.send(method, one, body))
        assert (changed["data"] if family.type else changed) == made
    api.delete(one)
    assert api.refused("GET", one)[0] == 404


@pytest.mark.parametrize("family", MADE_BY_KEY, ids=named)
def test_a_write_to_a_key_makes_and_replaces(api: Api, family: Family) -> None:
    one = at(family.one_at or f"{family.path}/{{id}}", "key")
    body: Any = {"data": {"type": family.type, "attributes": {"a": 1}}} if family.type else {"a": 1}
    assert api.refused("GET", one)[0] == 404
    for method in family.upsert:
        for _ in range(2):
            api.good(api.send(method, one, body))
            read = api.get(one)
            assert (read["data"]["attributes"] if family.type else read)["a"] == 1
    api.delete(one)
    assert api.refused("GET", one)[0] == 404


@pytest.mark.parametrize(("path", "method", "name"), orders(), ids=lambda value: str(value)[-40:])
def test_an_order_arranges_the_list_and_must_be_complete(api: Api, path: str, method: str, name: str) -> None:
    family = next(family for family in plain_families() if family.name == name)
    made = [api.post(at(family.path), sample(family))["data"]["id"] for _ in range(3)]
    wanted = [made[2], made[0], made[1]]
    api.good(api.send(method, at(path), {"data": [{"id": id, "type": family.type} for id in wanted]}))
    assert [item["id"] for item in api.get(at(family.path))["data"]] == wanted
    assert api.refused(method, at(path), {"data": [{"id": made[0]}]})[0] == 400


@pytest.mark.parametrize(("path", "method", "type"), singletons(), ids=lambda value: str(value)[-40:])
def test_a_singleton_is_there_before_anybody_wrote_it(api: Api, path: str, method: str, type: str) -> None:
    path = re.sub(r"\{\w+\}", "parent", path)
    api.get(path)
    body: Any = {"data": {"id": "x", "type": type, "attributes": {"a": 1}}} if type else {"a": 1}
    api.good(api.send(method, path, body))
    assert api.get(path) == body


def test_missing_required_fields_are_refused(api: Api) -> None:
    family = next(family for family in MADE_IN_A_COLLECTION if family.rules and family.type)
    assert api.refused("POST", at(family.path), {"data": {"type": family.type, "attributes": {}}})[0] == 400


def test_objects_of_different_parents_are_apart(api: Api) -> None:
    family = next(family for family in plain_families() if family.path.count("{") == 1 and family.type)
    paths = [re.sub(r"\{\w+\}", parent, family.path) for parent in ("one", "two")]
    api.post(paths[0], sample(family))
    assert len(api.get(paths[0])["data"]) == 1
    assert api.get(paths[1])["data"] == []
