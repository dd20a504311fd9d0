"""A definition made of sample lines: a pipeline with their rules, its tests, facets of its attributes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ddconf.document import JSON, Document, format_path, get, walk
from ddconf.pipelines.grok import Grok
from ddconf.pipelines.grok.shape import walk as walk_tree
from ddconf.pipelines.grok.tree import Extract
from ddconf.pipelines.induce import Induction, induce
from ddconf.pipelines.timestamp import parse_timestamp

_MOST_SAMPLES = 5
_LONGEST_SAMPLE = 1000
_DATES = ("date", "date_access", "time", "ts", "syslog.timestamp")
_LEVELS = ("level", "severity")
_NUMBERS = ("number", "integer", "date")


@dataclass(frozen=True)
class InducedDefinition:
    """The documents to write, and what they were made from; `matched` counts lines by rule."""

    pipeline: Document
    tests: Document
    facets: Document
    induction: Induction
    matched: dict[str, int]


def induced_definition(name: str, lines: Sequence[str]) -> InducedDefinition:
    """The definition for lines of the source `name`; tests hold what the rules make of a line of each."""
    induction = induce(lines)
    grok = induction.grok()
    examples: dict[str, tuple[str, dict[str, JSON]]] = {}
    matched: dict[str, int] = {rule.name: 0 for rule in induction.rules}
    for line in dict.fromkeys(line.strip() for line in lines if line.strip()):
        if match := grok.match(line):
            matched[match.rule] += 1
            examples.setdefault(match.rule, (line, match.attributes))
    used = [examples[rule.name] for rule in induction.rules if rule.name in examples]
    cases: list[JSON] = [{"log": line, "expect": attributes} for line, attributes in used]
    return InducedDefinition(
        {"logs_custom_pipeline": {name: _pipeline(name, induction, used)}},
        {f"logs_custom_pipeline.{name}": cases},
        {"logs_facet": _facets(name, [attributes for _, attributes in used], _texts(grok))},
        induction,
        matched,
    )


def _pipeline(name: str, induction: Induction, used: Sequence[tuple[str, dict[str, JSON]]]) -> Document:
    samples = [line for line, _ in used if len(line) <= _LONGEST_SAMPLE][:_MOST_SAMPLES]
    grok = {"support_rules": induction.support_rules, "match_rules": induction.match_rules}
    parser = {"type": "grok-parser", "name": "Text", "is_enabled": True, "source": "message"}
    return {
        "name": name,
        "is_enabled": True,
        "filter": {"query": f"source:{name}"},
        "processors": [
            {**parser, "samples": samples, "grok": grok},
            *_remappers([attributes for _, attributes in used]),
        ],
    }


def _remappers(found: Sequence[dict[str, JSON]]) -> Iterator[Document]:
    """What makes the official date and status of those that were found in lines."""
    dates = [path for path in _DATES if any(_is_date(get(one, tuple(path.split(".")))) for one in found)]
    if dates:
        yield {"type": "date-remapper", "name": "Date", "is_enabled": True, "sources": dates}
    levels = [path for path in _LEVELS if any(isinstance(one.get(path), str) for one in found)]
    if levels:
        yield {"type": "status-remapper", "name": "Status", "is_enabled": True, "sources": levels}


def _is_date(value: JSON) -> bool:
    return parse_timestamp(value) is not None


def _texts(grok: Grok) -> frozenset[str]:
    """The attributes that some rule stores as text."""
    nodes = (node for tree in grok.trees.values() for node in walk_tree(tree))
    return frozenset(
        ".".join(node.path) for node in nodes if isinstance(node, Extract) and node.label not in _NUMBERS
    )


def _facets(name: str, found: Sequence[dict[str, JSON]], texts: frozenset[str]) -> Document:
    """A facet for each attribute, a measure for each that is always a number."""
    values: dict[str, list[JSON]] = {}
    for attributes in found:
        for path, value in walk(attributes):
            if path and all(isinstance(part, str) for part in path) and not isinstance(value, dict | list):
                values.setdefault(format_path(path), []).append(value)
    return {
        f"{name}_{path.replace('.', '_').replace('-', '_').lower()}": _facet(name, path, kept, path in texts)
        for path, kept in values.items()
        if path.replace(".", "").replace("_", "").replace("-", "").isalnum()
    }


def _facet(name: str, path: str, values: Sequence[JSON], is_text: bool) -> Document:
    numbers = not is_text and all(map(_is_number, values))
    shape = {"type": "double", "facetType": "range"} if numbers else {"type": "string", "facetType": "list"}
    title = path.replace(".", " ").replace("_", " ").capitalize()
    return {"name": title, "path": path, "source": "log", "groups": [name], **shape}


def _is_number(value: JSON) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
