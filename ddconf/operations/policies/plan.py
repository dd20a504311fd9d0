"""What a plan would write, held against the team's policies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.definitions.definition import Definition
from ddconf.document import Document
from ddconf.errors import Diagnostic, Severity, Source
from ddconf.lint.finding import Finding
from ddconf.lint.waivers import sift, waivers_of
from ddconf.operations.lint import source_of
from ddconf.operations.policies.review import review_policies
from ddconf.plans.change import Action, Plan

if TYPE_CHECKING:
    from ddconf.definitions.settings import Settings

_WRITTEN = (Action.CREATE, Action.REPLACE)


def refused_by_policies(
    plan: Plan, definitions: Mapping[Address, Definition], settings: Settings, folder: Path | None
) -> list[Diagnostic]:
    """Violations of policies of severity error, without what definitions and settings waive."""
    written = {
        change.address: change.desired
        for change in plan.changes
        if change.desired is not None and (change.action in _WRITTEN or change.fields)
    }
    if not written:
        return []
    review = review_policies(written, settings, folder)
    waivers = [*settings.lint.waivers, *waivers_of(definitions.values())]
    today = date.today()
    left, _ = sift(review.findings, [one for one in waivers if one.until is None or today <= one.until])
    errors = [item for item in left if item.severity is Severity.ERROR]
    return [*review.mistakes, *(_refusal(item, definitions, written) for item in errors)]


def _refusal(
    finding: Finding, definitions: Mapping[Address, Definition], written: Mapping[Address, Document]
) -> Diagnostic:
    """The violation, at its line where the definition still says what the plan does."""
    address, length = finding.place.address, 1
    source: Source | None = None
    definition = definitions.get(address)
    if definition and definition.document == written[address]:
        source, length = source_of(finding.place, definition)
    message = f"Refused by {finding.rule}: {address}: {finding.message}"
    return Diagnostic(message, source, finding.hint, str(address), length=length, rule=finding.rule)
