"""What Datadog publishes has no error, and no field of it is called unknown."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from ddconf.datadog.schema.schema import check
from ddconf.errors import Severity
from ddconf.kind import find_kind


@pytest.mark.parametrize("kind", ["dashboard", "monitor"])
def test_published_content_is_taken(kind: str, corpus: Path) -> None:
    with gzip.open(corpus / "content" / f"{kind}s.jsonl.gz", "rt", encoding="utf-8") as lines:
        documents = [json.loads(line)["document"] for line in lines]
    found = [
        finding
        for document in documents
        for finding in check(find_kind(kind), document.get("definition", document))
        if finding.severity is Severity.ERROR or finding.field
    ]
    assert found == []
