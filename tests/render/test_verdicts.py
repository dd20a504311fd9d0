"""Results of pipeline tests as text."""

from __future__ import annotations

from ddconf.errors import Source
from ddconf.pipelines.attributes import ABSENT
from ddconf.pipelines.cases import Case, Suite
from ddconf.pipelines.coverage import Coverage, CoveredPart
from ddconf.pipelines.verdict import CaseStatus, LogDifference, Report, Verdict
from ddconf.render import verdicts

CASES = (Case("#1", "GET /", Source("a.test.yaml", 3, 5)), Case("#2", {"n": 1}), Case("#3", "x"))
DIFFERENCES = (
    LogDifference(("attributes", "http", "url"), "/", ABSENT, Source("a.test.yaml", 5, 9)),
    LogDifference(("tags",), ["a"], []),
)
REPORT = Report(
    Suite("logs_custom_pipeline.web", (), CASES),
    (
        Verdict(CaseStatus.PASSED),
        Verdict(CaseStatus.FAILED, DIFFERENCES, ("grok rule 'x' of 'y' matches",)),
        Verdict(CaseStatus.SKIPPED, reasons=("later",)),
    ),
    Coverage(
        (CoveredPart((0,), "pipeline", "Web"),),
        (
            CoveredPart((0, "processors", 0), "date-remapper", "Time"),
            *(CoveredPart((0, "processors", 1), "lookup-processor", "Names", str(row)) for row in range(10)),
        ),
    ),
)


def test_a_suite_is_a_line_of_dots() -> None:
    assert verdicts.dots(REPORT) == "logs_custom_pipeline.web .Fs"


def test_a_failure_is_shown_leaf_by_leaf() -> None:
    assert list(verdicts.failures(REPORT)) == [
        "FAILED logs_custom_pipeline.web #2",
        '  log: {"n": 1}',
        "  grok rule 'x' of 'y' matches",
        "  @http.url  a.test.yaml:5",
        '    expected "/"',
        "    found    nothing",
        "  tags",
        '    expected ["a"]',
        "    found    []",
        "",
    ]


def test_what_was_expected_is_green_and_what_was_found_red() -> None:
    shown = "\n".join(verdicts.failures(REPORT, color=True))
    assert 'expected \x1b[32m"/"' in shown and "found    \x1b[31mnothing" in shown


def test_a_log_cannot_move_the_cursor() -> None:
    case = Case("#1", "a\x1b[2Jb")
    report = Report(Suite("s", (), (case,)), (Verdict(CaseStatus.FAILED, reasons=("why",)),))
    assert "  log: a\\x1b[2Jb" in list(verdicts.failures(report))


def test_the_summary_names_failures_first() -> None:
    assert verdicts.summary(verdicts.counts([REPORT]), 1.234) == "1 failed, 1 passed, 1 skipped in 1.23s"


def test_coverage_names_a_processor_or_its_first_parts() -> None:
    assert list(verdicts.coverage([REPORT]))[1:] == [
        "  logs_custom_pipeline.web 8%",
        "    date-remapper 'Time' was never applied",
        "    lookup-processor 'Names' never matched: 0, 1, 2, 3, 4, 5, 6, 7 and 2 more",
    ]


def test_an_official_field_expected_as_an_attribute_is_told_its_place() -> None:
    missing = Verdict(CaseStatus.FAILED, (LogDifference(("attributes", "status"), "ok", ABSENT),))
    case = Case("#1", "GET /", by_path=True)
    said = "    this is an attribute; the official field is expected beside `expect`, not in it"
    assert said in list(verdicts.failures(Report(Suite("s", (), (case,)), (missing,))))
    pair = Report(Suite("s", (), (Case("#1", "GET /"),)), (missing,))
    assert said not in list(verdicts.failures(pair))
