"""A secret in any place that a kind has for one is nowhere but in the request."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ddconf.document import copy, find, get, parse_path, put
from ddconf.kind import find_kind, kind_names
from tests.e2e.conftest import Desk
from tests.e2e.test_kinds import UNTOLD, is_written
from tests.e2e.test_secrets import SECRET, files_with
from tests.kinds import samples

CANARY = "canary5d41402abc4b2a76"


def with_secrets(name: str) -> tuple[dict[str, Any], int]:
    """Definitions of a kind with a secret in each of its secret fields, and how many these are."""
    wanted = copy(samples.definitions(name))
    document, number = wanted[name]["it"], 0
    for pattern in find_kind(name).secrets:
        places = list(find(document, parse_path(pattern)))
        if not places and "*" not in pattern and name not in SHAPED:
            places = [parse_path(pattern)]
        for path in places:
            if isinstance(get(document, path), str | None):
                put(document, path, SECRET)
                number += 1
    return wanted, number


SHAPED = ("security_entity_context_sync", "synthetics_global_variable")
"""Kinds of whose secrets one excludes the other."""
KINDS = [
    name
    for name in kind_names()
    if is_written(find_kind(name)) and name not in UNTOLD and with_secrets(name)[1]
]


def test_nearly_every_kind_with_secrets_is_tried() -> None:
    assert len(KINDS) >= 24


@pytest.mark.parametrize("name", KINDS)
def test_a_secret_of_any_kind_is_in_no_output_and_in_no_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("DDCONF_SECRET_CANARY", CANARY)
    wanted, _ = with_secrets(name)
    opt_in = [one for one in wanted if find_kind(one).opt_in]
    desk.write("ddconf.yaml", f"allow_writes: {json.dumps(opt_in)}\n")
    desk.write("all.json", json.dumps(wanted))
    plan = str(desk.folder / "plan.json")
    for command in (
        ("plan", "--debug", "--out", plan),
        ("show", plan),
        ("apply", plan, "--debug"),
        ("plan", "--debug"),
        ("state", "show", f"{name}.it"),
        ("drift", "--debug"),
    ):
        ran = desk.ddconf(*command)
        assert ran.code == 0, (command, ran.out, ran.err)
        assert CANARY not in ran.out + ran.err, command
    assert files_with(desk, CANARY) == []
