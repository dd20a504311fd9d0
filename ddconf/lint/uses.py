"""Who reads which log attribute: searches, groups, measures, columns, template variables, metrics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ddconf.document import JSON, Document, Path, get
from ddconf.lint.finding import Place
from ddconf.lint.log_monitors import monitor_calls
from ddconf.lint.log_queries import LogSearch
from ddconf.lint.shape import items, mappings

_DISTINCT = frozenset(("cardinality", "most_frequent", "earliest", "latest"))
_COUNT = "count"


class Role(StrEnum):
    """What an attribute is used for."""

    SEARCH = "searches"
    GROUP = "groups by"
    DISTINCT = "counts distinct"
    MEASURE = "computes with"
    COLUMN = "shows"
    VARIABLE = "filters by template variable"
    METRIC_GROUP = "tags the metric by"
    METRIC_VALUE = "measures"
    PROCESSOR = "processes"


@dataclass(frozen=True, slots=True)
class Use:
    """One use of an attribute, without `@`; `query` is the log search that it belongs to, if there is one."""

    attribute: str
    role: Role
    place: Place
    query: LogSearch | None = None


def uses_of(root: Place, document: Document, queries: tuple[LogSearch, ...]) -> Iterator[Use]:
    """Every use of an attribute in a definition; those of processors are `processor_uses`."""
    for query in queries:
        yield from _in_search(query)
        node = get(document, query.node.path)
        if isinstance(node, dict):
            yield from _around_search(node, query)
        elif root.address.kind == "monitor":
            yield from _around_call(str(node), query)
    match root.address.kind:
        case "dashboard":
            yield from _variables(root, document, queries)
            yield from _columns(root, document, queries)
        case "logs_metric":
            yield from _of_metric(root, document, queries)


def _in_search(query: LogSearch) -> Iterator[Use]:
    role = Role.PROCESSOR if query.place.address.kind == "logs_custom_pipeline" else Role.SEARCH
    for name in query.query.attributes if query.query else ():
        match = re.search(rf"@{re.escape(name)}(?![\w.])", query.text)
        place = query.place.part(match.start(), len(name) + 1) if match else query.place
        yield Use(name, role, place, query)


def _around_search(node: Document, query: LogSearch) -> Iterator[Use]:
    """The aggregation and the groups beside a search, also in their older form."""
    for key in ("compute", "multi_compute"):
        for path, item in _listed(node.get(key), (key,)):
            yield from _computed(item, query, path)
    for path, group in _listed(node.get("group_by"), ("group_by",)):
        if isinstance(group.get("facet"), str):
            yield from _use(group["facet"], Role.GROUP, query, (*path, "facet"))
        if isinstance(group.get("sort"), dict):
            yield from _computed(group["sort"], query, (*path, "sort"))
        for index, field in enumerate(items(group.get("fields"))):
            yield from _use(field, Role.GROUP, query, (*path, "fields", index))


def _computed(item: Document, query: LogSearch, path: Path) -> Iterator[Use]:
    aggregation = item.get("aggregation")
    key = "metric" if "metric" in item else "facet"
    if isinstance(aggregation, str) and aggregation != _COUNT:
        yield from _use(item.get(key), role_of(aggregation), query, (*path, key))


def role_of(aggregation: str) -> Role:
    """Whether an aggregation needs a facet or a measure."""
    return Role.DISTINCT if aggregation in _DISTINCT else Role.MEASURE


def _use(name: JSON, role: Role, query: LogSearch, path: Path) -> Iterator[Use]:
    if isinstance(name, str) and name.startswith("@"):
        yield Use(name[1:], role, query.node.below(*path).part(0, len(name)), query)


def _listed(value: JSON, path: Path) -> Iterator[tuple[Path, Document]]:
    """A mapping, or the mappings of a list, each with its path."""
    if isinstance(value, dict):
        yield path, value
    for index, item in mappings(value):
        yield (*path, index), item


def _around_call(text: str, query: LogSearch) -> Iterator[Use]:
    """The rollup and the groups of the call in a monitor's text that the search belongs to."""
    for call in monitor_calls(text):
        if call.start == query.place.start:
            role = role_of(call.aggregation)
            for names, use in ((call.measures, role), (call.groups, Role.GROUP)):
                for name, start in names:
                    if name.startswith("@"):
                        yield Use(name[1:], use, query.node.part(start, len(name)), query)


def _variables(root: Place, document: Document, queries: tuple[LogSearch, ...]) -> Iterator[Use]:
    """A template variable belongs to the first search that has it."""
    for path, variable in _listed(document.get("template_variables"), ("template_variables",)):
        prefix, mark = variable.get("prefix"), f"${variable.get('name')}"
        if isinstance(prefix, str) and prefix.startswith("@"):
            query = next((query for query in queries if mark in query.text), None)
            yield Use(prefix[1:], Role.VARIABLE, root.below(*path, "prefix").part(0, len(prefix)), query)


def _columns(root: Place, document: Document, queries: tuple[LogSearch, ...]) -> Iterator[Use]:
    """The columns of lists stand beside `query`, in older widgets beside its text."""
    for query in queries:
        above = query.node.path if query.node.path[-1:] != ("query",) else query.node.path[:-1]
        for index, column in enumerate(items(get(document, (*above, "columns")))):
            steps: Path = (*above, "columns", index)
            name = column
            if isinstance(column, dict):
                name, steps = column.get("field"), (*steps, "field")
            if isinstance(name, str) and name.startswith("@"):
                yield Use(name[1:], Role.COLUMN, root.below(*steps).part(0, len(name)), query)


def _of_metric(root: Place, document: Document, queries: tuple[LogSearch, ...]) -> Iterator[Use]:
    query = queries[0] if queries else None
    named: list[tuple[Path, JSON, Role]] = [
        (("compute", "path"), get(document, ("compute", "path")), Role.METRIC_VALUE)
    ]
    for path, group in _listed(document.get("group_by"), ("group_by",)):
        named.append(((*path, "path"), group.get("path"), Role.METRIC_GROUP))
    for path, name, role in named:
        if isinstance(name, str) and name.startswith("@"):
            yield Use(name[1:], role, root.below(*path).part(0, len(name)), query)


def first_uses(uses: Iterable[Use]) -> Iterator[Use]:
    """The first use of each attribute in each definition: one finding is enough."""
    seen = set()
    for use in uses:
        if (key := (use.place.address, use.attribute)) not in seen:
            seen.add(key)
            yield use
