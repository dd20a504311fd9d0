"""A live document as a person would write it."""

from __future__ import annotations

from dataclasses import replace

from ddconf.address import Address
from ddconf.kind import Kind, Live, find_kind
from ddconf.operations.present import addresses_for, name_for, present

KIND = replace(find_kind("monitor"), defaults={"priority": None, "options.notify_audit": False})


def live(id_: str, name: str) -> Live:
    return Live("monitor", id_, {"id": int(id_), "name": name})


def test_what_the_server_owns_or_fills_in_is_left_out_and_unknown_fields_stay() -> None:
    document = {
        "id": 1,
        "name": "CPU",
        "created": "2026-01-01",
        "options": {"notify_audit": False},
        "tags": [],
        "shiny": {"new": [None, {}]},
    }
    assert present(KIND, document, {}) == {"name": "CPU", "shiny": {"new": [None, {}]}}


def test_what_names_an_object_comes_first() -> None:
    document = {"tags": ["a"], "message": "m", "name": "CPU", "query": "q"}
    assert list(present(KIND, document, {})) == ["name", "tags", "message", "query"]


def test_ids_become_references_and_literal_braces_are_escaped() -> None:
    kind = Kind(name="service_level_objective", api=None, references={"monitor_ids[*]": "monitor"})
    document = {"monitor_ids": [7, 8], "name": "costs ${x}"}
    shown = present(kind, document, {("monitor", "7"): Address("monitor", "cpu")})
    assert shown == {"monitor_ids": ["${monitor.cpu}", 8], "name": "costs $${x}"}


def test_a_name_is_made_of_the_natural_key() -> None:
    assert name_for(KIND, live("1", "CPU is high on {{host.name}}!")) == "cpu_is_high_on_host_name"
    assert name_for(KIND, live("1", "Größe")) == "grosse" or name_for(KIND, live("1", "Größe")) == "groe"
    assert name_for(KIND, live("12", "監視")) == "monitor_12"


def test_equal_names_are_numbered_by_id_and_known_objects_keep_theirs() -> None:
    items = [live("3", "CPU"), live("1", "CPU"), live("2", "CPU")]
    taken = {("monitor", "2"): Address("monitor", "cpu")}
    assert {id_: address.name for id_, address in addresses_for(KIND, items, taken).items()} == {
        "1": "cpu_2",
        "2": "cpu",
        "3": "cpu_3",
    }
