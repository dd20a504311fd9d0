"""The official client's typed classes against the socket, with its validation of answers on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from datadog_api_client import ApiClient, Configuration
from datadog_api_client.exceptions import ApiException
from datadog_api_client.v1.api.dashboard_lists_api import DashboardListsApi
from datadog_api_client.v1.api.dashboards_api import DashboardsApi
from datadog_api_client.v1.api.logs_indexes_api import LogsIndexesApi
from datadog_api_client.v1.api.logs_pipelines_api import LogsPipelinesApi
from datadog_api_client.v1.api.monitors_api import MonitorsApi
from datadog_api_client.v1.api.notebooks_api import NotebooksApi
from datadog_api_client.v1.api.service_level_objectives_api import ServiceLevelObjectivesApi
from datadog_api_client.v1.api.synthetics_api import SyntheticsApi
from datadog_api_client.v2.api.dashboard_lists_api import DashboardListsApi as MembersApi
from datadog_api_client.v2.api.downtimes_api import DowntimesApi
from datadog_api_client.v2.api.logs_archives_api import LogsArchivesApi
from datadog_api_client.v2.api.logs_custom_destinations_api import LogsCustomDestinationsApi
from datadog_api_client.v2.api.logs_metrics_api import LogsMetricsApi
from datadog_api_client.v2.api.logs_restriction_queries_api import LogsRestrictionQueriesApi
from datadog_api_client.v2.api.powerpack_api import PowerpackApi
from datadog_api_client.v2.api.roles_api import RolesApi
from datadog_api_client.v2.api.security_monitoring_api import SecurityMonitoringApi
from datadog_api_client.v2.api.sensitive_data_scanner_api import SensitiveDataScannerApi
from datadog_api_client.v2.api.spans_metrics_api import SpansMetricsApi
from datadog_api_client.v2.api.teams_api import TeamsApi
from datadog_api_client.v2.api.users_api import UsersApi

from ddconf.emulator.seed import plant
from tests.emulator.conftest import Api


@pytest.fixture
def client(api: Api, url: str) -> Iterator[ApiClient]:
    plant(api.app.store)
    configuration = Configuration(host=url, api_key={"apiKeyAuth": "k", "appKeyAuth": "a"})
    configuration.unstable_operations = _Everything()
    with ApiClient(configuration) as client:
        yield client


class _Everything(dict):
    """Every unstable operation is allowed."""

    def __contains__(self, _key: object) -> bool:
        return True

    def __getitem__(self, _key: object) -> bool:
        return True


def checked(answer: Any) -> Any:
    """An answer all of whose parts the models know: nothing was left unparsed."""
    assert not _unparsed(answer), answer
    return answer


def _unparsed(value: Any) -> bool:
    if getattr(value, "_unparsed", False):
        return True
    if isinstance(value, list):
        return any(_unparsed(item) for item in value)
    inner = getattr(value, "_data_store", None)
    return bool(inner) and any(_unparsed(item) for item in inner.values())


def missing(call: Any, *args: Any) -> int:
    with pytest.raises(ApiException) as error:
        call(*args)
    return int(error.value.status)


def test_pipelines(client: ApiClient) -> None:
    api = LogsPipelinesApi(client)
    processor = {
        "type": "grok-parser",
        "source": "message",
        "grok": {"match_rules": "a b", "support_rules": ""},
    }
    body = {"name": "p", "filter": {"query": "*"}, "processors": [processor], "is_enabled": True}
    made = checked(api.create_logs_pipeline(body))
    assert made.processors[0].samples == []
    assert made.id in [pipeline.id for pipeline in checked(api.list_logs_pipelines()).value]
    changed = checked(api.update_logs_pipeline(made.id, {"name": "q", "filter": {"query": "*"}}))
    assert checked(api.get_logs_pipeline(made.id)) == changed
    ids = list(checked(api.get_logs_pipeline_order()).pipeline_ids)
    order = {"pipeline_ids": list(reversed(ids))}
    assert list(checked(api.update_logs_pipeline_order(order)).pipeline_ids) == list(reversed(ids))
    api.delete_logs_pipeline(made.id)
    assert missing(api.get_logs_pipeline, made.id) == 400


def test_indexes(client: ApiClient) -> None:
    api = LogsIndexesApi(client)
    made = checked(api.create_logs_index({"name": "web", "filter": {"query": "*"}, "daily_limit": 5}))
    assert made.num_retention_days == 15
    changed = checked(api.update_logs_index("web", {"filter": {"query": "a"}, "disable_daily_limit": True}))
    assert changed.daily_limit is None
    assert {index.name for index in checked(api.list_log_indexes()).indexes} == {"main", "web"}
    checked(api.update_logs_index_order({"index_names": ["web", "main"]}))
    assert checked(api.get_logs_index_order()).index_names == ["web", "main"]
    api.delete_logs_index("web")
    assert missing(api.get_logs_index, "web") == 404


def test_archives(client: ApiClient) -> None:
    api = LogsArchivesApi(client)
    integration = {"account_id": "1", "role_name": "r"}
    destination = {"type": "s3", "bucket": "b", "integration": integration}
    attributes = {"name": "a", "query": "*", "destination": destination}
    body = {"data": {"type": "archives", "attributes": attributes}}
    made = checked(api.create_logs_archive(body)).data
    assert str(made.attributes.state) == "UNKNOWN"
    checked(api.update_logs_archive(made.id, body))
    assert len(checked(api.list_logs_archives()).data) == 1
    order = checked(api.get_logs_archive_order())
    assert checked(api.update_logs_archive_order(order)).data.attributes.archive_ids == [made.id]
    api.delete_logs_archive(made.id)
    assert missing(api.get_logs_archive, made.id) == 404


@pytest.mark.parametrize(("api_class", "kind"), [(LogsMetricsApi, "logs"), (SpansMetricsApi, "spans")])
def test_generated_metrics(client: ApiClient, api_class: Any, kind: str) -> None:
    api = api_class(client)

    def call(verb: str, many: str = "") -> Any:
        return getattr(api, f"{verb}_{kind}_metric{many}")

    attributes = {"compute": {"aggregation_type": "count"}, "group_by": [{"path": "@b"}, {"path": "@a"}]}
    made = checked(
        call("create")({"data": {"id": "a-b", "type": f"{kind}_metrics", "attributes": attributes}})
    )
    assert made.data.id == "a_b"
    patch = {"data": {"type": f"{kind}_metrics", "attributes": {"filter": {"query": "x"}}}}
    assert checked(call("update")("a_b", patch)).data.attributes.filter.query == "x"
    assert len(checked(call("list", "s")()).data) == 1
    assert checked(call("get")("a_b")).data.id == "a_b"
    call("delete")("a_b")
    assert missing(call("get"), "a_b") == 404


def test_custom_destinations(client: ApiClient) -> None:
    api = LogsCustomDestinationsApi(client)
    auth = {"type": "basic", "username": "u", "password": "p"}
    target = {"type": "http", "endpoint": "https://example.com", "auth": auth}
    body = {
        "data": {"type": "custom_destination", "attributes": {"name": "d", "forwarder_destination": target}}
    }
    made = checked(api.create_logs_custom_destination(body)).data
    patch = {"data": {"type": "custom_destination", "id": made.id, "attributes": {"enabled": False}}}
    assert checked(api.update_logs_custom_destination(made.id, patch)).data.attributes.enabled is False
    assert len(checked(api.list_logs_custom_destinations()).data) == 1
    checked(api.get_logs_custom_destination(made.id))
    api.delete_logs_custom_destination(made.id)
    assert missing(api.get_logs_custom_destination, made.id) == 404


def test_restriction_queries(client: ApiClient) -> None:
    api, roles = LogsRestrictionQueriesApi(client), RolesApi(client)
    role = checked(roles.list_roles()).data[0].id
    body = {"data": {"type": "logs_restriction_queries", "attributes": {"restriction_query": "a"}}}
    made = checked(api.create_restriction_query(body)).data
    api.add_role_to_restriction_query(made.id, {"data": {"type": "roles", "id": role}})
    assert checked(api.get_restriction_query(made.id)).data.relationships.roles.data[0].id == role
    assert len(checked(api.list_restriction_queries()).data) == 1
    checked(api.list_restriction_query_roles(made.id))
    api.remove_role_from_restriction_query(made.id, {"data": {"type": "roles", "id": role}})
    api.delete_restriction_query(made.id)
    assert missing(api.get_restriction_query, made.id) == 404


def test_dashboards(client: ApiClient) -> None:
    api = DashboardsApi(client)
    widget = {"definition": {"type": "note", "content": "c"}}
    body = {
        "title": "t",
        "layout_type": "ordered",
        "widgets": [widget],
        "notify_list": ["b@x.com", "a@x.com"],
    }
    made = checked(api.create_dashboard(body))
    assert checked(api.get_dashboard(made.id)).widgets[0].id == made.widgets[0].id
    assert checked(api.update_dashboard(made.id, body | {"title": "u"})).title == "u"
    assert [item.id for item in checked(api.list_dashboards()).dashboards] == [made.id]
    assert api.delete_dashboard(made.id).deleted_dashboard_id == made.id
    assert missing(api.get_dashboard, made.id) == 404
    api.restore_dashboards({"data": [{"id": made.id, "type": "dashboard"}]})
    checked(api.get_dashboard(made.id))


def test_dashboard_lists(client: ApiClient) -> None:
    api, members = DashboardListsApi(client), MembersApi(client)
    board = DashboardsApi(client).create_dashboard({"title": "t", "layout_type": "ordered", "widgets": []})
    made = checked(api.create_dashboard_list({"name": "l"}))
    body = {"dashboards": [{"id": board.id, "type": "custom_timeboard"}]}
    checked(members.create_dashboard_list_items(made.id, body))
    assert checked(members.get_dashboard_list_items(made.id)).total == 1
    assert checked(api.get_dashboard_list(made.id)).dashboard_count == 1
    assert checked(api.update_dashboard_list(made.id, {"name": "m"})).name == "m"
    checked(api.list_dashboard_lists())
    checked(members.delete_dashboard_list_items(made.id, body))
    api.delete_dashboard_list(made.id)
    assert missing(api.get_dashboard_list, made.id) == 404


def test_monitors(client: ApiClient) -> None:
    api = MonitorsApi(client)
    body = {
        "name": "m",
        "type": "query alert",
        "query": "avg(last_5m):avg:system.cpu.user{*} > 90",
        "message": "x",
        "options": {"thresholds": {"critical": 90}},
    }
    assert api.validate_monitor(body) is not None
    made = checked(api.create_monitor(body))
    assert missing(api.create_monitor, body) == 400
    assert checked(api.update_monitor(made.id, {"name": "n"})).query == body["query"]
    assert [item.id for item in checked(api.list_monitors())] == [made.id]
    checked(api.get_monitor(made.id))
    assert checked(api.check_can_delete_monitor([made.id])).data.ok == [made.id]
    checked(api.search_monitors())
    assert api.delete_monitor(made.id).deleted_monitor_id == made.id
    assert missing(api.get_monitor, made.id) == 404


def test_slos(client: ApiClient) -> None:
    api = ServiceLevelObjectivesApi(client)
    query = {"numerator": "sum:a{*}.as_count()", "denominator": "sum:b{*}.as_count()"}
    body = {
        "name": "s",
        "type": "metric",
        "thresholds": [{"target": 99.0, "timeframe": "7d"}],
        "query": query,
    }
    made = checked(api.create_slo(body)).data[0]
    assert checked(api.update_slo(made.id, body | {"name": "t"})).data[0].name == "t"
    assert checked(api.get_slo(made.id)).data.id == made.id
    assert [item.id for item in checked(api.list_slos()).data] == [made.id]
    assert api.delete_slo(made.id).data == [made.id]
    assert missing(api.get_slo, made.id) == 404


def test_downtimes(client: ApiClient) -> None:
    api = DowntimesApi(client)
    attributes = {"scope": "env:a", "monitor_identifier": {"monitor_tags": ["x"]}}
    made = checked(api.create_downtime({"data": {"type": "downtime", "attributes": attributes}})).data
    patch = {"data": {"id": made.id, "type": "downtime", "attributes": {"message": "m"}}}
    assert checked(api.update_downtime(made.id, patch)).data.attributes.message == "m"
    assert len(checked(api.list_downtimes()).data) == 1
    api.cancel_downtime(made.id)
    assert str(checked(api.get_downtime(made.id)).data.attributes.status) == "canceled"


def test_notebooks_and_powerpacks(client: ApiClient) -> None:
    notebooks, powerpacks = NotebooksApi(client), PowerpackApi(client)
    cell = {"type": "notebook_cells", "attributes": {"definition": {"type": "markdown", "text": "t"}}}
    attributes = {"name": "n", "cells": [cell], "time": {"live_span": "1h"}}
    made = checked(notebooks.create_notebook({"data": {"type": "notebooks", "attributes": attributes}})).data
    assert checked(notebooks.list_notebooks()).data[0].id == made.id
    notebooks.delete_notebook(made.id)
    definition = {"type": "group", "layout_type": "ordered", "widgets": []}
    pack = {"name": "p", "group_widget": {"definition": definition}}
    made = checked(powerpacks.create_powerpack({"data": {"type": "powerpack", "attributes": pack}})).data
    assert checked(powerpacks.list_powerpacks()).data[0].id == made.id
    powerpacks.delete_powerpack(made.id)
    assert missing(powerpacks.get_powerpack, made.id) == 404


def test_teams_and_people(client: ApiClient) -> None:
    teams, users = TeamsApi(client), UsersApi(client)
    team = checked(
        teams.create_team({"data": {"type": "team", "attributes": {"name": "n", "handle": "h"}}})
    ).data
    user = checked(users.list_users()).data[0].id
    links = {"user": {"data": {"type": "users", "id": user}}}
    body = {"data": {"type": "team_memberships", "attributes": {}, "relationships": links}}
    checked(teams.create_team_membership(team.id, body))
    assert len(checked(teams.get_team_memberships(team.id)).data) == 1
    attributes = {"label": "l", "url": "https://example.com"}
    link = checked(
        teams.create_team_link(team.id, {"data": {"type": "team_links", "attributes": attributes}})
    )
    assert checked(teams.get_team_links(team.id)).data[0].id == link.data.id
    checked(teams.get_team_permission_settings(team.id))
    assert [item.id for item in checked(teams.list_teams()).data] == [team.id]
    teams.delete_team(team.id)
    assert missing(teams.get_team, team.id) == 404


def test_roles(client: ApiClient) -> None:
    api = RolesApi(client)
    made = checked(api.create_role({"data": {"type": "roles", "attributes": {"name": "r"}}})).data
    permission = checked(api.list_permissions()).data[0].id
    checked(api.add_permission_to_role(made.id, {"data": {"type": "permissions", "id": permission}}))
    patch = {"data": {"id": made.id, "type": "roles", "attributes": {"name": "s"}}}
    assert checked(api.update_role(made.id, patch)).data.attributes.name == "s"
    checked(api.get_role(made.id))
    api.delete_role(made.id)
    assert missing(api.get_role, made.id) == 404


def test_security_rules_and_the_scanner(client: ApiClient) -> None:
    rules, scanner = SecurityMonitoringApi(client), SensitiveDataScannerApi(client)
    body = {
        "name": "r",
        "message": "m",
        "isEnabled": True,
        "options": {"evaluationWindow": 900, "keepAlive": 3600, "maxSignalDuration": 86400},
        "queries": [{"query": "@test:true", "aggregation": "count"}],
        "cases": [{"status": "info", "condition": "a > 0", "name": "", "notifications": []}],
        "tags": [],
        "type": "log_detection",
    }
    made = checked(rules.create_security_monitoring_rule(body))
    assert checked(rules.update_security_monitoring_rule(made.id, {"name": "s"})).version == 2
    assert checked(rules.list_security_monitoring_rules()).data[0].id == made.id
    rules.delete_security_monitoring_rule(made.id)
    attributes = {"name": "g", "filter": {"query": "*"}, "product_list": ["logs"], "is_enabled": True}
    group = {"data": {"type": "sensitive_data_scanner_group", "attributes": attributes}, "meta": {}}
    checked(scanner.create_scanning_group(group))
    assert len(checked(scanner.list_scanning_groups()).included.value) == 1


def test_synthetics(client: ApiClient) -> None:
    api = SyntheticsApi(client)
    body = {
        "name": "t",
        "type": "api",
        "subtype": "http",
        "message": "",
        "config": {"request": {"url": "https://example.com", "method": "GET"}, "assertions": []},
        "options": {"tick_every": 60},
        "locations": ["aws:eu-west-3"],
        "tags": [],
    }
    made = checked(api.create_synthetics_api_test(body))
    assert checked(api.get_api_test(made.public_id)).name == "t"
    assert checked(api.update_api_test(made.public_id, body | {"name": "u"})).name == "u"
    assert checked(api.list_tests()).tests[0].public_id == made.public_id
    checked(api.delete_tests({"public_ids": [made.public_id]}))
    assert missing(api.get_api_test, made.public_id) == 404


def test_bad_keys_are_told(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DD_APP_KEY", raising=False)  # the client would take it from there
    with ApiClient(Configuration(host=url, api_key={"apiKeyAuth": "k"})) as client:
        assert missing(MonitorsApi(client).list_monitors) == 403
