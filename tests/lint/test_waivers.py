"""Waivers keep lint from speaking, need a reason, and are reported when nothing needs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddconf.errors import DdconfError
from ddconf.operations.lint import Review, lint
from ddconf.operations.validate import validate
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
