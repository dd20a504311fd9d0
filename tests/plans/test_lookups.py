"""Look-ups by natural key: what they find, and what is told where they find nothing."""

from __future__ import annotations

from ddconf.address import Address
from ddconf.definitions.definition import Definition
from ddconf.document import Document
from ddconf.kind import Live, find_kind
from ddconf.plans.lookups import lookup_kinds, resolve_lookups

USERS = [Live("user", "u1", {"id": "u1", "email": "jane@example.com"})]


def definition(kind: str, document: Document) -> Definition:
    return Definition(Address(kind, "it"), document)


def test_a_key_is_found_in_the_spelling_of_its_kind() -> None:
    one = definition("user_role", {"role_id": "r", "id": "${user[Jane@Example.com]}"})
    assert lookup_kinds([one]) == {"user"}
    found = resolve_lookups({one.address: one}, {"user": USERS}, find_kind)
    assert found.ids == {"user[Jane@Example.com]": "u1"}
    assert found.items == {one.address: one}
    assert found.told == ()


def test_what_is_there_twice_is_no_answer() -> None:
    one = definition("user_role", {"role_id": "r", "id": "${user[jane@example.com]}"})
    twice = [*USERS, Live("user", "u2", {"id": "u2", "email": "JANE@example.com"})]
    found = resolve_lookups({one.address: one}, {"user": twice}, find_kind)
    assert found.items == {}
    assert "2 live user are called 'jane@example.com': u1, u2" in found.told[0].message


def test_a_literal_is_no_look_up() -> None:
    one = definition("monitor", {"name": "a", "message": "$${user[a@b.c]} and ${secret.X}"})
    assert lookup_kinds([one]) == set()
    assert resolve_lookups({one.address: one}, {}, find_kind).told == ()


def test_an_order_does_without_what_is_not_there() -> None:
    ids = ["${logs_integration_pipeline[nginx]}", "p1", "${logs_integration_pipeline[redis]}"]
    one = definition("logs_pipeline_order", {"pipeline_ids": ids})
    nginx = Live("logs_integration_pipeline", "n", {"id": "n", "name": "nginx"})
    found = resolve_lookups({one.address: one}, {"logs_integration_pipeline": [nginx]}, find_kind)
    assert found.items[one.address].document == {"pipeline_ids": ids[:2]}
    assert [str(problem.severity) for problem in found.told] == ["warning"]
