"""Every plain collection of the table lives through its whole story."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ddconf.emulator.collections import plain_families, singletons
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


@pytest.mark.parametrize("family", plain_families(), ids=named)
def test_create_list_read_update_delete(api: Api, family: Family) -> None:
    path = re.sub(r"\{\w+\}", "parent", family.path)
    body = sample(family)
    made = api.post(path, body)
    made = made["data"] if family.type else made
    id = made["id"] if family.type else made[family.id_field]
    read = api.get(f"{path}/{id}")
    assert (read["data"] if family.type else read) == made
    listed = api.get(path)
    key = family.items or ("data" if family.type else "")
    assert (listed[key] if key else listed) == [made]
    for method in family.update:
        changed = api.good(api.send(method, f"{path}/{id}", body))
        assert (changed["data"] if family.type else changed) == made
    api.delete(f"{path}/{id}")
    assert api.refused("GET", f"{path}/{id}")[0] == 404


@pytest.mark.parametrize(("path", "method", "type"), singletons(), ids=lambda value: str(value)[-40:])
def test_a_singleton_is_there_before_anybody_wrote_it(api: Api, path: str, method: str, type: str) -> None:
    path = re.sub(r"\{\w+\}", "parent", path)
    api.get(path)
    body: Any = {"data": {"id": "x", "type": type, "attributes": {"a": 1}}} if type else {"a": 1}
    api.good(api.send(method, path, body))
    assert api.get(path) == body


def test_missing_required_fields_are_refused(api: Api) -> None:
    family = next(family for family in plain_families() if family.rules and family.type)
    path = re.sub(r"\{\w+\}", "parent", family.path)
    assert api.refused("POST", path, {"data": {"type": family.type, "attributes": {}}})[0] == 400


def test_objects_of_different_parents_are_apart(api: Api) -> None:
    family = next(family for family in plain_families() if family.path.count("{") == 1 and family.type)
    paths = [re.sub(r"\{\w+\}", parent, family.path) for parent in ("one", "two")]
    api.post(paths[0], sample(family))
    assert len(api.get(paths[0])["data"]) == 1
    assert api.get(paths[1])["data"] == []
