"""A kind's Call made into a request: the path filled, a refusal explained by the permission it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import quote

from ddconf.datadog.http.client import Client
from ddconf.datadog.http.error_text import NOT_JSON
from ddconf.document import JSON, Document, get, parse_path
from ddconf.errors import ApiError, DdconfError
from ddconf.kind import Api, Call, Kind

_FIELD = re.compile(r"\{([\w.-]+)\}")


def send(
    client: Client,
    call: Call,
    id_: str,
    document: Document,
    body: JSON = None,
    *,
    repeatable: bool | None = None,
) -> JSON:
    """Make one call; the path is filled from the id and the document. Raises ApiError."""
    path = path_of(call, id_, document)
    return client.request(call.method, path, call.params, body, route=call.path, repeatable=repeatable)


def path_of(call: Call, id_: str, document: Document) -> str:
    """The template filled; without an id its segment falls away (`/monitor/{id}/validate` of a new one)."""
    template = call.path if id_ else call.path.replace("/{id}", "")
    fields = {**document, "id": id_}
    return _FIELD.sub(lambda match: _segment(get(fields, parse_path(match[1]), "")), template)


def filled(call: Call, fields: Document) -> Call:
    """The call with the fields that its parameters name, as a list below a parent may want."""
    if not any("{" in value for value in call.params.values()):
        return call
    params = {
        name: _FIELD.sub(lambda match: str(get(fields, parse_path(match[1]), "")), value)
        for name, value in call.params.items()
    }
    return replace(call, params=params)


def _segment(value: JSON) -> str:
    """A value as one segment of a path; raises DdconfError for dots alone, which would lead elsewhere."""
    if value in (".", ".."):
        raise DdconfError(f"{value!r} is not an id")
    return quote(str(value), safe="")


def fields_of(call: Call) -> tuple[str, ...]:
    """The paths in a document of what fills a call's path."""
    return tuple(name for name in _FIELD.findall(call.path) if name != "id")


def is_gone(api: Api, error: ApiError) -> bool:
    """Whether an error says that the object does not exist, and Datadog said it rather than some proxy."""
    if error.status not in api.gone:
        return False
    told = " ".join(error.errors)
    return api.gone[error.status] in told and not told.startswith(NOT_JSON)


@contextmanager
def permission(kind: Kind, what: str) -> Iterator[None]:
    """Let a 403 name the permission that "read" or "write" of this kind needs."""
    try:
        yield
    except ApiError as error:
        if error.status != 403:
            raise
        needs = kind.permissions.get(what)
        hint = f"to {what} {kind.name} the application key needs {needs}" if needs else ""
        own = error.diagnostics[0].hint
        raise ApiError(
            error.method,
            error.path,
            error.status,
            error.errors,
            lost=error.lost,
            hint="; ".join(filter(None, (hint, own))),
        ) from None
