"""What the official client's models demand of answers: the fields that the server adds, by path.

`python -m tests.emulator.answers` writes `ddconf/emulator/answers.json`, which the emulator reads: for each
of its plain collections and singletons, `demanded` are fields of answers that no request has, `otherwise`
those that a request may leave out and an answer may not, `links` relationships, `list_beside` what stands
beside a list.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from ddconf.emulator import collections
from ddconf.emulator.operations import blank
from tests.emulator.typed_wire import operations

FILE = Path(collections.__file__).with_name("answers.json")
_SCALARS: dict[Any, Any] = {str: "", int: 0, float: 0.0, bool: False, dict: {}, object: {}}
_ENVELOPE = ("id", "type", "relationships", "links", "meta", "included")
Json = Any


def answers() -> dict[str, dict[str, Json]]:
    """For each row of the table, by its path, what its answers must have."""
    rows = json.loads(collections.TABLE.read_bytes())
    found = {}
    for row in (*rows["collections"], *rows["singletons"]):
        path = row["path"] or row.get("item_path", "")
        recorded = "made" in row
        if facts := _facts(row, recorded):
            found[blank(path)] = facts
    return found


def _facts(row: dict[str, Any], recorded: bool) -> dict[str, Json]:
    typed = bool(row.get("type"))
    item = row.get("item_path") or (f"{row['path']}/{{id}}" if row.get("update") != "POST" else row["path"])
    places = {
        (method, blank(path)) for path in (row["path"], item) for method in ("GET", "POST", "PUT", "PATCH")
    }
    shown, sent = [], []
    for method, path in sorted(places, key=lambda place: (place[0] != "POST", place)):
        settings, params = _operation(method, path)
        if settings is None:
            continue
        if answer := settings.get("response_type"):
            shown += list(_contents(answer[0], typed))
        if body := params.get("body"):
            sent += list(_contents(body["openapi_types"][0], typed))
    named = {name for model in sent for name in model.attribute_map.values()}
    alone = "name" not in row  # it is read before anybody has written it
    demanded = {name for model in sent[:1] for name in _required(model) if not alone}
    row_names = _settled(row)
    made: dict[str, Json] = {}
    otherwise: dict[str, Json] = {}
    for model in shown:
        needed = set(_required(model))
        for field, types in model.openapi_types.items():
            name = model.attribute_map[field]
            if (name in ("id", "type") and not typed) or name == row.get("id_field"):
                continue
            if name in row_names:
                continue
            if name in named and name in needed - demanded:
                otherwise[name] = value_of(name, types)
            elif name not in named and (name in needed or (not recorded and _is_stamp(name))):
                made[name] = value_of(name, types)
    facts = {
        "demanded": made,
        "otherwise": otherwise,
        "links": _links(row, item),
        "list_beside": _beside(row),
        "shows_deleted": "data" in _required(_answer("DELETE", item)) and not row.get("brief_delete"),
    }
    return {key: value for key, value in facts.items() if value}


def _beside(row: dict[str, Any]) -> dict[str, Json]:
    """What the answer with the list must have besides the list."""
    model = _answer("GET", row.get("list_path") or row["path"])
    names = set(_required(model)) - {"data", row.get("items")} if _is_object(model) else set()
    by_name = (
        {model.attribute_map[field]: types for field, types in model.openapi_types.items()} if names else {}
    )
    return (
        {}
        if "pages" in row and row.get("page_links")
        else {name: value_of(name, by_name[name]) for name in sorted(names)}
    )


def _links(row: dict[str, Any], item: str) -> dict[str, Json]:
    """The relationships that an answer with one object must have."""
    data = _below(_answer("GET", item), "data")
    if not _is_object(data) or "relationships" not in _required(data):
        return {}
    links = _below(data, "relationships")
    return {
        name: _link(name, _below(links, name))
        for name in _required(links)
        if name not in row.get("links", {})
    }


def _link(name: str, relationship: Any) -> Json:
    if "links" in _required(relationship):
        return _model(relationship, 0)
    model = _below(relationship, "data")
    if not _is_object(model):
        return []
    id = "$user" if re.search(r"user|author|_by|owner", name) else "$uuid"
    return {"id": id, "type": value_of("type", model.openapi_types["type"])}


def _answer(method: str, path: str) -> Any:
    settings, _ = _operation(method, blank(path)) if path else (None, {})
    return ((settings or {}).get("response_type") or (None,))[0]


def _below(model: Any, name: str) -> Any:
    field = (
        next((key for key, value in model.attribute_map.items() if value == name), "")
        if _is_object(model)
        else ""
    )
    return model.openapi_types[field][0] if field else None


def _is_object(model: Any) -> bool:
    return bool(getattr(model, "attribute_map", None)) and "_composed_schemas" not in vars(model)


def _settled(row: dict[str, Any]) -> set[str]:
    """The fields that the row itself tells of."""
    tables = (
        "made",
        "defaults",
        "otherwise",
        "later",
        "secrets",
        "shown_once",
        "counted",
        "fill",
        "required",
    )
    return {name.partition(".")[0] for table in tables for name in row.get(table, ())} | {
        row.get("echoed_id", "")
    }


def _operation(method: str, path: str) -> tuple[Any, dict[str, Any]]:
    for template, settings, api, name in operations().get((method, len(path.strip("/").split("/"))), ()):
        if blank("/" + "/".join(template)) == path:
            return settings, getattr(api(object()), name).params_map
    return None, {}


def _contents(model: Any, typed: bool) -> Iterator[Any]:
    """The models of what an envelope holds: attributes, or the whole of a plain body."""
    if isinstance(model, list | tuple):
        for part in model:
            yield from _contents(part, typed)
        return
    if not hasattr(model, "openapi_types") or hasattr(model, "allowed_values"):
        return
    if "_composed_schemas" in vars(model):
        for part in model._composed_schemas["oneOf"]:
            yield from _contents(part, typed)
        return
    if not typed:
        yield model
        return
    types = model.openapi_types
    if "data" in types:
        yield from _contents(types["data"], typed)
    elif "attributes" in types:
        yield from _contents(types["attributes"], False)


def _required(model: Any) -> Iterator[str]:
    if not _is_object(model):
        return
    for name, parameter in inspect.signature(model.__init__).parameters.items():
        if name in model.attribute_map and parameter.default is inspect.Parameter.empty:
            yield model.attribute_map[name]


_STAMP = re.compile(r"(created|modified|updated)(_?(at|by))?$", re.IGNORECASE)


def _is_stamp(name: str) -> bool:
    """Who made and changed an object, and when, is told of nearly all."""
    return bool(_STAMP.match(name))


_TEXT, _NUMBER = (str, UUID), (int,)
_BY_NAME: tuple[tuple[str, tuple[Any, ...], Json], ...] = (
    (r"_at$|^(created|modified|updated)$", (str,), "$now"),
    (r"_at$|_date$|^(created|modified|updated)$", _NUMBER, "$milliseconds"),
    (r"handle|email", _TEXT, "$handle"),
    (r"_by_name$", _TEXT, "$name"),
    (r"(^|_)org_site$", _TEXT, "us1"),
    (r"(^|_)org_name$", _TEXT, "$org_name"),
    (r"(^|_)org(_|$)", _TEXT, "$org"),
    (r"(^|_)org(_|$)", _NUMBER, "$org_number"),
    (r"_by$|user|author|owner", _TEXT, "$user"),
    (r"", (UUID,), "$uuid"),
    (r"^version$", _NUMBER, 1),
    (r"total|^count$", _NUMBER, "$total"),
)
"""What the server writes into a field, by its name and type; the first that fits."""


def value_of(name: str, types: tuple[Any, ...], depth: int = 0) -> Json:
    """What the server writes: what it knows by its name, else the emptiest value of the type."""
    kind = types[0]
    if type(None) in types and not _is_stamp(name):
        return None
    if kind in (datetime, date):
        return "$now"
    word = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    for pattern, kinds, value in _BY_NAME:
        if kind in kinds and re.search(pattern, word):
            return value
    if isinstance(kind, list | dict):
        return type(kind)()
    return _SCALARS[kind] if kind in _SCALARS else _model(kind, depth)


def _model(model: Any, depth: int) -> Json:
    if "_composed_schemas" in vars(model):
        return value_of("", (model._composed_schemas["oneOf"][0],), depth + 1)
    if getattr(model, "allowed_values", None):
        return next(value for value in vars(model).values() if isinstance(value, model)).value
    if depth > 5:
        return {}
    names = (
        {model.attribute_map[field]: types for field, types in model.openapi_types.items()}
        if model.openapi_types
        else {}
    )
    return {name: value_of(name, names[name], depth + 1) for name in _required(model)}


def text() -> str:
    lines = ",\n".join(
        f"{json.dumps(path)}: {json.dumps(facts)}" for path, facts in sorted(answers().items())
    )
    return f"{{\n{lines}\n}}\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
