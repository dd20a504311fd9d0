"""Results of pipeline tests as JUnit XML, which CI systems read.

https://github.com/testmoapp/junitxml describes the format as it is used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from ddconf.pipelines.cases import Case
from ddconf.pipelines.verdict import CaseStatus, Report, Verdict
from ddconf.render.verdicts import counts, message

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(reports: Sequence[Report]) -> str:
    """A document with a test suite for each pipeline."""
    root = ElementTree.Element("testsuites", {"name": "ddconf test", **_totals(reports)})
    for report in reports:
        suite = ElementTree.SubElement(
            root, "testsuite", {"name": _clean(report.suite.name), **_totals([report])}
        )
        for case, verdict in report.rows():
            _add(suite, report, case, verdict)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode")


def _add(suite: ElementTree.Element, report: Report, case: Case, verdict: Verdict) -> None:
    shown = {
        "classname": _clean(report.suite.name),
        "name": _clean(case.name),
        "time": f"{verdict.seconds:.6f}",
    }
    if case.source:
        shown |= {"file": case.source.file, "line": str(case.source.line)}
    test = ElementTree.SubElement(suite, "testcase", shown)
    text = _clean(message(report, verdict))
    if verdict.status is CaseStatus.FAILED:
        failure = ElementTree.SubElement(test, "failure", message=text.split("\n", 1)[0])
        failure.text = text
    elif verdict.status is CaseStatus.SKIPPED:
        ElementTree.SubElement(test, "skipped", message=text)


def _totals(reports: Sequence[Report]) -> dict[str, str]:
    counted = counts(reports)
    seconds = sum(verdict.seconds for report in reports for verdict in report.verdicts)
    return {
        "tests": str(sum(counted.values())),
        "failures": str(counted[CaseStatus.FAILED]),
        "skipped": str(counted[CaseStatus.SKIPPED]),
        "time": f"{seconds:.6f}",
    }


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
