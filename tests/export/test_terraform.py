"""What Terraform manages, read from states and plans in the shapes that Terraform writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ddconf.address import Address
from ddconf.errors import DdconfError
from ddconf.operations.export.terraform import TerraformResources, read

HEAD = {"format_version": "1.0", "terraform_version": "1.9.8"}


def resource(address: str, id_: object = "1", **more: Any) -> dict[str, Any]:
    """One of `terraform show -json`, with what stands beside the id there."""
    rest = address.rpartition("datadog_")[2]
    type_, name = f"datadog_{rest}".split("[")[0].split(".")
    return {
        "address": address,
        "mode": "managed",
        "type": type_,
        "name": name,
        "provider_name": "registry.terraform.io/datadog/datadog",
        "schema_version": 0,
        "values": {"id": id_, "name": "n", "tags": None},
        "sensitive_values": {"tags": []},
        **more,
    }


def state(*resources: dict[str, Any], **modules: list[dict[str, Any]]) -> dict[str, Any]:
    children = [{"address": f"module.{name}", "resources": found} for name, found in modules.items()]
    return {**HEAD, "values": {"root_module": {"resources": [*resources], "child_modules": children}}}


def managed(tmp_path: Path, shown: Any) -> TerraformResources:
    file = tmp_path / "state.json"
    file.write_text(json.dumps(shown), encoding="utf-8")
    return read(file)


def named(tmp_path: Path, shown: Any) -> dict[tuple[str, str], str]:
    return {one: str(address) for one, address in managed(tmp_path, shown).named.items()}


def test_names_come_from_addresses_with_their_modules_indexes_and_keys(tmp_path: Path) -> None:
    shown = state(
        resource("datadog_monitor.cpu", "1"),
        resource("datadog_monitor.disk[0]", "2", index=0),
        resource('datadog_monitor.mem["eu-west/1.a"]', "3", index="eu-west/1.a"),
        resource("datadog_monitor.CPU", "4"),
        web=[
            resource("module.web.datadog_monitor.cpu", "5"),
            resource('module.web.module.api["x"].datadog_monitor.cpu[1]', "6", index=1),
        ],
    )
    assert named(tmp_path, shown) == {
        ("monitor", "1"): "monitor.cpu",
        ("monitor", "2"): "monitor.disk_0",
        ("monitor", "3"): "monitor.mem_eu_west_1_a",
        ("monitor", "4"): "monitor.cpu_2",
        ("monitor", "5"): "monitor.web_cpu",
        ("monitor", "6"): "monitor.web_api_x_cpu_1",
    }


def test_modules_in_modules_are_looked_into(tmp_path: Path) -> None:
    inner = {"address": "module.a.module.b", "resources": [resource("module.a.module.b.datadog_team.x", "t")]}
    shown = {**HEAD, "values": {"root_module": {"child_modules": [{"child_modules": [inner]}]}}}
    assert named(tmp_path, shown) == {("team", "t"): "team.a_b_x"}


def test_what_is_only_read_or_of_others_or_deposed_is_passed_over(tmp_path: Path) -> None:
    shown = state(
        resource("datadog_role.admin", mode="data"),
        resource("datadog_monitor.old", deposed_key="0f9a3c2d"),
        {"address": "aws_instance.x", "mode": "managed", "type": "aws_instance", "values": {"id": "i-1"}},
        {"address": "null_resource.x", "mode": "managed", "type": "null_resource", "values": {"id": "7"}},
    )
    found = managed(tmp_path, shown)
    assert (found.resources, found.left) == ({}, ())


def test_what_has_no_kind_or_no_id_is_told_with_the_reason(tmp_path: Path) -> None:
    shown = state(
        resource("datadog_cloud_inventory_sync_config.x"), resource("datadog_monitor.new", id_=None)
    )
    assert [one.message for one in managed(tmp_path, shown).left] == [
        "datadog_cloud_inventory_sync_config.x: no kind is as datadog_cloud_inventory_sync_config",
        "datadog_monitor.new: it has no id",
    ]


def test_ids_of_several_parts_are_written_as_they_are_here(tmp_path: Path) -> None:
    shown = state(
        resource("datadog_user_role.jane", "role-1:user-1"),
        resource("datadog_team_link.docs", "team-1:link-1"),
        resource("datadog_restriction_policy.web", "dashboard:abc-def-ghi"),
        resource("datadog_logs_pipeline_order.order", "the-order"),
    )
    assert named(tmp_path, shown) == {
        ("user_role", "role-1:user-1"): "user_role.jane",
        ("user_role", "role-1/user-1"): "user_role.jane",
        ("team_link", "team-1:link-1"): "team_link.docs",
        ("team_link", "link-1"): "team_link.docs",
        ("restriction_policy", "dashboard:abc-def-ghi"): "restriction_policy.web",
        ("logs_pipeline_order", ""): "logs_pipeline_order.order",
    }


def test_a_plan_has_what_its_state_before_had(tmp_path: Path) -> None:
    before = state(resource("datadog_monitor.cpu", "1"))
    shown = {
        **HEAD,
        "planned_values": state(resource("datadog_monitor.new"))["values"],
        "prior_state": before,
    }
    assert named(tmp_path, shown) == {("monitor", "1"): "monitor.cpu"}
    assert named(tmp_path, {**HEAD, "prior_state": HEAD, "planned_values": {}}) == {}


def test_a_first_plan_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(DdconfError, match="has no state before it"):
        managed(tmp_path, {**HEAD, "planned_values": {"root_module": {}}})


def test_a_state_file_itself_is_read_too(tmp_path: Path) -> None:
    def stored(name: str, *instances: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {"mode": "managed", "type": "datadog_monitor", "name": name, "instances": [*instances], **more}

    shown = {
        "version": 4,
        "terraform_version": "1.9.8",
        "serial": 3,
        "lineage": "x",
        "outputs": {},
        "resources": [
            stored("cpu", {"attributes": {"id": "1"}}),
            stored("disk", {"index_key": 0, "attributes": {"id": "2"}}, module="module.web"),
            stored(
                "mem",
                {"index_key": "a", "attributes": {"id": "3"}},
                {"deposed": "0f", "attributes": {"id": "4"}},
            ),
            {**stored("all", {"attributes": {"id": "5"}}), "mode": "data"},
        ],
    }
    assert named(tmp_path, shown) == {
        ("monitor", "1"): "monitor.cpu",
        ("monitor", "2"): "monitor.web_disk_0",
        ("monitor", "3"): "monitor.mem_a",
    }


def test_a_state_without_anything_and_one_in_utf_16_are_fine(tmp_path: Path) -> None:
    assert managed(tmp_path, HEAD).resources == {}
    file = tmp_path / "windows.json"
    file.write_text(json.dumps(state(resource("datadog_monitor.cpu", "1"))), encoding="utf-16")
    assert str(read(file).named["monitor", "1"]) == "monitor.cpu"


@pytest.mark.parametrize("text", ["", "{", "[]", "1", "{}", '{"a": 1}', "\x00", '{"resources": []}'])
def test_anything_else_is_refused_in_words(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DdconfError):
        read(file)


@pytest.mark.parametrize(
    "shown",
    [
        {"values": 1},
        {"values": {"root_module": []}},
        {"values": {"root_module": {"resources": [1, None, {"mode": "managed", "type": 5}]}}},
        {"terraform_version": "1", "resources": [None, {"instances": [3]}]},
        {"prior_state": []},
    ],
)
def test_a_shape_of_another_make_has_nothing(tmp_path: Path, shown: Any) -> None:
    assert managed(tmp_path, shown).resources == {}


def test_a_resource_of_several_kinds_is_named_in_each(tmp_path: Path) -> None:
    found = managed(tmp_path, state(resource("datadog_synthetics_test.home", "abc-def-ghi")))
    (home,) = found.resources.values()
    assert ("synthetics_api_test", "abc-def-ghi") in home
    assert home["synthetics_browser_test", "abc-def-ghi"] == Address("synthetics_browser_test", "home")
