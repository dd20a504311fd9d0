"""Every resource of Terraform's provider is a kind here, or is told of with the reason why not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ddconf.kind import find_kind, kind_names
from tests.conftest import ROOT

RESOURCES = (Path(__file__).parent / "terraform.txt").read_text(encoding="utf-8").split()
"""The resources of DataDog/datadog 4.19.0."""
LEFT_OUT = set(
    re.findall(r"`(datadog_\w+)`", (ROOT / "docs" / "kinds-left-out.md").read_text(encoding="utf-8"))
)
OURS = {resource for name in kind_names() for resource in find_kind(name).terraform}


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_resource_is_a_kind_or_left_out_for_a_reason(resource: str) -> None:
    assert (resource in OURS) != (resource in LEFT_OUT)


def test_no_kind_names_a_resource_that_there_is_not() -> None:
    assert not (OURS | LEFT_OUT) - set(RESOURCES)


def test_what_is_left_out_is_no_kind() -> None:
    page = (ROOT / "docs" / "kinds-left-out.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines()[2:]]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert not named & set(kind_names())
