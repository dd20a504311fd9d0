"""What keeps a person from harm: limits, protection, moves, selection, and one text for many objects."""

from __future__ import annotations

import json

from tests.e2e import thirty
from tests.e2e.conftest import Desk


def monitors(desk: Desk, *numbers: int, **options: object) -> None:
    definitions = {f"m{number}": {**thirty.monitor(number, "x"), **options} for number in numbers}
    desk.write("all.json", json.dumps({"monitor": definitions}))


def names(desk: Desk) -> set[str]:
    return {item["name"] for item in desk.api("GET", "/api/v1/monitor")}


def test_too_many_deletes_are_refused_until_their_number_is_named(desk: Desk) -> None:
    monitors(desk, *range(20))
    desk.done("apply", "--auto-approve")
    monitors(desk, *range(8))
    refused = desk.ddconf("apply", "--auto-approve")
    assert refused.code == 3
    assert "--allow-deletes=12" in refused.err and "12 of 20" in refused.err and "monitor.m8" in refused.err
    assert len(names(desk)) == 20
    assert desk.ddconf("apply", "--auto-approve", "--allow-deletes=11").code == 3
    desk.done("apply", "--auto-approve", "--allow-deletes=12")
    assert len(names(desk)) == 8


def test_protection_survives_the_removal_of_the_file(desk: Desk) -> None:
    monitors(desk, 1, ddconf={"protect": True})
    desk.done("apply", "--auto-approve")
    (desk.folder / "all.json").unlink()
    refused = desk.ddconf("apply", "--auto-approve")
    assert refused.code == 3 and "protected" in refused.err
    assert desk.ddconf("destroy", "--auto-approve").code == 3
    assert names(desk) == {"CPU 1"}


def test_a_refused_plan_does_not_say_how_to_apply_it(desk: Desk) -> None:
    monitors(desk, 1, ddconf={"protect": True})
    desk.done("apply", "--auto-approve")
    (desk.folder / "all.json").unlink()
    refused = desk.ddconf("plan")
    assert (refused.code, "ddconf apply" in refused.out) == (3, False)


def test_an_index_is_deleted_or_renamed_only_by_name(desk: Desk) -> None:
    index = {"name": "web", "filter": {"query": "source:web"}, "num_retention_days": 15}
    desk.write("all.json", json.dumps({"logs_index": {"web": index}}))
    desk.done("apply", "--auto-approve")
    desk.write("all.json", json.dumps({"logs_index": {"web": {**index, "name": "other"}}}))
    renamed = desk.ddconf("apply", "--auto-approve")
    assert renamed.code == 3
    assert "irreversibly" in renamed.err and "--allow-irreversible=logs_index.web" in renamed.err
    desk.write("all.json", json.dumps({"logs_index": {}}))
    assert desk.ddconf("apply", "--auto-approve", "--allow-deletes=1").code == 3
    desk.done("apply", "--auto-approve", "--allow-irreversible=logs_index.web")
    assert [item["name"] for item in desk.api("GET", "/api/v1/logs/config/indexes")["indexes"]] == ["main"]


def test_a_moved_definition_keeps_its_object_and_a_removed_one_stays_live(desk: Desk) -> None:
    monitors(desk, 1, 2)
    desk.done("apply", "--auto-approve")
    ids = {item["name"]: item["id"] for item in desk.api("GET", "/api/v1/monitor")}
    definitions = {
        "monitor": {"new": thirty.monitor(1, "x")},
        "moved": [{"from": "monitor.m1", "to": "monitor.new"}],
        "removed": ["monitor.m2"],
    }
    desk.write("all.json", json.dumps(definitions))
    desk.done("apply", "--auto-approve")
    assert {item["name"]: item["id"] for item in desk.api("GET", "/api/v1/monitor")} == ids
    assert desk.done("state", "list").split() == ["monitor.new"]
    assert "No changes." in desk.done("plan")


def test_a_new_name_in_the_yaml_is_a_rename_and_no_twin(desk: Desk) -> None:
    monitors(desk, 1)
    desk.done("apply", "--auto-approve")
    desk.write("all.json", json.dumps({"monitor": {"other": thirty.monitor(1, "x")}}))
    desk.done("apply", "--auto-approve")
    assert len(desk.api("GET", "/api/v1/monitor")) == 1
    assert desk.done("state", "list").split() == ["monitor.other"]


def test_targets_take_what_they_need_and_excludes_leave_what_needs_them(desk: Desk) -> None:
    slo = {
        "name": "Up",
        "type": "monitor",
        "monitor_ids": ["${monitor.m1}"],
        "thresholds": [{"timeframe": "30d", "target": 99.0}],
    }
    both = {f"m{number}": thirty.monitor(number, "x") for number in (1, 2)}
    desk.write("all.json", json.dumps({"monitor": both, "service_level_objective": {"up": slo}}))
    assert "2 to add" in desk.done("plan", "-target=service_level_objective.up")
    assert "1 to add" in desk.done("plan", "-exclude=monitor.m1")
    unknown = desk.ddconf("plan", "-target=monitor.m3")
    assert unknown.code == 1 and "monitor.m3" in unknown.err


def test_one_text_serves_many_services(desk: Desk) -> None:
    desk.write(
        "many.yaml",
        """\
        monitor:
          latency:
            for_each: {checkout: 100, search: 200}
            name: Latency of ${each.key}
            type: query alert
            query: avg(last_5m):avg:latency{service:${each.key}} > ${each.value}
            message: slow
            options: {thresholds: {critical: "${each.value}"}}
        """,
    )
    desk.done("apply", "--auto-approve")
    assert names(desk) == {"Latency of checkout", "Latency of search"}
    assert desk.done("state", "list").split() == ["monitor.latency[checkout]", "monitor.latency[search]"]
    assert "No changes." in desk.done("plan")


def test_drift_shows_another_hand_and_a_refresh_takes_note(desk: Desk) -> None:
    monitors(desk, 1)
    desk.done("apply", "--auto-approve")
    (monitor,) = desk.api("GET", "/api/v1/monitor")
    assert desk.ddconf("drift", "--detailed-exitcode").code == 0
    desk.api("PUT", f"/api/v1/monitor/{monitor['id']}", {"message": "by hand"})
    drifted = desk.ddconf("drift", "--detailed-exitcode")
    assert drifted.code == 2 and "by hand" in drifted.out
    assert "changed outside ddconf" in desk.done("plan")
    desk.done("apply", "--refresh-only", "--auto-approve")
    assert desk.ddconf("drift", "--detailed-exitcode").code == 0
    assert desk.api("GET", "/api/v1/monitor")[0]["message"] == "by hand"
    assert desk.ddconf("plan", "--detailed-exitcode").code == 2


def test_nothing_is_deleted_that_ddconf_does_not_own(desk: Desk) -> None:
    desk.api("POST", "/api/v1/monitor", thirty.monitor(77, "theirs"))
    monitors(desk, 1)
    desk.done("apply", "--auto-approve")
    desk.write("all.json", json.dumps({"monitor": {}}))
    desk.done("apply", "--auto-approve", "--allow-deletes=1")
    assert names(desk) == {"CPU 77"}
