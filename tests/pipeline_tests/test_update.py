"""Results become expectations in the text of test files."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddconf.operations.pipeline_tests.update import is_updatable, updated_files
from tests.operations.shop import reports, statuses, write
from tests.pipeline_tests import test_datadog_cases as assets

CASES = """\
# The usual.
- log: GET / 200 1   # a line
  expect:
    http: {method: PUT, url: /}   # flow
    # in seconds
    duration: 2.0
    gone: 1
  status: error
  tags: [verb:PUT]

- log: nonsense
- log: GET / 500 1
- log: GET / 404 1
  no_match: true
"""
UPDATED = """\
# The usual.
- log: GET / 200 1   # a line
  expect:
    http: {method: "GET", url: /}   # flow
    # in seconds
    duration: 1.0
  status: ok
  tags: ["verb:get"]

- log: nonsense
- log: GET / 500 1
  expect:
    http:
      method: GET
      url: /
      status_code: 500
      status_category: error
    duration: 1.0
- log: GET / 404 1
  expect:
    http:
      method: GET
      url: /
      status_code: 404
    duration: 1.0
"""


def updated(folder: Path) -> None:
    for file, (_, text) in updated_files(reports(folder)).items():
        Path(file).write_text(text, encoding="utf-8")


def test_results_become_expectations_and_comments_stay(tmp_path: Path) -> None:
    folder = write(tmp_path, CASES)
    updated(folder)
    found = (folder / "shop.test.yaml").read_text()
    assert found == (write(folder, UPDATED) / "shop.test.yaml").read_text()


def test_after_an_update_only_what_no_rule_matches_fails(tmp_path: Path) -> None:
    folder = write(tmp_path, CASES)
    updated(folder)
    assert statuses(reports(folder)) == ["passed", "passed", "failed", "passed", "passed"]
    assert updated_files(reports(folder)) == {}


def test_an_attribute_that_is_named_by_its_path_keeps_its_name(tmp_path: Path) -> None:
    folder = write(tmp_path, "- log: GET / 200 1\n  expect: {http.method: PUT, duration: 1.0}\n")
    updated(folder)
    assert 'expect: {http.method: "GET", duration: 1.0}' in (folder / "shop.test.yaml").read_text()


@pytest.mark.parametrize(
    "expected", ["{gone: 1}", "{http: {gone: 1}, duration: 1.0}", "{gone.too: 1, gone: 2}"]
)
def test_where_all_that_was_expected_is_gone_the_result_stands_in_its_place(
    expected: str, tmp_path: Path
) -> None:
    folder = write(tmp_path, f"- log: GET / 200 1\n  expect: {expected}\n")
    updated(folder)
    assert set(statuses(reports(folder))) == {"passed"}
    assert updated_files(reports(folder)) == {}
    text = (folder / "shop.test.yaml").read_text()
    assert "GET" in text.partition("expect")[2]
    assert "gone" not in text


@pytest.mark.parametrize(("number", "can"), [(0, False), (1, True), (2, False), (3, True), (4, True)])
def test_samples_and_what_no_rule_matches_are_not_updatable(number: int, can: bool, tmp_path: Path) -> None:
    (report,) = reports(write(tmp_path, CASES))
    case, verdict = list(report.rows())[number]
    assert is_updatable(case, verdict) is can


def test_results_of_a_pair_are_updated_in_their_own_form(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(assets.PIPELINE)
    wrong = assets.TESTS.replace('url: "/cart"', 'url: "/"\n        more: 1').replace(
        "timestamp: 1\n", "timestamp: 5\n"
    )
    tags = wrong.replace(
        '     - "source:LOGS_SOURCE"\n    timestamp: 5',
        '     - "source:LOGS_SOURCE"\n     - "a"\n    timestamp: 5',
    )
    (tmp_path / "shop_tests.yaml").write_text(tags)
    assert statuses(reports(tmp_path)) == ["failed", "passed"]
    updated(tmp_path)
    assert (tmp_path / "shop_tests.yaml").read_text() == assets.TESTS
