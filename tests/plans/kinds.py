"""Small kinds, one for each trait that the planner looks at, and makers of what it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ddconf.address import Address
from ddconf.cache.comparison_cache import UnchangedFingerprints
from ddconf.definitions import references
from ddconf.definitions.definition import Definition, Options
from ddconf.document import Document
from ddconf.errors import Source
from ddconf.kind import Kind, Live, rest, singleton
from ddconf.plans.change import Change, Plan
from ddconf.plans.planner import DesiredConfiguration, PlanContext, PriorComparisons, make_plan
from ddconf.plans.scope import PlanScope
from ddconf.state.model import Entry, State

_API = rest("/api")

MONITOR = Kind(
    name="monitor",
    api=_API,
    integer_id=True,
    read_only=("created", "options.version"),
    defaults={"options.notify": False, "priority": 3},
    unordered=("tags",),
    immutable=("type", "parts[*].type"),
)
SLO = Kind(
    name="slo",
    api=_API,
    unordered=("monitor_ids",),
    references={"monitor_ids[*]": "monitor", "owner": "team"},
)
TEAM = Kind(name="team", api=_API, key=("handle",))
MEMBERSHIP = Kind(name="membership", api=replace(_API, update=None), key=("team", "user"))
PIPELINE = Kind(
    name="pipeline",
    api=_API,
    identity={"processors": "name", "processors[*].processors": "name"},
    unmanaged={"is_read_only": True},
)
ORDER = Kind(
    name="order",
    api=singleton("/api"),
    key=(),
    shared_lists=("ids",),
    references={"ids[*]": "pipeline"},
)
ROLE = Kind(name="role", api=_API, shared_lists=("permissions",), unordered=("permissions",))
INDEX = Kind(
    name="index",
    api=_API,
    id="name",
    immutable=("name",),
    irreversible="a deleted name can never be used again",
)
INTEGRATION = Kind(
    name="integration", api=replace(_API, create=None, delete=None), opt_in="it may not work everywhere"
)
FACET = Kind(name="facet", api=None, key=("path",), manual="add {path} by hand")
ARCHIVE = Kind(name="archive", api=_API, unique_key=True, unmanaged={"fixed": True})
DESTINATION = Kind(name="destination", api=_API, secrets=("auth.password",))

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        MONITOR, SLO, TEAM, MEMBERSHIP, PIPELINE, ORDER, ROLE, INDEX, INTEGRATION, FACET, DESTINATION, ARCHIVE
    )
}  # fmt: skip

Definitions = dict[Address, Definition]


def definition(address: str, document: Document, **options: Any) -> Definition:
    parsed = Address.parse(address)
    source = Source(f"{parsed.kind}.yaml", 3, 5)
    return Definition(parsed, document, Options(**options), {(): source}, refers=references.present(document))


def definitions(*items: Definition) -> Definitions:
    return {item.address: item for item in items}


def entry(id_: str, applied: Document, observed: Document | None = None, **more: Any) -> Entry:
    more["depends_on"] = tuple(map(Address.parse, more.get("depends_on", ())))
    return Entry(id_, applied, applied if observed is None else observed, **more)


def state(**entries: Entry) -> State:
    """`monitor__a=...` is the entry of monitor.a."""
    found = {Address.parse(name.replace("__", ".")): item for name, item in entries.items()}
    return State(lineage="lineage", site="datadoghq.com", serial=4, entries=found)


def live(kind: str, **documents: Document) -> list[Live]:
    """Objects of a kind by id; ids of digits are written `_1`."""
    return [Live(kind, id_.removeprefix("_"), document) for id_, document in documents.items()]


def plan(
    defined: Mapping[Address, Definition], found: Sequence[Live], known: State | None = None, **options: Any
) -> Plan:
    """Every kind was read; those without an object are empty."""
    objects = {name: [item for item in found if item.kind == name] for name in KINDS if name != "facet"}
    wanted = {name: options.pop(name) for name in ("moved", "removed", "looked_up") if name in options}
    unchanged = options.pop("unchanged", UnchangedFingerprints())
    prior = PriorComparisons(unchanged, options.pop("early_results", {}))
    kinds = options.pop("kinds", KINDS.__getitem__)
    secret = options.pop("secrets", {"TOKEN": "hunter2"}.__getitem__)
    context = PlanContext(kinds, secret, "datadoghq.com", "2026-01-01T00:00:00+00:00")
    desired = DesiredConfiguration(defined, **wanted)
    return make_plan(desired, objects, known or state(), context, PlanScope(**options), prior)


def only_change(made: Plan) -> Change:
    (change,) = made.changes
    return change


def actions(made: Plan) -> list[str]:
    return [f"{change.action} {change.address}" for change in made.changes]
