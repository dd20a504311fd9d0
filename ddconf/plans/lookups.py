"""Look-ups such as `${permission[logs_read_data]}`: live objects by natural key, that nobody here defines.

What is looked up exists whatever a plan does, so its ids are known before the plan is made.
"""

from __future__ import annotations

import marshal
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.definitions.definition import Definition
from ddconf.definitions.references import Reference
from ddconf.document import Document, Path, copy, drop, get, parse_path, put
from ddconf.errors import Diagnostic, Severity
from ddconf.kind import Kind, Live
from ddconf.plans.adoption import natural_key
from ddconf.plans.matching import Kinds
from ddconf.plans.rules import matches

_PERHAPS = re.compile(rb"\$\{\s*[a-z][a-z0-9_]*\[")

Objects = Mapping[str, Sequence[Live]]


@dataclass(frozen=True, slots=True)
class LookupResults:
    """`ids` by reference, as written between the braces; the definitions less those with mistakes."""

    items: Mapping[Address, Definition]
    ids: Mapping[str, str] = field(default_factory=dict)
    told: tuple[Diagnostic, ...] = ()
    """Mistakes, and as warnings what was left out."""


def lookup_kinds(definitions: Iterable[Definition]) -> set[str]:
    """The kinds in which the definitions look something up."""
    found = (references.find(item.document) for item in definitions if _may_look_up(item))
    return {reference.kind for listed in found for _, reference in listed if reference.key}


def resolve_lookups(definitions: Mapping[Address, Definition], live: Objects, kinds: Kinds) -> LookupResults:
    """The ids of all that the definitions look up.

    Where an order names what is not there, it is left out, with a warning: what is ordered comes and goes.
    """
    index = _Index(live, kinds)
    items = dict(definitions)
    told: list[Diagnostic] = []
    for definition in definitions.values():
        if _may_look_up(definition):
            ready, problems = _checked(definition, kinds(definition.address.kind), index)
            told += problems
            if any(problem.severity is Severity.ERROR for problem in problems):
                del items[definition.address]
            else:
                items[definition.address] = ready
    return LookupResults(items, index.ids, tuple(told))


def _may_look_up(definition: Definition) -> bool:
    content = definition.content
    packed = marshal.dumps(content) if isinstance(content, dict) else content
    return definition.refers and _PERHAPS.search(packed) is not None


class _Index:
    """Live objects by kind and natural key; `ids` are those that were found."""

    def __init__(self, live: Objects, kinds: Kinds) -> None:
        self._live, self._kinds = live, kinds
        self._by_key: dict[str, dict[str | None, list[Live]]] = {}
        self.ids: dict[str, str] = {}

    def find(self, reference: Reference) -> list[Live]:
        kind = self._kinds(reference.kind)
        if kind.name not in self._by_key:
            by_key = self._by_key[kind.name] = defaultdict(list)
            for item in self._live.get(kind.name, ()):
                by_key[natural_key(kind, item.document)].append(item)
        wanted: Document = {}
        put(wanted, parse_path(kind.key[0]), reference.key)
        found = self._by_key[kind.name].get(natural_key(kind, wanted), [])
        if len(found) == 1:
            self.ids[str(reference)] = found[0].id
        return found

    def hint(self, reference: Reference) -> str:
        """What may have been meant where nothing was found."""
        from difflib import get_close_matches

        path = parse_path(self._kinds(reference.kind).key[0])
        names = {str(get(item.document, path)) for item in self._live.get(reference.kind, ())}
        if close := get_close_matches(reference.key, sorted(names), 1):
            return f"did you mean '{close[0]}'?"
        return f"what is defined here is written ${{{reference.kind}.NAME}}"


def _checked(definition: Definition, kind: Kind, index: _Index) -> tuple[Definition, list[Diagnostic]]:
    document: Document = copy(definition.document)
    problems = []
    for path, reference in reversed(list(references.find(document))):  # so that items may be dropped
        if not reference.key or len(found := index.find(reference)) == 1:
            continue
        spared = not found and is_in_shared_list(kind, path)
        if spared:
            drop(document, path)
        hint = "it is left out of the order" if spared else index.hint(reference)
        problems.append(_problem(definition, path, reference, found, hint, spared=spared))
    ready = replace(definition, content=document) if problems else definition
    return ready, problems[::-1]


def is_in_shared_list(kind: Kind, path: Path) -> bool:
    """Whether the path is an item of a list that others add to."""
    return any(matches((*parse_path(pattern), "*"), path) for pattern in kind.shared_lists)


def _problem(
    definition: Definition,
    path: Path,
    reference: Reference,
    found: Sequence[Live],
    hint: str,
    *,
    spared: bool,
) -> Diagnostic:
    message = f"no live {reference.kind} is called '{reference.key}'"
    if found:
        ids = ", ".join(item.id for item in found)
        message = f"{len(found)} live {reference.kind} are called '{reference.key}': {ids}"
        hint = "write the id of the right one"
    severity = Severity.WARNING if spared else Severity.ERROR
    source, written = definition.at(path), f"${{{reference}}}"
    return Diagnostic(message, source, hint, str(definition.address), severity, length=len(written))
