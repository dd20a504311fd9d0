"""Secrets of every kind: none is left out of the tables, and none is in a plan or in the state."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from ddconf.address import Address
from ddconf.datadog.schema.client_library import SCHEMAS
from ddconf.definitions.definition import Definition
from ddconf.document import Document, copy, parse_path
from ddconf.document import Path as Place
from ddconf.kind import Kind, Live, find_kind, kind_names
from ddconf.plans.comparison import as_recorded
from ddconf.plans.planner import DesiredConfiguration, PlanContext, make_plan
from ddconf.plans.precondition import view_of
from ddconf.plans.redact import redact
from ddconf.render import json as as_json
from ddconf.render import markdown, text
from ddconf.state.model import Entry, State
from ddconf.state.serialization import write_state
from tests.kinds import samples

CANARY = "canary-3f9a"
SECRET = re.compile(
    r"(password|secret|token|private_?key|(api|app|access)_?key|credential|passphrase)s?$", re.I
)
NO_SECRETS = re.compile(
    "|".join(
        (
            r"access_?key(_id)?$",  # the public half of a pair
            r"\.accessKey$",
            r"\.(password|token|client_secret|app_key|api_key|api_key_key)_key$",  # names of others
            r"\.field\.secret$",
            "valid_tokens|path_to_token",
            r"^(shared_dashboard|secure_embed_dashboard)\.",  # what a link shows to all
            r"^integration_confluent_account\.api_key$",
            "is_secret$",
        )
    )
)
"""Fields with such a name that hold none; a container counts by what is in it."""


def fields(
    schema: Document, definitions: Document, at: str = "", above: tuple[str, ...] = ()
) -> Iterator[str]:
    """Every text field of a schema, as `a.b[*].c`."""
    if name := schema.get("$ref", "").rpartition("/")[2]:
        if name not in above:
            yield from fields(definitions[name], definitions, at, (*above, name))
        return
    for choice in (*schema.get("oneOf", ()), *schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from fields(choice, definitions, at, above)
    for key, below in schema.get("properties", {}).items():
        yield from fields(below, definitions, f"{at}.{key}".lstrip("."), above)
    if isinstance(schema.get("items"), dict):
        yield from fields(schema["items"], definitions, f"{at}[*]", above)
    if schema.get("type") == "string":
        yield at


def covered(kind: Kind, path: str) -> bool:
    return any(path == secret or path.startswith((f"{secret}.", f"{secret}[")) for secret in kind.secrets)


@pytest.mark.parametrize("name", kind_names())
def test_a_field_with_the_name_of_a_secret_is_one(name: str) -> None:
    file, kind = SCHEMAS / f"{name}.json", find_kind(name)
    schema = json.loads(file.read_text()) if file.is_file() else {}
    open_ = {
        path
        for path in fields(schema, schema.get("$defs", {}))
        if SECRET.search(path) and not NO_SECRETS.search(f"{name}.{path}") and not covered(kind, path)
    }
    assert sorted(open_ - {*kind.read_only}) == []


def planted(document: Document, path: Place) -> Document:
    """The document with the canary at a path, and whatever it needs above it."""
    node: Any = copy(document)
    root = node
    for step, following in zip(path, (*path[1:], None), strict=True):
        fresh: Any = CANARY if following is None else [] if following == "*" else {}
        if step == "*":
            if following is None or not node or not isinstance(node[0], dict | list):
                node[:] = [fresh]
            node = node[0]
        else:
            if following is None or not isinstance(node.get(step), dict | list):
                node[step] = fresh
            node = node[step]
    return root


@pytest.mark.parametrize("name", [name for name in kind_names() if find_kind(name).secrets])
def test_a_secret_that_stands_in_a_definition_is_in_no_plan_and_no_state(name: str) -> None:
    kind = find_kind(name)
    for pattern in kind.secrets:
        document = planted(samples.sample(name), parse_path(pattern))
        assert CANARY in json.dumps(document)
        for live in ([], [Live(name, "1", samples.sample(name))]):
            address = Address(name, "it")
            entries = {address: Entry("1", {"x": 1}, {"x": 1})} if live else {}
            plan = make_plan(
                DesiredConfiguration({address: Definition(address, document)}),
                {name: live},
                State("0" * 32, "here", entries=entries),
                PlanContext(find_kind, lambda _name: "", "here", "2026-01-01T00:00:00+00:00"),
            )
            told = redact(plan, find_kind)
            shown = [render(told) for render in (text.render, markdown.render, as_json.render)]
            assert CANARY not in "".join(shown), (pattern, shown)
            (change,) = plan.changes or (None,)
            if change is None:
                continue
            applied, observed = as_recorded(view_of(kind, change, b"key"), document, document)
            state = State("0" * 32, "here", entries={address: Entry("1", applied, observed)})
            assert CANARY not in write_state(state).decode(), pattern
