"""What is wrong with a kind, held against the official client: its calls, and what its tables name.

Each check gives sentences, so that a new release of the client shows what it changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

from ddconf.datadog.objects import bodies
from ddconf.datadog.schema.client_library import (
    SCHEMAS,
    Endpoint,
    Schemas,
    find_endpoint,
    in_paths,
    schema_of,
    text_of,
)
from ddconf.datadog.schema.schema import Checker
from ddconf.document import JSON, Document, Path, format_path, parse_path
from ddconf.errors import Severity
from ddconf.kind import Call, Kind
from ddconf.plans.rules import matches
from tests.kinds.samples import sample_of
from tests.kinds.shapes import exists, flat, only_in

UNNAMED: dict[str, list[str]] = json.loads((FilePath(__file__).parent / "unnamed.json").read_text())
"""Seen in recorded answers, or documented for the web interface, though no model of the client has them."""


def complaints(kind: Kind) -> list[str]:
    """Everything that is wrong with a kind."""
    return [sentence for check in CHECKS for sentence in check(kind)]


def calls(kind: Kind) -> Iterator[Call]:
    """The kind's calls that exist."""
    api = kind.api
    assert api is not None
    yield from filter(
        None, (api.list, api.read, api.create, api.update, api.delete, api.check, api.check_existing)
    )
    for part in api.parts.values():
        yield from filter(None, (part.read, part.replace, part.add, part.remove))


def unknown_calls(kind: Kind) -> Iterator[str]:
    """Calls that the client does not have."""
    for call in calls(kind):
        if find_endpoint(call) is None:
            yield f"the client has no {call.method} {call.path}"


def unknown_parameters(kind: Kind) -> Iterator[str]:
    """Parameters that a call does not take, and those that it must be given."""
    assert kind.api is not None
    for call in calls(kind):
        if (endpoint := find_endpoint(call)) is None:
            continue
        given = set(call.params)
        if kind.api.pages and call is kind.api.list:
            given |= {name for name in (kind.api.pages.start, kind.api.pages.size) if name}
        for name in sorted(given - set(endpoint.query)):
            taken = ", ".join(endpoint.query) or "none"
            yield f"{call.method} {call.path} takes no '{name}', but {taken}"
        for name in sorted({name for name, needed in endpoint.query.items() if needed} - given):
            yield f"{call.method} {call.path} must be given '{name}'"


def unknown_places(kind: Kind) -> Iterator[str]:
    """Where a list, its total or its next page should stand in an answer and no model has it."""
    expected = UNNAMED.get(kind.name, [])
    for what, call, text in _missing_places(kind):
        if text not in expected:
            yield f"{what}: the answer of {call.method} {call.path} has no '{text}'"


def _missing_places(kind: Kind) -> Iterator[tuple[str, Call, str]]:
    api = kind.api
    assert api is not None
    endpoint = find_endpoint(api.list) if api.list else None
    if api.list is None or endpoint is None or endpoint.answer is None:
        return
    schemas = Schemas()
    answer = schemas.of((endpoint.answer,))
    places = {"items": api.items if isinstance(api.items, str) else ""}
    if api.pages:
        places |= {"total": api.pages.total, "next": api.pages.next}
    for what, text in places.items():
        if text and not exists(schemas, answer, parse_path(text)):
            yield what, api.list, text


def unknown_paths(kind: Kind) -> Iterator[str]:
    """Paths of the kind's tables that no model has, but for those that are known to be so."""
    expected = UNNAMED.get(kind.name, [])
    found = sorted(set(_unnamed(kind)))
    for text in found:
        if text not in expected:
            yield f"no model has '{text}', which a table names"
    for text in expected:
        if text not in found and text not in {place for _, _, place in _missing_places(kind)}:
            yield f"tests/kinds/unnamed.json names '{text}', which a model has now or no table names"


