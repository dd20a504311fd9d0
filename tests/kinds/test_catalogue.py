"""The kinds held against a catalogue of what the API can read and write, where that is at hand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ddconf.kind import find_kind, kind_names
from tests.conftest import ROOT

VERBS = {"create": "create", "update": "update", "delete": "delete"}


@pytest.fixture(scope="module")
def catalogue(corpus: Path) -> dict[str, dict[str, Any]]:
    entries = json.loads((corpus / "kinds.json").read_text(encoding="utf-8"))
    return {entry["kind"]: entry for entry in (entries if isinstance(entries, list) else entries["kinds"])}


def test_every_catalogued_kind_is_here_or_left_out_for_a_reason(catalogue: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "kinds-left-out.md").read_text(encoding="utf-8")
    missing = set(catalogue) - set(kind_names())
    assert missing <= set(re.findall(r"`(\w+)`", page))
    assert {catalogue[name]["tier"] for name in missing} == {3}


def test_a_kind_is_of_the_tier_and_under_the_names_of_terraform_that_the_catalogue_says(
    catalogue: dict[str, Any],
) -> None:
    for name in set(kind_names()) & set(catalogue):
        kind, entry = find_kind(name), catalogue[name]
        assert kind.tier == entry["tier"], name
        assert set(kind.terraform) <= set(entry.get("terraform_resource") or ()), name


def test_a_kind_has_the_writes_that_the_catalogue_says(catalogue: dict[str, Any]) -> None:
    """But where one write does two things, and for an account that is switched off instead of deleted."""
    differing = {}
    for name in set(kind_names()) & set(catalogue):
        api, entry = find_kind(name).api, catalogue[name]
        assert api is not None
        ours = {ours for ours in VERBS if getattr(api, ours)}
        theirs = {ours for ours, verb in VERBS.items() if entry.get(verb)}
        if ours != theirs:
            differing[name] = (sorted(ours - theirs), sorted(theirs - ours))
    assert differing == {
        "app_key_registration": (["create"], ["update"]),
        "integration_statuspage_account": ([], ["delete"]),
        "on_call_team_routing_rules": (["create"], []),
        "team_sync": (["create"], []),
    }
