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


def plan_violations(
    plan: Plan, definitions: Mapping[Address, Definition], settings: Settings, folder: Path | None
) -> list[Diagnostic]:
    """Violations by what the plan writes, without notes and without what definitions and settings waive.

    Those of severity error refuse the plan, and so does what is wrong with a policy itself.
    """
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
    told = [item for item in left if item.severity is not Severity.NOTE]
    return [*review.mistakes, *(_violation(item, definitions, written) for item in told)]


def _violation(
    finding: Finding, definitions: Mapping[Address, Definition], written: Mapping[Address, Document]
) -> Diagnostic:
    """The violation, at its line where the definition still says what the plan does."""
    address, length = finding.place.address, 1
    source: Source | None = None
    definition = definitions.get(address)
    if definition and definition.document == written[address]:
        source, length = source_of(finding.place, definition)
    severity = finding.severity or Severity.ERROR
    refused = f"Refused by {finding.rule}: " if severity is Severity.ERROR else ""
    message = f"{refused}{address}: {finding.message}"
    return Diagnostic(message, source, finding.hint, str(address), severity, length, finding.rule)
