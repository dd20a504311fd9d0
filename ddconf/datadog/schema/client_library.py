"""Datadog's client library read as a contract: its endpoint table, and its model classes as JSON Schema.

Slow (it imports hundreds of modules), and the library is there in development alone, so this runs when the
schemas that ship are made, and in tests: `python -m ddconf.datadog.schema.client_library` writes
`ddconf/datadog/schema/json/KIND.json` for every kind that the library knows.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from ddconf.datadog.objects.calls import fields_of
from ddconf.document import JSON, Document
from ddconf.kind import Call, Kind, Part, find_kind, kind_names

SCHEMAS = Path(__file__).parent / "json"
_AMENDED: dict[tuple[str, str], Document] = {
    # Before a dashboard exists its widgets have no ids, so tabs name them by position: "@1".
    ("DashboardTab", "widget_ids"): {
        "type": "array",
        "items": {"oneOf": [{"type": "integer"}, {"type": "string"}]},
    },
}
"""By model and field: what the API takes although the model does not say so."""
_OPTIONAL = frozenset(
    {("WidgetFormulaSort", "index"), ("SecurityMonitoringStandardRuleCreatePayload", "cases")}
)
"""By model and field: what the models demand and the API does not."""
_SCALARS = {str: "string", int: "integer", float: "number", bool: "boolean", UUID: "string"}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation of the library; `body` and `answer` are its model classes or plain types.

    `query` are the names of its parameters, each with whether it must be there.
    """

    method: str
    path: str
    body: Any
    answer: Any
    query: Mapping[str, bool]


def find_endpoint(call: Call) -> Endpoint | None:
    """The library's operation for a call, whatever its path's fields are called."""
    return endpoints().get((call.method, _shape(call.path)))


@cache
def endpoints() -> dict[tuple[str, str], Endpoint]:
    """Every operation, by method and path with its fields blank."""
    return {(found.method, _shape(found.path)): found for found in _endpoints()}


def schema_of(kind: Kind) -> Document | None:
    """A kind's document as JSON Schema: what create and update accept; None if the library knows neither.

    Of what nobody writes, it is what the list shows.
    """
    api = kind.api
    calls = [call for call in (api.create, api.update) if call] if api else []
    bodies = [found.body for call in calls if (found := find_endpoint(call)) and found.body]
    if (
        api
        and api.system_owned
        and api.list
        and not api.envelope.shape
        and (listed := find_endpoint(api.list))
    ):
        bodies = [listed.answer]
    if api is None or not (bodies or api.envelope.shape):
        return None
    schemas = Schemas()
    document: Document = {"type": "object", "properties": {}, "required": []}
    for body in reversed(bodies):
        shape = schemas.flat(schemas.of((body,)))
        document["properties"] |= shape["properties"]
        document["required"] = shape["required"]
    if api.envelope.shape:
        shaped = dict(api.envelope.shape)
        needed = [name for name in shaped if name in kind.key or len(shaped) == 1]
        document |= {"properties": shaped, "required": needed}
    for field, part in api.parts.items():
        document["properties"][field] = _part(part)
    unnamed = [name for name in kind.key if "." not in name and name not in document["properties"]]
    for field in (*in_paths(kind), *unnamed):
        document["properties"].setdefault(field, {"type": "string"})
        document["required"] = list(dict.fromkeys((*document["required"], field)))
    server = {*kind.read_only, *(() if "id" in kind.key else ("id",))}
    document["required"] = [name for name in document["required"] if name not in server]
    return {**document, "$defs": _used(document, schemas.definitions)}


def in_paths(kind: Kind) -> tuple[str, ...]:
    """The document's own fields that fill the paths of calls, and what the client chooses as the id."""
    api = kind.api
    calls = (api.create, api.read, api.update) if api else ()
    names = dict.fromkeys(name for call in calls if call for name in fields_of(call) if "." not in name)
    return (*names, *((kind.id,) if kind.id in kind.key and kind.id not in names else ()))


