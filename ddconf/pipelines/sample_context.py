"""What a log must carry to pass the filter of a pipeline, for samples that are only a text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ddconf.document import Document, get
from ddconf.pipelines.log import Log
from ddconf.pipelines.query import And, Node, Or, Phrase, Term, parse_query

_OFFICIAL = ("source", "service", "host", "status")


def log_for_filter(log: Log, pipeline: Document) -> Log:
    """The log with the official fields and tags that the filter asks for and that it has not got itself."""
    return with_missing(log, fields_asked_for(pipeline))


def with_missing(log: Log, fields: Mapping[str, Any]) -> Log:
    """The log with those of the fields that it has not got, and with all tags."""
    missing = {name: value for name, value in fields.items() if name != "tags" and not getattr(log, name)}
    return replace(log, **missing, tags=tuple(dict.fromkeys((*log.tags, *fields["tags"]))))


def origin(pipeline: Document) -> dict[str, str]:
    """The source and service of the logs that a pipeline is for, as far as its filter names them."""
    fields = fields_asked_for(pipeline)
    return {name: fields[name] for name in ("source", "service") if name in fields}


def fields_asked_for(pipeline: Document) -> dict[str, Any]:
    """Official fields by name, and `tags`; raises QueryError for a filter that cannot be read."""
    fields: dict[str, Any] = {}
    tags: list[str] = []
    query = get(pipeline, ("filter", "query"))
    for name, value in _asked(parse_query(query if isinstance(query, str) else "*").tree):
        if name in _OFFICIAL:
            fields.setdefault(name, value)
        elif not name.startswith("@"):
            tags.append(f"{name}:{value}")
    return fields | {"tags": tuple(tags)}


def _asked(node: Node) -> Iterator[tuple[str, str]]:
    """The values that a query asks for; of alternatives the first."""
    if isinstance(node, And):
        for item in node.nodes:
            yield from _asked(item)
    elif isinstance(node, Or):
        yield from _asked(node.nodes[0])
    elif isinstance(node, Term | Phrase) and node.field is not None:
        yield node.field, node.text


def written(log: Log) -> str:
    """The line that a log was made of: its message, or a JSON object where it came with attributes."""
    if not log.attributes:
        return log.message
    whole = {"message": log.message, **log.attributes}
    try:
        message = json.loads(log.message)
    except ValueError:
        message = None
    return json.dumps(log.attributes if isinstance(message, dict) else whole, ensure_ascii=False)
