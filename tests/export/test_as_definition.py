"""A live document as a person would write it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ddconf.address import Address
from ddconf.kind import Kind, Live, find_kind
from ddconf.operations.export.as_definition import present
from ddconf.operations.export.names import addresses_for, name_for

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
    assert list(present(KIND, document, {})) == ["name", "query", "message", "tags"]


def test_samples_come_last_whatever_the_order_of_the_answer() -> None:
    parser = {
        "samples": ["a"],
        "grok": {"match_rules": "m"},
        "name": "P",
        "type": "grok-parser",
    }
    document = {"processors": [parser], "filter": {"query": "*"}, "name": "Shop", "is_enabled": True}
    shown = present(find_kind("logs_custom_pipeline"), document, {})
    assert list(shown) == ["name", "is_enabled", "filter", "processors"]
    assert list(shown["processors"][0])[:2] == ["name", "type"]
    assert list(shown["processors"][0])[-1] == "samples"


def test_a_long_name_is_cut_at_a_word() -> None:
    long = "Disk usage of the database servers in the second data centre is too high"
    assert name_for(KIND, live("1", long)) == "disk_usage_of_the_database_servers_in_the_second_data_centre"
    assert name_for(KIND, live("1", long.replace("centre", "centres"))).endswith("_second_data")
    assert name_for(KIND, live("1", "x" * 90)) == "x" * 60


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
    taken = {"2": Address("monitor", "cpu")}
    assert {id_: address.name for id_, address in addresses_for(KIND, items, {}, taken).items()} == {
        "1": "cpu_2",
        "2": "cpu",
        "3": "cpu_3",
    }


ADDRESSES = {
    ("monitor", "1234567"): Address("monitor", "a"),
    ("monitor", "7654321"): Address("monitor", "b"),
    ("service_level_objective", "0123456789abcdef0123456789abcdef"): Address("service_level_objective", "up"),
    ("role", "5a7d0c1e-0000-4000-8000-000000000001"): Address("role", "night"),
    ("dashboard", "abc-def-ghi"): Address("dashboard", "web"),
}


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("1234567 && !7654321", "${monitor.a} && !${monitor.b}"),
        ("(1234567||7654321) && 9999999", "(${monitor.a}||${monitor.b}) && 9999999"),
        ("avg(last_5m):sum:bytes{*} > 1234567", "avg(last_5m):sum:bytes{*} > 1234567"),
        (
            'error_budget("0123456789abcdef0123456789abcdef").over("7d") > 10',
            'error_budget("${service_level_objective.up}").over("7d") > 10',
        ),
        (
            'burn_rate("0123456789abcdef0123456789abcdef").over("7d").long_window("1h") > 9',
            'burn_rate("${service_level_objective.up}").over("7d").long_window("1h") > 9',
        ),
        ("logs(\"abc-def-ghi\").index('*') > 1", "logs(\"abc-def-ghi\").index('*') > 1"),
    ],
)
def test_ids_are_found_in_queries_and_thresholds_are_not(query: str, shown: str) -> None:
    assert present(KIND, {"name": "x", "query": query}, ADDRESSES)["query"] == shown


def test_ids_of_the_kinds_that_may_stand_there_are_found_in_principals() -> None:
    kind = find_kind("restriction_policy")
    principals = ["role:5a7d0c1e-0000-4000-8000-000000000001", "team:abc-def-ghi"]
    document = {"id": "dashboard:abc-def-ghi", "bindings": [{"relation": "viewer", "principals": principals}]}
    assert present(kind, document, ADDRESSES) == {
        "id": "dashboard:${dashboard.web}",
        "bindings": [{"relation": "viewer", "principals": ["role:${role.night}", "team:abc-def-ghi"]}],
    }


HANDLES = {"@webhook-pager": "@webhook-${webhook.pager}", "@team-net": "@team-${team.net.handle}"}


def test_handles_of_what_is_known_are_references_in_any_text() -> None:
    document = {
        "name": "x",
        "message": "{{#is_alert}}@webhook-pager, @team-net.{{/is_alert}} @webhook-other @team-networks "
        "a@team-net",
        "options": {"escalation_message": "@team-net"},
    }
    assert present(KIND, document, {}, HANDLES) == {
        "name": "x",
        "message": "{{#is_alert}}@webhook-${webhook.pager}, @team-${team.net.handle}.{{/is_alert}} "
        "@webhook-other @team-networks a@team-net",
        "options": {"escalation_message": "@team-${team.net.handle}"},
    }


def test_recipients_are_handles_without_their_sign() -> None:
    kind = find_kind("monitor_notification_rule")
    document = {"name": "x", "recipients": ["webhook-pager", "jane@example.com"]}
    assert present(kind, document, {}, HANDLES)["recipients"] == [
        "webhook-${webhook.pager}",
        "jane@example.com",
    ]


def test_what_a_create_would_do_without_is_left_out_wherever_it_stands() -> None:
    variable = {"name": "a", "available_values": [], "defaults": ["*"]}
    document = {
        "title": "T",
        "layout_type": "ordered",
        "widgets": [],
        "template_variables": [variable],
        "shiny": {"new": []},
    }
    assert present(find_kind("dashboard"), document, {}) == {
        "title": "T",
        "layout_type": "ordered",
        "template_variables": [{"name": "a", "defaults": ["*"]}],
        "widgets": [],
        "shiny": {"new": []},
    }


def test_the_main_target_of_an_objective_is_not_said_again() -> None:
    thresholds = [{"timeframe": "7d", "target": 99.9}]
    repeated = {"timeframe": "7d", "target_threshold": 99.9}
    shown = {"name": "S", "type": "monitor", "monitor_ids": [1], "thresholds": thresholds}
    kind = find_kind("service_level_objective")
    assert present(kind, {**shown, **repeated}, {}) == shown
    other = {**shown, "target_threshold": 95.0}
    assert present(kind, other, {})["target_threshold"] == 95


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("[b](/dashboard/abc-def-gh2)", "[b](/dashboard/${dashboard.b})"),
        ("https://app.datadoghq.eu/dashboard/abc-def-gh2/b?x=1", None),
        ("/monitors/123456 and /monitors/7", "/monitors/${monitor.cpu} and /monitors/7"),
        ("/dashboard/abc-def-gh1", "/dashboard/abc-def-gh1"),
    ],
)
def test_a_link_in_a_note_names_the_object_that_it_leads_to(text: str, written: str | None) -> None:
    ids = {
        ("dashboard", "abc-def-gh1"): Address("dashboard", "own"),
        ("dashboard", "abc-def-gh2"): Address("dashboard", "b"),
        ("monitor", "123456"): Address("monitor", "cpu"),
    }
    document = {
        "id": "abc-def-gh1",
        "title": "T",
        "widgets": [{"definition": {"type": "note", "content": text}}],
    }
    shown = present(find_kind("dashboard"), document, ids)
    wanted = text.replace("abc-def-gh2", "${dashboard.b}") if written is None else written
    assert shown["widgets"][0]["definition"]["content"] == wanted


def test_a_link_to_what_refers_back_stays() -> None:
    ids = {("dashboard", "abc-def-gh2"): Address("dashboard", "b")}
    document = {"name": "CPU", "query": "q", "message": "see /dashboard/abc-def-gh2"}
    assert present(find_kind("monitor"), document, ids)["message"] == "see /dashboard/abc-def-gh2"