def _used(schema: JSON, definitions: Document) -> Document:
    """The definitions that a schema needs, directly or not."""
    used: Document = {}
    names = _references(schema)
    while names:
        name = names.pop()
        if name not in used:
            used[name] = definitions[name]
            names |= _references(definitions[name])
    return used


def _references(schema: JSON) -> set[str]:
    return set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(schema)))


class Schemas:
    """Collects the JSON Schemas of model classes under `$defs`."""

    def __init__(self) -> None:
        self.definitions: Document = {}

    def flat(self, schema: Document, *, inside: bool = False) -> Document:
        """A body as the flat document that ddconf keeps: its envelope removed, its choices as one."""
        schema = self.resolved(schema)
        if "oneOf" in schema:
            return _united([self.flat(branch, inside=inside) for branch in schema["oneOf"]])
        if schema.get("type") == "array":
            return self.flat(schema.get("items", {}), inside=inside)
        fields: Document = schema.get("properties", {})
        required = schema.get("required", [])
        if "data" in fields and not inside:
            return self.flat(fields["data"], inside=True)
        if not inside or not {"attributes", "relationships"} & fields.keys():
            return {"properties": dict(fields), "required": list(required)}
        inner = self.flat(fields.get("attributes", {}))
        kept = {name: fields[name] for name in ("id", "relationships") if name in fields}
        needed = [*inner["required"], *(name for name in required if name in kept)]
        return {"properties": inner["properties"] | kept, "required": needed}

    def of(self, types: tuple[Any, ...]) -> Document:
        """The schema of a tuple of alternatives, as the models write their types."""
        plain = [item for item in types if item is not type(None)]
        if len(plain) > 3:
            return {}  # the library's way to say "anything"
        found = [self._of_one(item) for item in plain]
        return found[0] if len(found) == 1 else {"oneOf": found}

    def _of_one(self, type_: Any) -> Document:
        if isinstance(type_, list):
            return {"type": "array", "items": self.of(tuple(type_))}
        if isinstance(type_, dict):
            return {"type": "object", "additionalProperties": self.of(next(iter(type_.values())))}
        if type_ in _SCALARS:
            return {"type": _SCALARS[type_]}
        if type_ in (date, datetime):
            return {"type": "string", "format": "date-time"}
        if not hasattr(type_, "openapi_types"):
            return {}
        if type_.__name__ not in self.definitions:
            self.definitions[type_.__name__] = {}  # models refer to themselves
            self.definitions[type_.__name__] = self._model(type_)
        return {"$ref": f"#/$defs/{type_.__name__}"}

    def _model(self, model: Any) -> Document:
        if "_composed_schemas" in vars(model):
            return {"oneOf": [self._of_one(item) for item in model._composed_schemas["oneOf"]]}
        types = model.openapi_types
        if set(types) == {"value"} and not getattr(model, "attribute_map", None):
            allowed = getattr(model, "allowed_values", None)
            return {"enum": sorted(allowed, key=str)} if allowed else self.of(types["value"])
        names = model.attribute_map
        schema: Document = {"type": "object"}
        if types:
            dated = _deprecated(model)
            schema["properties"] = {
                names[name]: (_AMENDED.get((model.__name__, names[name])) or self.of(value))
                | dated.get(name, {})
                for name, value in types.items()
            }
        required = [names[name] for name in _required(model)]
        if required := [name for name in required if (model.__name__, name) not in _OPTIONAL]:
            schema["required"] = required
        return schema | self._others(model)

    def _others(self, model: Any) -> Document:
        """What a model says of fields that it does not name."""
        if "additional_properties_type" not in vars(model):
            return {}
        types = model.additional_properties_type
        return {"additionalProperties": False if types is None else self.of(types)}

    def resolved(self, schema: Document) -> Document:
        name = schema.get("$ref", "").rpartition("/")[2]
        found: Document = self.definitions[name] if name else schema
        return found


