"""What Datadog accepted is no error: every recorded create held against the schema of its kind."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from ddconf.datadog.schema.schema import check
from ddconf.errors import Severity
from ddconf.kind import Kind
from tests.conformance.comparing import accepted_creates

Json = Any


def run(corpus: Path) -> list[dict[str, Any]]:
    """A report per family; a failure is the exchange and what the schema says against it."""
    totals: dict[str, int] = defaultdict(int)
    failures: dict[str, list[dict[str, str]]] = defaultdict(list)
    for exchange, kind, document in accepted_creates(corpus):
        totals[exchange["family"]] += 1
        if wrong := _errors(kind, document):
            where = f"{exchange['source']}/{exchange['test']}#{exchange['seq']}"
            failures[exchange["family"]].append({"name": where, "difference": wrong})
    return [
        {
            "set": f"schema:{family}",
            "total": total,
            "passed": total - len(failures[family]),
            "failures": failures[family],
        }
        for family, total in sorted(totals.items())
    ]


def _errors(kind: Kind, document: Json) -> str:
    try:
        findings = [finding for finding in check(kind, document) if finding.severity is Severity.ERROR]
    except Exception as error:  # a defect of ddconf is what is measured here
        return repr(error)
    return "; ".join(finding.message for finding in findings)
