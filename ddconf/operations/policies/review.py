"""What a team's policies find in documents, whether these stand in definitions or in a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.definitions.conditions import FieldTest
from ddconf.definitions.match_policies import MatchPolicy
from ddconf.definitions.suggest import did_you_mean
from ddconf.document import Document, format_path, parse_path
from ddconf.document import Path as Steps
from ddconf.errors import Diagnostic, Severity
from ddconf.lint.finding import Finding, Place
from ddconf.operations.policies.folder import keys_at_hand, policy_files
from ddconf.operations.policies.python import PolicyRun, run_python

if TYPE_CHECKING:
    from ddconf.definitions.settings import Settings

PREFIX = "policies/"
"""What the names of findings and waivers begin with, so that no policy is taken for a lint rule."""


@dataclass(frozen=True, slots=True)
class PolicyReview:
    """What was found, which policies were asked, and what is wrong with policies themselves."""

    findings: tuple[Finding, ...] = ()
    asked: frozenset[str] = frozenset()
    idle: frozenset[str] = frozenset()
    """Policies that are for other environments."""
    has_python: bool = False
    """Whether policies in Python were read; without, there may be more than these."""
    mistakes: tuple[Diagnostic, ...] = ()

    def may_need(self, rule: str) -> bool:
        """Whether a waiver of the rule may be needed though nothing was found: its policy was not asked."""
        if rule in self.idle:
            return True
        if self.has_python or not rule.startswith(PREFIX) or rule in self.asked:
            return False
        return not did_you_mean(rule, self.asked | self.idle)  # it may be one in Python


def review_policies(
    documents: Mapping[Address, Document], settings: Settings, folder: Path | None = None
) -> PolicyReview:
    """The matches of ddconf.yaml, and the Python files of `folder` if it is given; raises DdconfError."""
    run = PolicyRun()
    if folder is not None:
        environment = settings.environment or ""
        resources = [
            {"kind": at.kind, "name": at.name, "document": document, "environment": environment}
            for at, document in documents.items()
        ]
        run = run_python(policy_files(folder, settings.root, keys_at_hand(settings.env)), resources)
    found = [*_matched(documents, settings), *_reported(run, tuple(documents))]
    matches = {PREFIX + one.name: _is_asked(one, settings.environment) for one in settings.policies}
    asked = {name for name, is_asked in matches.items() if is_asked} | {PREFIX + one for one in run.policies}
    idle = frozenset(matches) - asked
    return PolicyReview(tuple(found), frozenset(asked), idle, folder is not None, tuple(run.mistakes))


def check_examples(settings: Settings, folder: Path | None = None) -> tuple[list[str], list[Diagnostic]]:
    """How many examples each policy has, in lines to print, and those that are judged otherwise."""
    run = PolicyRun()
    if folder is not None:
        run = run_python(policy_files(folder, settings.root, keys_at_hand(settings.env)), [], test=True)
    counts = {one.name: len(one.passes) + len(one.fails) for one in settings.policies}
    counts |= {name: described["examples"] for name, described in run.policies.items()}
    wrong = [
        Diagnostic(f"policy {name}: {message}", rule=PREFIX + name) for name, message in run.wrong_examples
    ]
    lines = [f"{name}: {count} {'example' if count == 1 else 'examples'}" for name, count in counts.items()]
    return lines, [*run.mistakes, *wrong, *_wrong_examples(settings)]


def _is_asked(policy: MatchPolicy, environment: str | None) -> bool:
    return not policy.environments or environment in policy.environments


def _matched(documents: Mapping[Address, Document], settings: Settings) -> Iterator[Finding]:
    for policy in settings.policies:
        for address, document in documents.items():
            if failing := policy.failing(address.kind, document, settings.environment):
                test, path = failing
                hint = _hint(policy.hint, policy.owner)
                place = Place(address, path)
                yield Finding(place, _phrase(test, path), hint, policy.severity, PREFIX + policy.name)


def _reported(run: PolicyRun, addresses: tuple[Address, ...]) -> Iterator[Finding]:
    for found in run.violations:
        described = run.policies[found.policy]
        place = Place(addresses[found.resource], parse_path(found.path))
        hint = _hint(described["summary"], described["owner"])
        yield Finding(place, found.message, hint, Severity(described["severity"]), PREFIX + found.policy)


def _hint(text: str, owner: str) -> str:
    return "; ".join(filter(None, (text.rstrip("."), f"owner: {owner}" if owner else "")))


def _phrase(test: FieldTest, path: Steps) -> str:
    """What is wrong: `tags has no team:*`."""
    name = format_path(path)
    match test.operator:
        case "exists":
            return f"{name} is missing"
        case "has":
            return f"{name} has no {test.pattern}"
        case "lacks":
            return f"{name} has {test.pattern}"
        case "is not":
            return f"{name} is {test.pattern}"
    return (
        f"{name} is not {test.pattern}"
        if test.operator == "is"
        else f"{name} is not {test.operator} {test.pattern}"
    )


def _wrong_examples(settings: Settings) -> Iterator[Diagnostic]:
    for policy in settings.policies:
        environment = next(iter(policy.environments), settings.environment)
        for expected, examples in (("passes", policy.passes), ("fails", policy.fails)):
            for number, document in enumerate(examples, 1):
                failing = policy.failing(policy.kind, document, environment)
                if bool(failing) != (expected == "fails"):
                    said = _phrase(*failing) if failing else "nothing is found"
                    message = f"policy {policy.name}: example {number} of '{expected}': {said}"
                    yield Diagnostic(message, policy.source, rule=PREFIX + policy.name)
