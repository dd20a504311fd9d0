"""Who reads what a replay found to come out otherwise: facets, dashboards, monitors, other pipelines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ddconf.operations.lint import facts_of
from ddconf.operations.replay.report import ReplayReport
from ddconf.operations.why import readers

if TYPE_CHECKING:
    from ddconf.definitions.load import Definitions
    from ddconf.definitions.settings import Settings
    from ddconf.lint.facts import Facts, Pipeline

_INDEX = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class TouchedReader:
    """A definition that reads an attribute; `detail` says in which way, such as `'Sales' groups by it`."""

    attribute: str
    address: str
    detail: str

    def as_json(self) -> dict[str, Any]:
        return {"attribute": self.attribute, "address": self.address, "detail": self.detail}


def touched_readers(
    report: ReplayReport, definitions: Definitions, settings: Settings
) -> tuple[TouchedReader, ...]:
    """Facets first, then the others, by attribute."""
    names = {
        _INDEX.sub("", finding["name"]) for about in ("attribute", "field") for finding in report.of(about)
    }
    if not names:
        return ()
    facts = facts_of(definitions, settings)
    concerned = _pipelines(report, facts)

    def found() -> Iterator[TouchedReader]:
        for name in sorted(names & facts.facets.keys()):
            yield TouchedReader(name, str(facts.facets[name][0]), "facet")
        for name in sorted(names):
            for pipeline in concerned:
                for mention in readers(facts, definitions, name, pipeline):
                    yield TouchedReader(name, str(mention.address), mention.detail)

    return tuple(dict.fromkeys(found()))


def _pipelines(report: ReplayReport, facts: Facts) -> Sequence[Pipeline | None]:
    """Those whose logs come out otherwise; None (readers of any log) if one is not defined any more."""
    names = {finding["name"] for finding in report.of("pipeline")}
    defined = {str(facts.documents[item.address].get("name", "")): item for item in facts.pipelines}
    return [defined[name] for name in names] if names <= defined.keys() else [None]
