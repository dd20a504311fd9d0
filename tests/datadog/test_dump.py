"""Facets from a saved answer of the web interface."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ddconf.datadog.facets.dump import read_facets
from ddconf.errors import DdconfError
from ddconf.kind import find_kind

KIND = find_kind("logs_facet")


def test_a_dump_gives_live_facets(tmp_path: Path) -> None:
    facet = {"id": "log_a", "path": "a", "source": "log", "name": "A", "editable": True}
    file = tmp_path / "facets.json"
    file.write_text(json.dumps({"facets": {"logs": [facet]}}))
    assert [(live.kind, live.id, live.document) for live in read_facets(KIND, file)] == [
        ("logs_facet", "log_a", facet)
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("not json", "is not valid JSON"),
        ("[" * 100_000, "is not valid JSON"),
        ("{}", "is not a saved list"),
        ('{"facets": {"logs": [1]}}', "is not a saved list"),
        ('{"facets": {"logs": [{"path": "a"}]}}', "is not a saved list"),
    ],
)
def test_a_file_that_is_no_dump_is_told_with_the_way_to_make_one(
    tmp_path: Path, text: str, message: str
) -> None:
    file = tmp_path / "facets.json"
    file.write_text(text)
    with pytest.raises(DdconfError) as caught:
        read_facets(KIND, file)
    assert message in str(caught.value)
    assert "/api/ui/event-platform/logs/facets" in str(caught.value)


def test_a_missing_dump_is_told(tmp_path: Path) -> None:
    with pytest.raises(DdconfError, match="cannot read"):
        read_facets(KIND, tmp_path / "absent.json")
