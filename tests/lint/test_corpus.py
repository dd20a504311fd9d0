"""What the rules say of real dashboards, monitors and SLOs, each with the reason."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ddconf.address import Address
from ddconf.errors import Severity
from ddconf.lint import lint
from ddconf.lint.facts import Facts

KINDS = {"monitors": "monitor", "dashboards": "dashboard", "slos": "service_level_objective"}
EXPECTED = {
    "both-delays": "recorded monitors of a client's tests set both delays",
    "composite-unknown-id": "a recorded composite stands alone, without its monitors",
    "full-window-on-sparse": "a published monitor counts with a full window",
    "missing-evaluation-delay": "recorded monitors ask for aws metrics at once",
    "monitor-without-recipient": "published monitors leave recipients to whoever installs them",
    "no-data-too-early": "two recorded monitors have a timeframe below twice their window",
    "overlapping-widgets": "published dashboards whose widgets share cells, which Datadog then moves",
    "rollup-in-monitor": "published monitors roll up, and their first bucket is cut",
    "slo-without-alert": "an SLO stands alone, without the monitors around it",
    "undeclared-template-variable": "one published dashboard lost its variable: the widget is empty",
    "undefined-query": "recorded formulas of a client's tests name a query that is not there",
    "unknown-message-group": "one published monitor prints a group that it does not have",
    "unused-template-variable": "dashboards whose variable nothing uses",
}
"""The rules that find something, each with why it is right to speak."""


def documents(corpus: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each kind with a document."""
    for name in ("dashboards", "monitors"):
        for line in _lines(corpus / "content" / f"{name}.jsonl.gz"):
            yield KINDS[name], line["document"].get("definition", line["document"])
    for name, kind in KINDS.items():
        for line in _lines(corpus / "recorded" / f"{name}.jsonl.gz"):
            sent = line["method"] in ("POST", "PUT") and line["status"] == 200
            of_another = line["path"].endswith(("/validate", "/bulk_delete"))
            if sent and isinstance(line["request_body"], dict) and not of_another:
                yield kind, line["request_body"]


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def test_real_content_has_no_errors_and_no_finding_without_a_reason(corpus: Path) -> None:
    found = [
        finding
        for kind, document in documents(corpus)
        for finding in lint(Facts({Address(kind, "a"): document}))
    ]
    assert {finding.rule for finding in found} == set(EXPECTED)
    assert [finding.message for finding in found if finding.severity is Severity.ERROR] == []