def _unnamed(kind: Kind) -> Iterator[str]:
    api = kind.api
    assert api is not None
    tables = (
        kind.key,
        kind.read_only,
        kind.defaults,
        kind.computed,
        kind.unexported,
        kind.unordered,
        kind.immutable,
        kind.secrets,
        kind.secret_if.values(),
        kind.references,
        kind.identity,
        kind.shared_lists,
        kind.text_ids,
        (field for group in kind.together for field in group),
    )
    schemas, accepted, shown = shapes(kind)
    for text in (format_path(parse_path(text)) for table in tables for text in table):
        path = parse_path(text)
        known = any(exists(schemas, {"properties": one}, path) for one in (*accepted, *shown))
        if not known and path[0] not in api.parts:
            yield text


def shapes(kind: Kind) -> tuple[Schemas, list[Document], list[Document]]:
    """The flat documents that a kind's bodies accept, and those that its answers show."""
    schemas, api = Schemas(), kind.api
    assert api is not None
    ours: Document = {name: {} for name in in_paths(kind)}
    if api.envelope.shape:
        return schemas, [{**ours, **api.envelope.shape}], [{**ours, **api.envelope.shape}]
    sent = [found.body for call in (api.create, api.update) if call and (found := find_endpoint(call))]
    reads = (api.list,) if api.system_owned else (api.read, api.create, api.update)
    answers = [found.answer for call in reads if call and (found := find_endpoint(call))]
    return (
        schemas,
        [ours, *(flat(schemas, model) for model in sent if model)],
        [ours, *(_shown(kind, schemas, model) for model in answers if model)],
    )


def _shown(kind: Kind, schemas: Schemas, model: Any) -> Document:
    """The fields of an answer, out of whatever the kind takes its object from."""
    assert kind.api is not None
    if kind.api.envelope.unwrap.__module__ != "ddconf.kind.envelopes":
        return {}  # it is made anew from the answer
    fields = flat(schemas, model)
    for name in fields:
        if kind.api.envelope.unwrap({name: {"probe": 1}}) == {"probe": 1}:
            return dict(schemas.resolved(fields[name]).get("properties", {}))
    return fields


def shown_and_not_accepted(kind: Kind) -> Iterator[str]:
    """What answers show and no body accepts must be read-only."""
    if kind.api and kind.api.system_owned:
        return  # nobody writes it
    _, accepted, shown = shapes(kind)
    tables = (*kind.read_only, *kind.immutable, *kind.key, kind.id or "id")
    ours = {parse_path(text)[0] for text in tables} | set(kind.api.parts if kind.api else ()) | {"type"}
    for name in sorted(set().union(*shown) - set().union(*accepted) - ours):
        yield f"answers show '{name}', and no body accepts it: it belongs to read_only"


def shown_below_and_not_accepted(kind: Kind) -> Iterator[str]:
    """The same, inside of fields that answers and bodies have."""
    if kind.api and kind.api.system_owned:
        return
    schemas, accepted, shown = shapes(kind)
    tables = (*kind.read_only, *kind.immutable, *kind.key, *(kind.api.parts if kind.api else ()))
    ours = [parse_path(text) for text in tables]
    sides = ([{"properties": fields} for fields in side] for side in (shown, accepted))
    for path in only_in(schemas, *sides):
        if not any(matches(one, path[: len(one)]) for one in ours):
            yield f"answers show '{format_path(path)}', and no body accepts it: it belongs to read_only"


def read_only_in_models(kind: Kind) -> Iterator[str]:
    """What the models of the bodies call read-only must be so."""
    api = kind.api
    assert api is not None
    ours = [parse_path(text) for text in (*kind.read_only, *kind.key, kind.id or "id")]
    models = [found.body for call in (api.create, api.update) if call and (found := find_endpoint(call))]
    found = {_without_envelope(path) for model in models for path in _read_only_vars(model)}
    for path in sorted(found, key=format_path):
        if not any(path[: len(one)] == one for one in ours):
            yield f"a model says that '{format_path(path)}' is read-only"


def _read_only_vars(model: Any, at: Path = (), above: tuple[Any, ...] = ()) -> Iterator[Path]:
    """The paths that a model and those below it call read-only."""
    if isinstance(model, list | tuple):
        for one in model:
            yield from _read_only_vars(one, (*at, "*") if isinstance(model, list) else at, above)
    elif hasattr(model, "openapi_types") and model not in above:
        names = getattr(model, "attribute_map", {})
        for name in getattr(model, "read_only_vars", ()):
            yield *at, names.get(name, name)
        for name, types in model.openapi_types.items():
            yield from _read_only_vars(types, (*at, names.get(name, name)), (*above, model))