def _united(shapes: list[Document]) -> Document:
    """The fields of every shape; required is what all require."""
    properties: Document = {}
    for shape in shapes:
        for name, value in shape["properties"].items():
            known = properties.get(name)
            if known is not None and known != value:
                options = [*known.get("oneOf", [known]), *value.get("oneOf", [value])]
                value = {"oneOf": [one for at, one in enumerate(options) if one not in options[:at]]}
            properties[name] = value
    required = [name for name in shapes[0]["required"] if all(name in one["required"] for one in shapes)]
    return {"properties": properties, "required": required}


@cache
def _required(model: Any) -> list[str]:
    parameters = inspect.signature(model.__init__).parameters.values()
    return [
        one.name
        for one in parameters
        if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD and one.name != "self_"
    ]


@cache
def _deprecated(model: Any) -> dict[str, Document]:
    """The arguments of a model that its text calls deprecated, with the fields that take their places."""
    parts = re.split(r":param (\w+): ", inspect.getdoc(model.__init__) or "")
    texts = dict(zip(parts[1::2], (part.split(":type ")[0] for part in parts[2::2]), strict=True))
    return {
        name: {"deprecated": True, **({"x-instead": instead} if (instead := _instead(text)) else {})}
        for name, text in texts.items()
        if "**Deprecated**" in text or re.match(r"\(?deprecated", text, re.IGNORECASE)
    }


def _instead(text: str) -> list[str]:
    """The field names in "use a and b instead"."""
    found = re.search(
        r"\buse (`*\w+`*(?:(?:, | and )`*\w+`*)*)(?: request type)? instead", text, re.IGNORECASE
    )
    return [name for name in re.findall(r"\b[a-z]\w*", found[1]) if name != "and"] if found else []


def _part(part: Part) -> Document:
    item = {"type": "object", "properties": {name: {} for name in part.keep}, "required": list(part.keep)}
    return {"type": "array", "items": item if part.keep else {}}


def _shape(path: str) -> str:
    """The path with its fields blank; a segment made of several fields is one."""
    joined = re.sub(r"[^/]*\{[^/}]*\}[^/]*\{[^/]*", "{}", path)
    return re.sub(r"\{[^}]*\}", "{}", joined)


def _endpoints() -> Iterator[Endpoint]:
    for version in ("v1", "v2"):
        package = importlib.import_module(f"datadog_api_client.{version}.api")
        for module in pkgutil.iter_modules(package.__path__):
            loaded = importlib.import_module(f"{package.__name__}.{module.name}")
            for name, value in vars(loaded).items():
                if name.endswith("Api") and inspect.isclass(value):
                    yield from _of_class(value)


def _of_class(api: Any) -> Iterator[Endpoint]:
    for value in vars(api(object())).values():
        if hasattr(value, "settings") and hasattr(value, "params_map"):
            body = value.params_map.get("body", {}).get("openapi_types", (None,))[0]
            answer = (value.settings.get("response_type") or (None,))[0]
            query = {
                one["attribute"]: bool(one.get("required"))
                for one in value.params_map.values()
                if one["location"] == "query"
            }
            yield Endpoint(
                value.settings["http_method"], value.settings["endpoint_path"], body, answer, query
            )


def text_of(schema: JSON) -> str:
    """The one way a schema is written to its file: a line for each definition, to compare two versions."""
    definitions = schema.get("$defs", {}).items()
    lines = [f"{json.dumps(name)}:{_compact(value)}" for name, value in sorted(definitions)]
    rest = _compact({key: value for key, value in schema.items() if key != "$defs"})
    return '{"$defs":{\n' + ",\n".join(lines) + "\n},\n" + rest.removeprefix("{") + "\n"


def _compact(value: JSON) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def write_all() -> None:
    """Write the schema of every kind that the library knows."""
    for name in kind_names():
        if (schema := schema_of(find_kind(name))) is not None:
            (SCHEMAS / f"{name}.json").write_text(text_of(schema), encoding="utf-8")


if __name__ == "__main__":
    write_all()
