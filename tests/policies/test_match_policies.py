"""Policies of ddconf.yaml, as lint and validate tell them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddconf.definitions import settings as settings_
from ddconf.definitions.load import load
from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.lint import lint
from ddconf.operations.policies.review import check_examples
from ddconf.operations.validate import validate

MONITOR = """
monitor:
  a:
    name: A
    type: query alert
    query: avg(last_5m):avg:a.b{*} > 1
    message: "x @slack-a"
    tags: [env:prod]
    options: {thresholds: {critical: 1}}
"""


def found(root: Path, policies: str, environment: str | None = None) -> list[Diagnostic]:
    (root / "monitors.yaml").write_text(MONITOR)
    (root / "ddconf.yaml").write_text(f"environments: {{prod: {{}}, dev: {{}}}}\npolicies:{policies}\n")
    settings = settings_.read(root, environment=environment)
    definitions = load(root, settings)
    reviewed = lint(definitions, settings).found
    assert [item for item in validate(definitions, settings) if item.severity != "note"] == [
        item for item in reviewed if item.severity != "note"
    ]
    return list(reviewed)


def test_a_violation_stands_at_its_line(tmp_path: Path) -> None:
    (violation,) = found(tmp_path, " {team-tag: monitor.tags has team:*}")
    assert (violation.rule, violation.severity) == ("policies/team-tag", "error")
    assert violation.message == "tags has no team:*"
    assert violation.source is not None
    assert violation.source.line == 8


def test_severity_owner_and_hint_are_told(tmp_path: Path) -> None:
    (violation,) = found(
        tmp_path,
        "\n  priority: {require: monitor.priority exists, severity: warning, owner: ops, hint: 1 to 5.}",
    )
    assert (violation.severity, violation.hint) == ("warning", "1 to 5; owner: ops")


@pytest.mark.parametrize(
    ("policy", "environment", "count"),
    [
        ("{require: monitor.tags has team:*, where: tags has env:prod}", None, 1),
        ("{require: monitor.tags has team:*, where: tags has env:dev}", None, 0),
        ("{require: monitor.message has @pagerduty-*, environments: [prod]}", "prod", 1),
        ("{require: monitor.message has @pagerduty-*, environments: prod}", "dev", 0),
        ("{require: monitor.message has @pagerduty-*, environments: [prod]}", None, 0),
        ("dashboard.tags has team:*", None, 0),
        ("'*.tags has team:*'", None, 1),
    ],
)
def test_a_policy_is_for_some(tmp_path: Path, policy: str, environment: str | None, count: int) -> None:
    assert len(found(tmp_path, f"\n  p: {policy}", environment)) == count


@pytest.mark.parametrize("nothing", ["", " {}", " null"])
def test_no_policies_are_none(tmp_path: Path, nothing: str) -> None:
    assert found(tmp_path, nothing) == []


@pytest.mark.parametrize(
    ("policies", "message"),
    [
        ("[a]", "'policies' must be a mapping"),
        ("{p: monitor.tags hat team}", "'tags hat team' is not a condition"),
        ("{p: monitro.tags has team}", "unknown kind 'monitro'"),
        ("{p: {where: tags has a}}", "is not a condition"),
        ("{p: {require: monitor.tags has a, where: tags}}", "'tags' is not a condition"),
        ("{p: {require: monitor.tags has a, severity: fatal}}", "unknown severity 'fatal'"),
        ("{p: {require: monitor.tags has a, environments: [pord]}}", "unknown environment 'pord'"),
        ("{p: {requires: monitor.tags has a}}", "unknown key 'requires'"),
        ("{p: {require: monitor.tags has a, passes: [1]}}", "must be a mapping"),
    ],
)
def test_mistakes_in_policies_are_told(tmp_path: Path, policies: str, message: str) -> None:
    with pytest.raises(DdconfError, match=message):
        found(tmp_path, f" {policies}")


def test_a_policy_is_waived_like_a_rule(tmp_path: Path) -> None:
    waived = "\nlint: {waive: [{rule: policies/team-tag, at: monitor.a, reason: nobody's}]}"
    assert found(tmp_path, " {team-tag: monitor.tags has team:*}" + waived) == []
    expired = waived.replace("reason", "until: 2020-01-31, reason")
    rules = [item.rule for item in found(tmp_path, " {team-tag: monitor.tags has team:*}" + expired)]
    assert sorted(rules) == ["expired-waiver", "policies/team-tag"]


@pytest.mark.parametrize(
    ("policy", "count"),
    [
        ("monitor.tags has env:*", 1),
        ("{require: monitor.tags has team:*, environments: [prod]}", 0),
    ],
)
def test_a_waiver_that_a_policy_does_not_need_is_reported(tmp_path: Path, policy: str, count: int) -> None:
    waived = "\nlint: {waive: [{rule: policies/p, reason: x}]}"
    assert [item.rule for item in found(tmp_path, f"\n  p: {policy}{waived}")] == ["unused-waiver"] * count


@pytest.mark.parametrize(("rule", "count"), [("policies/team-tga", 1), ("policies/of-a-python-file", 0)])
def test_a_misspelt_policy_in_a_waiver_is_told(tmp_path: Path, rule: str, count: int) -> None:
    waived = f"\nlint: {{waive: [{{rule: {rule}, reason: x}}]}}"
    rest = found(tmp_path, " {team-tag: monitor.tags has env:*}" + waived)
    assert [item.hint for item in rest] == ["did you mean 'policies/team-tag'?"] * count


def test_examples_are_judged(tmp_path: Path) -> None:
    (tmp_path / "ddconf.yaml").write_text(
        "policies:\n  p: {require: monitor.tags has a, passes: [{tags: [a]}, {}], fails: [{tags: [a]}, {}]}\n"
    )
    lines, wrong = check_examples(settings_.read(tmp_path))
    assert lines == ["p: 4 examples"]
    assert [item.message for item in wrong] == [
        "policy p: example 2 of 'passes': tags has no a",
        "policy p: example 1 of 'fails': nothing is found",
    ]
