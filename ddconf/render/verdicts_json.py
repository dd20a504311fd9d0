"""Results of pipeline tests as JSON: `{"summary": {"passed", "failed", "skipped"}, "tests": [...]}`."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ddconf.document import JSON, Document, format_path
from ddconf.pipelines.attributes import ABSENT
from ddconf.pipelines.cases import Case
from ddconf.pipelines.verdict import LogDifference, Report, Verdict
from ddconf.render.verdicts import counts, message


def render(reports: Sequence[Report], *, coverage: bool = False) -> str:
    """All results; what no case reached stands under `coverage` where it was asked for."""
    document: Document = {
        "summary": {str(status): count for status, count in counts(reports).items()},
        "tests": [_test(report, case, verdict) for report in reports for case, verdict in report.rows()],
    }
    if coverage:
        document["coverage"] = [_coverage(report) for report in reports if report.coverage]
    return json.dumps(document, indent=2, ensure_ascii=False)


def _test(report: Report, case: Case, verdict: Verdict) -> Document:
    return {
        "suite": report.suite.name,
        "name": case.name,
        "file": case.source.file if case.source else "",
        "line": case.source.line if case.source else 0,
        "status": str(verdict.status),
        "seconds": round(verdict.seconds, 6),
        "message": message(report, verdict),
        "differences": [_difference(item) for item in verdict.differences],
    }


def _difference(difference: LogDifference) -> Document:
    document: Document = {"place": difference.place}
    if difference.expected is not ABSENT:
        document["expected"] = difference.expected
    if difference.found is not ABSENT:
        document["found"] = difference.found
    if difference.source:
        document["line"] = difference.source.line
    return document


def _coverage(report: Report) -> JSON:
    assert report.coverage is not None
    return {
        "suite": report.suite.name,
        "share": round(report.coverage.share, 4),
        "missed": [
            {"path": format_path(part.path[1:]), "type": part.type, "name": part.name, "part": part.part}
            for part in report.coverage.missed
        ],
    }