def _without_envelope(path: Path) -> Path:
    path = path[1:] if path[:1] == ("data",) else path
    return path[1:] if path[:1] == ("attributes",) else path


def created_and_never_updated(kind: Kind) -> Iterator[str]:
    """What a create takes and an update does not must be immutable."""
    api = kind.api
    assert api is not None
    if not (api.create and api.update) or api.update.body or api.envelope.shape:
        return  # an update that chooses its own body
    create, update = find_endpoint(api.create), find_endpoint(api.update)
    if create is None or update is None:
        return
    schemas = Schemas()
    fixed = {parse_path(text)[0] for text in (*kind.immutable, *kind.read_only)}
    for name in sorted(set(flat(schemas, create.body)) - set(flat(schemas, update.body)) - {"id"} - fixed):
        yield f"a create takes '{name}', and an update does not: it belongs to immutable"


def demanded_and_dropped(kind: Kind) -> Iterator[str]:
    """A definition without what a body demands could not be made anew."""
    schema = schema_of(kind)
    for text in (*kind.defaults, *kind.read_only):
        if schema and _demands(schema, schema, parse_path(text)):
            yield f"a body demands '{text}', which is dropped as a default or as read-only"


def _demands(root: Document, schema: Document, path: Path) -> bool:
    """Whether some branch of a schema demands the field at a path, if what is above it is there."""
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    if "oneOf" in schema:
        return any(_demands(root, branch, path) for branch in schema["oneOf"])
    step, rest = path[0], path[1:]
    if not rest:
        return step in schema.get("required", ())
    below = schema.get("items", {}) if step == "*" else schema.get("properties", {}).get(step, {})
    return _demands(root, below, rest)


def refused_bodies(kind: Kind) -> Iterator[str]:
    """What a sample is sent as must be what the models of the bodies take: types, ids, what is demanded."""
    api = kind.api
    assert api is not None
    document = sample_of(kind)
    id_ = str(document.get(kind.id, "1"))
    live = {**document, kind.id: id_} if kind.id else document
    secret = {str(parse_path(text)[-1]) for text in kind.secrets}
    if api.create and (endpoint := find_endpoint(api.create)):
        for path, message in _refused(endpoint, bodies.for_create(kind, api, api.create, live)):
            if not any(f"'{name}' is missing" == message for name in secret):
                yield f"{api.create.method} {api.create.path}: {path}: {message}"
    if api.update and (endpoint := find_endpoint(api.update)):
        for path, message in _refused(
            endpoint, bodies.for_update(kind, api, api.update, id_, document, live)
        ):
            if "is missing" not in message or path == "data":  # what else is missing comes from the live one
                yield f"{api.update.method} {api.update.path}: {path}: {message}"


def _refused(endpoint: Endpoint, body: JSON) -> Iterator[tuple[str, str]]:
    """Place and message of what a model does not take."""
    if endpoint.body is None:
        if body is not None:
            yield "the body", "there should be none"
        return
    schemas = Schemas()
    schema = schemas.of((endpoint.body,))
    for finding in Checker({**schema, "$defs": schemas.definitions}).value(schema, body, ()):
        if finding.severity is Severity.ERROR or finding.message.startswith("unknown value"):
            yield format_path(finding.path) or "the body", finding.message


def stale_schema(kind: Kind) -> Iterator[str]:
    """The schema that ships must be that of the client."""
    schema, file = schema_of(kind), SCHEMAS / f"{kind.name}.json"
    if schema is not None and (not file.is_file() or file.read_text(encoding="utf-8") != text_of(schema)):
        yield "the shipped schema is not the client's: run `python -m ddconf.datadog.schema.client_library`"


CHECKS = (
    unknown_calls,
    unknown_parameters,
    unknown_places,
    unknown_paths,
    shown_and_not_accepted,
    shown_below_and_not_accepted,
    read_only_in_models,
    created_and_never_updated,
    demanded_and_dropped,
    refused_bodies,
    stale_schema,
)
