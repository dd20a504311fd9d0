"""Waivers keep lint from speaking, need a reason, and are reported when nothing needs them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ddconf.errors import DdconfError
from ddconf.operations.lint import Review, lint
from ddconf.operations.validate import mistakes, validate
from tests.lint.folder import change, copy_sound, loaded


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Sound definitions, but for one unused facet and one widget outside of the grid."""
    copy_sound(tmp_path)
    facet = (
        "logs_facet:\n  code: {name: Code, path: shop.code, source: log, type: integer, facetType: list}\n"
    )
    change(tmp_path, "facets.yaml", "logs_facet:\n", facet)
    change(tmp_path, "dashboard.yaml", "{x: 6, y: 0, width: 6", "{x: 6, y: 0, width: 9")
    return tmp_path


def review(root: Path) -> Review:
    return lint(*loaded(root))


def rules(root: Path) -> tuple[list[str], list[str]]:
    """The rules of what is found, and of what is waived."""
    found = review(root)
    return sorted(item.rule for item in found.found), sorted(item.rule for item in found.waived)


def test_without_waivers_all_is_found(root: Path) -> None:
    assert rules(root) == (["outside-grid", "unused-facet"], [])


def test_a_definition_waives_a_rule_for_itself(root: Path) -> None:
    change(
        root,
        "dashboard.yaml",
        "    title: Shop\n",
        "    title: Shop\n    ddconf: {waive: {outside-grid: wide}}\n",
    )
    assert rules(root) == (["unused-facet"], ["outside-grid"])


@pytest.mark.parametrize("at", ["logs_facet.code", "logs_facet.*", '["logs_facet.code"]', '"*"'])
def test_the_settings_waive_a_rule_for_addresses(root: Path, at: str) -> None:
    (root / "ddconf.yaml").write_text(
        f"lint: {{waive: [{{rule: unused-facet, at: {at}, reason: searched}}]}}\n"
    )
    assert rules(root) == (["outside-grid"], ["unused-facet"])


def test_a_needless_waiver_is_reported_where_it_stands(root: Path) -> None:
    (root / "ddconf.yaml").write_text(
        "lint:\n  waive:\n    - {rule: unused-facet, at: [logs_facet.code, logs_facet.page], reason: x}\n"
    )
    (needless,) = [item for item in review(root).found if item.rule == "unused-waiver"]
    assert needless.message == "nothing is left to waive: unused-facet finds nothing at logs_facet.page"
    assert needless.source is not None
    assert (needless.source.line, needless.source.column) == (3, 50)


def test_a_needless_waiver_in_a_definition_is_reported_too(root: Path) -> None:
    change(
        root,
        "dashboard.yaml",
        "    title: Shop\n",
        "    title: Shop\n    ddconf: {waive: {unit-mismatch: x}}\n",
    )
    (needless,) = [item for item in review(root).found if item.rule == "unused-waiver"]
    assert needless.source is not None
    assert needless.source.line == 4


def test_a_waiver_of_a_rule_that_there_is_not_has_a_hint(root: Path) -> None:
    (root / "ddconf.yaml").write_text("lint: {waive: [{rule: unused-facets, reason: searched}]}\n")
    (needless,) = [item for item in review(root).found if item.rule == "unused-waiver"]
    assert (needless.message, needless.hint) == (
        "there is no rule 'unused-facets'",
        "did you mean 'unused-facet'?",
    )


def test_a_waiver_without_a_reason_is_a_mistake(root: Path) -> None:
    change(
        root,
        "dashboard.yaml",
        "    title: Shop\n",
        "    title: Shop\n    ddconf: {waive: {outside-grid: ''}}\n",
    )
    with pytest.raises(DdconfError, match="the waiver of 'outside-grid' needs a reason"):
        loaded(root)
    (root / "ddconf.yaml").write_text("lint: {waive: [{rule: unused-facet}]}\n")
    with pytest.raises(DdconfError, match="a waiver needs 'rule' and 'reason'"):
        loaded(root)


def test_validate_says_what_lint_says_without_notes_and_once(root: Path) -> None:
    change(root, "pipelines.yaml", "sources: [shop.outcome]", "sources: [shop.level]")
    assert [item.rule for item in validate(*loaded(root))] == ["outside-grid", "read-before-written"]


def test_what_is_waived_is_not_said_by_validate_either(root: Path) -> None:
    change(root, "pipelines.yaml", "sources: [shop.outcome]", "sources: [shop.level]")
    change(
        root,
        "pipelines.yaml",
        "    name: Shop\n",
        "    name: Shop\n    ddconf: {waive: {read-before-written: x}}\n",
    )
    assert [item.rule for item in validate(*loaded(root))] == ["outside-grid"]


@pytest.mark.parametrize("until", ["2999-12-31", f"{date.today()}"])
def test_a_waiver_holds_until_its_last_day(root: Path, until: str) -> None:
    waivers = f"[{{rule: unused-facet, reason: searched, until: {until}}}]"
    (root / "ddconf.yaml").write_text(f"lint: {{waive: {waivers}}}\n")
    assert rules(root) == (["outside-grid"], ["unused-facet"])


def test_an_expired_waiver_covers_nothing_and_is_reported_itself(root: Path) -> None:
    change(
        root,
        "dashboard.yaml",
        "    title: Shop\n",
        "    title: Shop\n    ddconf: {waive: {outside-grid: {reason: wide, until: 2020-01-31}}}\n",
    )
    assert rules(root) == (["expired-waiver", "outside-grid", "unused-facet"], [])
    (expired,) = [item for item in review(root).found if item.rule == "expired-waiver"]
    assert expired.message == "the waiver of outside-grid ended on 2020-01-31: wide"
    assert expired.source is not None
    assert expired.source.line == 4


@pytest.mark.parametrize(("until", "refused"), [("2020-01-31", 1), ("2999-12-31", 0)])
def test_what_datadog_refuses_passes_while_the_waiver_holds(root: Path, until: str, refused: int) -> None:
    change(
        root,
        "alerts.yaml",
        "    name: Orders\n",
        f"    name: Orders\n    ddconf: {{waive: {{slo-target-precision: {{reason: x, until: {until}}}}}}}\n",
    )
    change(root, "alerts.yaml", "target: 99.9,", "target: 99.9999,")
    change(root, "alerts.yaml", "warning: 99.95", "warning: 99.99991")
    (slo,) = [
        item
        for item in loaded(root)[0].items.values()
        if str(item.address) == "service_level_objective.orders"
    ]
    assert bool(mistakes(slo)) == bool(refused)


@pytest.mark.parametrize("until", ["soon", "2026-13-01", "[]"])
def test_the_end_of_a_waiver_is_a_day(root: Path, until: str) -> None:
    (root / "ddconf.yaml").write_text(
        f"lint: {{waive: [{{rule: unused-facet, reason: x, until: {until}}}]}}\n"
    )
    with pytest.raises(DdconfError, match=r"is not a date|must be text"):
        loaded(root)


def test_a_handle_in_the_settings_begins_with_its_sign(root: Path) -> None:
    (root / "ddconf.yaml").write_text("lint: {handles: [slack-shop]}\n")
    with pytest.raises(DdconfError, match="'slack-shop' is not a handle"):
        loaded(root)
