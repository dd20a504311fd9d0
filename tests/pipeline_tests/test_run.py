"""Samples and test files run as `ddconf test` runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddconf.operations.pipeline_tests.suites import select
from ddconf.pipelines.attributes import ABSENT
from tests.operations.shop import PIPELINE, collection, reports, statuses, write

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"


@pytest.mark.parametrize(
    ("case", "status"),
    [
        ("{log: GET / 200 1, expect: {http: {status_code: 200}}}", PASSED),
        ("{log: GET / 200 1, expect: {http: {status_code: 201}}}", FAILED),
        ("{log: GET / 200 1, expect: {http: {status_code: 200.0}}}", FAILED),
        ("{log: GET / 200 1, expect: {duration: 1.0}}", PASSED),
        ("{log: GET / 200 1, expect: {nothing: null}}", PASSED),
        ("{log: GET / 200 1, expect: {duration: null}}", FAILED),
        ("{log: GET / 200 1, expect: {http: {}}}", FAILED),
        ("{log: GET / 200 1, expect: {http.method: GET, duration: 1.0}}", PASSED),
        ("{log: GET / 200 1, expect: {http.method: GET, http: {status_code: 200}}}", PASSED),
        ("{log: GET / 200 1, expect: {http.method: PUT}}", FAILED),
        ("{log: GET / 200 1, expect: {http.method: null}}", FAILED),
        ("{log: GET / 200 1, expect: {http.nothing: null}}", PASSED),
        ("{log: GET / 200 1, exact: true, expect: {http.method: GET}}", FAILED),
        ("{log: started at May 01 00:00:00, exact: true, expect: {time: 41904000000, a.b: null}}", PASSED),
        ("{log: {message: GET / 200 1, a.b: 1}, expect: {a.b: 1}}", PASSED),
        ("{log: GET / 200 1, exact: true, expect: {duration: 1.0}}", FAILED),
        ("{log: started at May 01 00:00:00, exact: true, expect: {time: 41904000000}}", PASSED),
        ("{log: GET / 500 1, status: error}", PASSED),
        ("{log: GET / 500 1, status: ok}", FAILED),
        ("{log: GET / 200 1, status: null}", FAILED),
        ("{log: GET / 404 1, status: null}", PASSED),
        ("{log: GET / 200 1, service: web, source: shop}", PASSED),
        ("{log: GET / 200 1, tags: [verb:get]}", PASSED),
        ("{log: GET / 200 1, tags: verb:PUT}", FAILED),
        ("{log: GET / 200 1, given: {tags: [a:b], source: shop, service: web}, tags: verb:get}", PASSED),
        ("{log: GET / 200 1, message: GET / 200 1}", PASSED),
        ("{log: GET / 200 1}", PASSED),
        ("{log: nonsense}", FAILED),
        ("{log: nonsense, no_match: true}", PASSED),
        ("{log: GET / 200 1, no_match: true}", FAILED),
        ("{log: started at May 01 00:00:00, timestamp: 1971-05-01}", PASSED),
        ("{log: started at May 01 00:00:00, now: 2024-06-01T00:00:00Z, timestamp: 1714521600000}", PASSED),
        ("{log: started at May 01 00:00:00, timestamp: 2024-05-01}", FAILED),
        ("{log: {message: GET / 200 1, host: web-1}, expect: {duration: 1.0}, host: web-1}", PASSED),
        ('{log: \'{"message": "GET / 200 1", "host": "a"}\', host: a}', PASSED),
        ('{log: \'{"message": "GET / 200 1", "host": "a"}\', preprocess: false, host: a}', FAILED),
        ("{log: GET / 200 1, given: {source: shop, service: web}, expect: {duration: 1.0}}", PASSED),
        ("{log: GET / 200 1, given: {source: other}, expect: {duration: 1.0}}", FAILED),
        ("{log: GET / 200 1, given: {source: other}, no_match: true}", PASSED),
        ("{log: nonsense, skip: later}", SKIPPED),
    ],
)
def test_a_case_is_judged(case: str, status: str, tmp_path: Path) -> None:
    assert statuses(reports(write(tmp_path, f"- {case}")))[1:] == [status]


def test_every_difference_has_its_place_and_its_line(tmp_path: Path) -> None:
    folder = write(
        tmp_path, "- log: GET / 200 1\n  expect:\n    http: {method: PUT}\n    x: 1\n  status: error"
    )
    verdict = reports(folder)[0].verdicts[1]
    found = [
        (item.place, item.expected, item.found, item.source and item.source.line)
        for item in verdict.differences
    ]
    assert found == [
        ("@http.method", "PUT", "GET", 4),
        ("@x", 1, ABSENT, 5),
        ("status", "error", "ok", 6),
    ]


def test_a_sample_that_no_rule_matches_fails_and_says_how_far_a_rule_comes(tmp_path: Path) -> None:
    folder = write(tmp_path, "[]", PIPELINE.replace("GET /cart 200 12.5", "GET /cart two 12.5"))
    verdict = reports(folder)[0].verdicts[0]
    assert verdict.reasons == ("no grok rule matches",)
    assert verdict.stuck
    assert (verdict.stuck.explanation.rule, verdict.stuck.explanation.length) == ("access", len("GET /cart "))


def test_a_sample_of_a_parser_that_reads_an_attribute_goes_to_that_attribute(tmp_path: Path) -> None:
    folder = write(tmp_path, "[]", PIPELINE.replace("source: message", "source: raw.text"))
    assert statuses(reports(folder)) == [PASSED]


def test_a_disabled_parser_skips_its_samples(tmp_path: Path) -> None:
    before = "name: Access\n        is_enabled: true"
    folder = write(tmp_path, "[]", PIPELINE.replace(before, before.replace("true", "false")))
    assert statuses(reports(folder)) == [SKIPPED]


def test_a_pipeline_that_is_off_in_datadog_is_tested_all_the_same(tmp_path: Path) -> None:
    off = PIPELINE.replace("name: Shop\n    is_enabled: true", "name: Shop\n    is_enabled: false")
    folder = write(tmp_path, "- {log: GET / 200 1, status: ok}", off)
    assert statuses(reports(folder)) == [PASSED, PASSED]


def test_a_rule_that_runs_away_is_named(tmp_path: Path) -> None:
    wild = PIPELINE.replace(
        "started started at",
        "wild %{data:a}-%{data:b}-%{data:c}-%{data:d}-%{data:e}x\n            started started at",
    )
    folder = write(tmp_path, f"- log: x{'-' * 5000}!", wild)
    (reason,) = {reason for reason in reports(folder)[0].verdicts[1].reasons if "no grok rule" not in reason}
    assert "'wild'" in reason


def test_an_order_runs_every_pipeline_whose_filter_matches(tmp_path: Path) -> None:
    order = 'logs_pipeline_order:\n  main: {pipeline_ids: ["${logs_custom_pipeline.shop}"]}\n'
    folder = write(tmp_path, "[]", order + PIPELINE)
    (folder / "all.test.yaml").write_text(
        "logs_pipeline_order.main:\n"
        "  - {log: GET / 200 1, given: {source: shop, service: web}, expect: {duration: 1.0}}\n"
        "  - {log: GET / 200 1, given: {source: other}, exact: true, expect: {}}\n"
    )
    assert statuses(reports(folder)) == [PASSED, PASSED, PASSED]


def test_a_pipeline_with_mistakes_fails_its_cases_and_shows_them_once(tmp_path: Path) -> None:
    folder = write(
        tmp_path, "- {log: GET / 200 1}", PIPELINE.replace("%{number:duration}", "%{nmber:duration}")
    )
    (report,) = reports(folder)
    assert statuses([report]) == [FAILED, FAILED]
    (mistake,) = report.mistakes
    assert mistake.source and (mistake.source.line, mistake.source.column) == (17, 74)


def test_coverage_tells_what_no_case_reached(tmp_path: Path) -> None:
    (report,) = reports(write(tmp_path, "- {log: GET / 200 1, status: ok}"))
    assert report.coverage
    assert [(part.name, part.part) for part in report.coverage.missed] == [
        ("Access", "started"),
        ("Time", ""),
        ("Outcome", "error"),
    ]


def test_several_processes_give_the_same_reports_in_the_same_order(tmp_path: Path) -> None:
    def pairs(processes: int) -> list[object]:
        found = reports(tmp_path, processes=processes)
        return [(report.suite.name, statuses([report]), report.coverage) for report in found]

    for number in range(3):
        folder = tmp_path / f"f{number}"
        folder.mkdir()
        name = f"shop{number}"
        (folder / "a.yaml").write_text(PIPELINE.replace("  shop:", f"  {name}:"))
        (folder / "a.test.yaml").write_text(
            f"logs_custom_pipeline.{name}: [{{log: GET / 200 1, status: {'ok' if number else 'warn'}}}]\n"
        )
    assert pairs(2) == pairs(1)
    assert statuses(reports(tmp_path)) == [PASSED, FAILED, PASSED, PASSED, PASSED, PASSED]


def test_paths_choose_files_and_a_text_chooses_cases(tmp_path: Path) -> None:
    folder = write(tmp_path, "- {log: GET / 200 1, name: fine}\n- {log: nonsense, name: wrong}")
    assert statuses(reports(folder, folder / "shop.test.yaml")) == [PASSED, FAILED]
    assert statuses(reports(folder, folder / "shop.yaml")) == [PASSED]
    chosen = select(collection(folder), "wrong")
    assert [case.name for suite in chosen.suites for case in suite.cases] == ["wrong"]


def test_every_mistake_in_test_files_is_said_at_once(tmp_path: Path) -> None:
    folder = write(
        tmp_path, "- {log: GET / 200 1, expct: {a: 1}}\n- {expect: {a: 1}}\n- {log: x, timestamp: soon}"
    )
    (folder / "b.test.yaml").write_text("logs_custom_pipeline.shp:\n  - {log: x, exact: maybe}\n")
    said = [
        (str(item.source).rpartition("/")[2], item.message, item.hint)
        for report in collection(folder).unreadable
        for item in report.mistakes
    ]
    assert said == [
        ("b.test.yaml:2:14", "'[\"logs_custom_pipeline.shp\"][0].exact' must be true or false, not text", ""),
        (
            "shop.test.yaml:2:24",
            "unknown key 'expct' under '[\"logs_custom_pipeline.shop\"][0]'",
            "did you mean 'expect'?",
        ),
        ("shop.test.yaml:3:5", "a test needs a 'log': text, or a mapping for JSON", ""),
        (
            "shop.test.yaml:4:14",
            "this is not a date: write ISO 8601, or milliseconds since the epoch",
            "",
        ),
    ]


def test_a_test_of_no_pipeline_is_a_mistake_with_a_hint(tmp_path: Path) -> None:
    folder = write(tmp_path, "[]")
    (folder / "b.test.yaml").write_text("logs_custom_pipeline.shp:\n  - {log: x}\n")
    (report,) = collection(folder).unreadable
    assert report.mistakes[0].hint == "did you mean 'logs_custom_pipeline.shop'?"
