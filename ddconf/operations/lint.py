"""Cross-check definitions: run the lint rules, place what they find in the files, leave out the waived."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.definitions.definition import Definition, Waiver
from ddconf.definitions.shape_checks import by_place
from ddconf.definitions.suggest import did_you_mean
from ddconf.definitions.yaml import spans
from ddconf.document import get
from ddconf.errors import Diagnostic, Severity, Source
from ddconf.lint import lint as find
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import registered
from ddconf.lint.waivers import EXPIRED, UNUSED, sift, waivers_of
from ddconf.operations.pipeline_tests.defined_pipelines import pipelines_of, ready
from ddconf.operations.policies.review import review_policies

if TYPE_CHECKING:
    from ddconf.definitions.load import Definitions
    from ddconf.definitions.settings import Settings
    from ddconf.pipelines.cases import Case


@dataclass(frozen=True, slots=True)
class Review:
    """What lint has to say, and what waivers keep it from saying; in the order of the files.

    `fixable` are the findings that have a fix.
    """

    found: tuple[Diagnostic, ...]
    waived: tuple[Diagnostic, ...]
    fixable: tuple[Finding, ...] = ()


def lint(definitions: Definitions, settings: Settings, policies: Path | None = None) -> Review:
    """The findings of all rules and of the team's policies; `policies` is the folder of those in Python."""
    facts = facts_of(definitions, settings)
    of_team = review_policies(facts.documents, settings, policies)
    findings = [*find(facts), *of_team.findings]
    waivers = [*settings.lint.waivers, *waivers_of(definitions.items.values())]
    today = date.today()
    expired = [waiver for waiver in waivers if waiver.until and waiver.until < today]
    left, unused = sift(findings, [waiver for waiver in waivers if waiver not in expired])
    needless = [one for one in unused if not of_team.may_need(one.rule)]
    known = [*registered(), *of_team.asked]
    found = [*of_team.mistakes, *(diagnostic(item, definitions) for item in left)]
    return Review(
        _sorted([*found, *(_needless(one, known) for one in needless), *map(_expired, expired)]),
        _sorted([diagnostic(item, definitions) for item in findings if item not in left]),
        tuple(item for item in left if item.fix is not None),
    )


def facts_of(definitions: Definitions, settings: Settings) -> Facts:
    """What the definitions say of logs; pipelines' tests are run when a rule asks for them."""
    documents = {address: ready(item) for address, item in definitions.items.items()}

    @cache
    def cases() -> Mapping[str, list[Case]]:
        from ddconf.operations.pipeline_tests.observe import read_all_cases

        return read_all_cases(settings.root, settings.ignore)

    @cache
    def observe(address: Address) -> Mapping[str, frozenset[str]]:
        from ddconf.operations.pipeline_tests.observe import observed_types

        return observed_types(documents[address], cases().get(str(address), ()))

    adopted = frozenset(item.options.id or "" for item in definitions.items.values())
    order = tuple(pipelines_of(definitions))
    return Facts(documents, order, observe, adopted, settings.lint.handles)


def diagnostic(finding: Finding, definitions: Definitions) -> Diagnostic:
    """The finding with its place in a file."""
    place = finding.place
    source, length = source_of(place, definitions.items[place.address])
    severity = finding.severity or Severity.WARNING
    address = str(place.address)
    return Diagnostic(finding.message, source, finding.hint, address, severity, length, finding.rule)


def source_of(place: Place, definition: Definition) -> tuple[Source | None, int]:
    """Where a place stands in its file, and how long it is; the key where the text is spelt otherwise."""
    key, value = definition.at(place.path), get(ready(definition), place.path)
    if not isinstance(value, str) or ("\n" in value and not place.length):
        return key, 1
    length = place.length or len(value)
    meant = value[place.start : place.start + length].split("\n")[0]
    exact = spans.locate(key, place.start)
    if exact is not None and _starts(exact, meant):
        return exact, max(len(meant), 1)
    found = spans.find(key, meant)
    return found, len(meant) if found != key else 1


def _starts(source: Source, text: str) -> bool:
    lines = Path(source.file).read_text("utf-8").split("\n")
    return source.line <= len(lines) and lines[source.line - 1].startswith(text, source.column - 1)


def _needless(waiver: Waiver, known: Collection[str]) -> Diagnostic:
    """A waiver that covers no finding."""
    if waiver.rule not in known:
        hint = did_you_mean(waiver.rule, known, "`ddconf lint --rules` lists all")
        message = f"there is no rule '{waiver.rule}'"
    else:
        message = f"nothing is left to waive: {waiver.rule} finds nothing at {waiver.at}"
        hint = "remove the waiver"
    return Diagnostic(message, waiver.source, hint, severity=Severity.WARNING, rule=UNUSED)


def _expired(waiver: Waiver) -> Diagnostic:
    """A waiver whose last day is over, so it covers nothing any more."""
    message = f"the waiver of {waiver.rule} ended on {waiver.until}: {waiver.reason}"
    hint = "correct what it covered, or agree on another day"
    return Diagnostic(message, waiver.source, hint, severity=Severity.WARNING, rule=EXPIRED)


def _sorted(diagnostics: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """In the order of the files; what one anchor or `for_each` repeats is said once."""
    once = {(item.rule, item.source, item.message): item for item in reversed(diagnostics)}
    return tuple(sorted(once.values(), key=by_place))
