"""What an export calls the objects of an organisation."""

from __future__ import annotations

from ddconf.address import Address
from ddconf.definitions.references import Reference
from ddconf.kind import Live, find_kind
from ddconf.operations.export.names import kinds_listed_for_names, name_all, names_of, unreferenced_kinds

USERS = [
    Live("user", "u1", {"id": "u1", "email": "a@b.c"}),
    Live("user", "u2", {"id": "u2", "email": "d@e.f"}),
]


def test_what_nobody_else_can_be_called_is_looked_up_by_its_key() -> None:
    names = names_of({("user", "u1"): Address("user", "a")}, {"user": USERS}, find_kind)
    assert names.ids == {
        ("user", "u1"): Address("user", "a"),
        ("user", "u2"): Reference("user", "", key="d@e.f"),
    }


def test_what_others_may_be_called_too_is_not() -> None:
    monitors = [
        Live("monitor", "1", {"id": 1, "name": "CPU", "type": "query alert"}),
        Live("monitor", "2", {"id": 2, "name": "Home", "type": "synthetics alert"}),
        Live("monitor", "3", {"id": 3, "name": "Login", "type": "synthetics alert"}),
        Live("monitor", "4", {"id": 4, "name": "Login", "type": "synthetics alert"}),
    ]
    ids = names_of({}, {"monitor": monitors}, find_kind).ids
    assert ids == {("monitor", "2"): Reference("monitor", "", key="Home")}


def test_the_monitor_of_a_test_is_called_by_the_test() -> None:
    test = Live("synthetics_api_test", "abc", {"public_id": "abc", "name": "Home", "monitor_id": 7})
    addresses = {("synthetics_api_test", "abc"): Address("synthetics_api_test", "home")}
    monitor = Live("monitor", "7", {"id": 7, "name": "Home", "type": "synthetics alert"})
    live = {"synthetics_api_test": [test], "monitor": [monitor]}
    assert (
        str(names_of(addresses, live, find_kind).ids["monitor", "7"]) == "synthetics_api_test.home.monitor_id"
    )


def test_a_team_is_called_by_its_handles() -> None:
    team = Live("team", "t", {"id": "t", "handle": "net", "name": "Net"})
    names = names_of({("team", "t"): Address("team", "net")}, {"team": [team]}, find_kind)
    assert names.handles == {
        "@team-net": "@team-${team.net.handle}",
        "@oncall-net": "@oncall-${team.net.handle}",
    }
    assert str(names.ids["team.handle", "net"]) == "team.net.handle"


def test_names_are_made_after_the_names_that_are_in_them() -> None:
    roles = [Live("role", "r", {"id": "r", "name": "Datadog Admin Role"})]
    links = [Live("user_role", "r/u1", {"role_id": "r", "id": "u1"})]
    live = {"role": roles, "user": USERS, "user_role": links}
    addresses = name_all({"user_role": links, "user": USERS}, live, find_kind, {})
    assert addresses["user_role", "r/u1"].name == "datadog_admin_role_a_b_c"


def test_only_kinds_with_names_of_their_own_are_read_beside_those_that_refer_to_them() -> None:
    assert kinds_listed_for_names(["role"]) == {"permission"}
    assert "monitor" in kinds_listed_for_names(["service_level_objective"])
    assert kinds_listed_for_names(["role", "permission"]) == set()


def test_kinds_that_nobody_names_have_no_reference_handle_or_field_of_use() -> None:
    assert {"team_membership", "team_link", "user_role"} <= unreferenced_kinds()
    assert unreferenced_kinds().isdisjoint({"monitor", "webhook", "on_call_user_notification_channel"})
    assert "synthetics_suite" not in unreferenced_kinds()  # its monitor is written as a field of it
