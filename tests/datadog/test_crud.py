"""The live verbs against scripted answers: what is sent, and what is taken for an answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ddconf.datadog.http import client as client_module
from ddconf.datadog.http.retry_settings import Retry
from ddconf.datadog.objects import crud
from ddconf.document import Document
from ddconf.errors import ApiError, DdconfError
from ddconf.kind import Api, Call, Kind, find_kind, jsonapi, rest
from tests.datadog.stub import Got, Reply, organisation, script, sent

SUMMARY = Kind("board", rest("/boards", items="boards", summary=True, modified="modified"))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "RETRY", Retry(multiplier=0.001))


def routes(table: dict[str, Any]) -> Callable[[Got], Reply]:
    """Answers by "METHOD /path"; a value is a body, a Reply, or a function of the request."""

    def answer(got: Got) -> Reply:
        found = table.get(f"{got.method} {got.path}", table.get(f"{got.method} {got.path.split('?')[0]}"))
        found = found(got) if callable(found) else found
        if found is None:
            return Reply(404, {"errors": [f"no {got.path}"]})
        return found if isinstance(found, Reply) else Reply(200, found)

    return answer


def test_kinds_behind_one_list_share_its_request() -> None:
    pipelines = [
        {"id": "a", "name": "ours", "is_read_only": False},
        {"id": "b", "name": "older, without the field"},
        {"id": "c", "name": "nginx", "is_read_only": True},
    ]
    kinds = [find_kind("logs_custom_pipeline"), find_kind("logs_integration_pipeline")]
    with organisation(script(Reply(body=pipelines))) as (client, stub):
        found = crud.list_many(client, kinds)
    assert [[item.id for item in found[kind.name]] for kind in kinds] == [["a", "b"], ["c"]]  # type: ignore[union-attr]
    assert len(stub.got) == 1


def test_a_list_of_several_types_is_told_apart_by_its_envelope() -> None:
    config = {"included": [{"type": "group", "id": "a", "attributes": {}}, {"type": "rule", "id": "b"}]}
    api = replace(jsonapi("/config", "group"), items="included", where={"type": "group"})
    with organisation(script(Reply(body=config))) as (client, _):
        assert [item.id for item in crud.list_all(client, Kind("group", api))] == ["a"]


def test_a_kind_that_cannot_be_read_does_not_hide_the_others() -> None:
    table = {"GET /api/v1/slo": {"data": []}, "GET /api/v1/monitor": Reply(403, {"errors": ["Forbidden"]})}
    with organisation(routes(table)) as (client, _):
        found = crud.list_many(client, [find_kind("service_level_objective"), find_kind("monitor")])
    assert found["service_level_objective"] == []
    assert "monitors_read" in str(found["monitor"])


def boards(*moments: str) -> dict[str, Any]:
    listed = [{"id": f"b{number}", "modified": moment} for number, moment in enumerate(moments)]
    details = {f"GET /boards/{item['id']}": {**item, "widgets": [item["modified"]]} for item in listed}
    return {"GET /boards": {"boards": listed}, **details}


def test_a_summary_list_is_followed_by_the_details_at_once() -> None:
    gate = threading.Barrier(8, timeout=5)
    table = boards(*["t"] * 8)

    def answer(got: Got) -> Reply:
        if got.path != "/boards":
            gate.wait()
        return routes(table)(got)

    with organisation(answer) as (client, stub):
        found = crud.list_all(client, SUMMARY)
    assert [item.document["widgets"] for item in found] == [["t"]] * 8
    assert len(stub.got) == 9


def test_an_object_deleted_after_the_list_is_left_out() -> None:
    table = boards("t", "t")
    del table["GET /boards/b0"]
    with organisation(routes(table)) as (client, _):
        assert [item.id for item in crud.list_all(client, SUMMARY)] == ["b1"]


def test_a_detail_that_cannot_be_read_fails_the_list() -> None:
    table = boards("t", "t") | {"GET /boards/b1": Reply(403, {"errors": ["Forbidden"]})}
    with organisation(routes(table)) as (client, _), pytest.raises(ApiError):
        crud.list_all(client, SUMMARY)


def test_unchanged_details_are_read_once(tmp_path: Path) -> None:
    for moments, requests in ((("t1", "t1"), 3), (("t1", "t1"), 1), (("t1", "t2"), 2), (("t1",), 1)):
        with organisation(routes(boards(*moments))) as (client, stub):
            found = crud.list_all(client, SUMMARY, cache=tmp_path)
        assert [item.document["widgets"] for item in found] == [[moment] for moment in moments]
        assert len(stub.got) == requests


def test_details_older_than_their_list_are_not_kept(tmp_path: Path) -> None:
    stale = boards("t2") | {"GET /boards/b0": {"id": "b0", "modified": "t1", "widgets": ["old"]}}
    for table, widgets in ((stale, ["old"]), (boards("t2"), ["t2"])):
        with organisation(routes(table)) as (client, _):
            assert crud.list_all(client, SUMMARY, cache=tmp_path)[0].document["widgets"] == widgets


def test_details_of_kinds_with_secrets_are_not_kept(tmp_path: Path) -> None:
    with organisation(routes(boards("t"))) as (client, _):
        crud.list_all(client, replace(SUMMARY, secrets=("token",)), cache=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_singleton_is_read_without_an_id() -> None:
    with organisation(script(Reply(body={"pipeline_ids": ["a"]}))) as (client, _):
        found = crud.list_all(client, find_kind("logs_pipeline_order"))
    assert [(item.id, item.document) for item in found] == [("", {"pipeline_ids": ["a"]})]


@pytest.mark.parametrize(
    ("kind", "reply"),
    [
        ("dashboard", Reply(404, {"errors": ["Dashboard with ID x not found"]})),
        ("logs_custom_pipeline", Reply(400, {"error": {"message": "Non existing pipeline"}})),
    ],
)
def test_an_object_that_datadog_does_not_know_is_none(kind: str, reply: Reply) -> None:
    with organisation(script(reply)) as (client, _):
        assert crud.read(client, find_kind(kind), "x") is None
        crud.delete(client, find_kind(kind), "x", {})


@pytest.mark.parametrize(
    ("kind", "reply"),
    [
        ("dashboard", Reply(404, raw=b"<html><title>404 by a proxy</title></html>")),
        ("dashboard", Reply(400, {"errors": ["bad"]})),
        ("logs_custom_pipeline", Reply(400, {"error": {"message": "Invalid grok"}})),
    ],
)
def test_any_other_refusal_is_not_absence(kind: str, reply: Reply) -> None:
    with organisation(script(reply)) as (client, _):
        with pytest.raises(ApiError):
            crud.read(client, find_kind(kind), "x")
        with pytest.raises(ApiError):
            crud.delete(client, find_kind(kind), "x", {})


def test_a_kind_without_a_read_is_found_in_its_list() -> None:
    facets = {"facets": {"logs": [{"id": "log_a", "path": "a"}]}}
    with organisation(script(Reply(body=facets))) as (client, _):
        kind = find_kind("logs_facet")
        assert crud.read(client, kind, "log_a") is not None
        assert crud.read(client, kind, "log_b") is None


def test_a_create_sends_no_field_of_the_servers() -> None:
    document = {"id": "x", "title": "t", "url": "/x", "widgets": [{"id": 1, "definition": {"type": "note"}}]}
    with organisation(script(Reply(body={"id": "new", "title": "t"}))) as (client, stub):
        made = crud.create(client, find_kind("dashboard"), document)
    assert made.id == "new"
    assert stub.got[0].body == {"title": "t", "widgets": [{"definition": {"type": "note"}}]}


def test_an_object_made_under_its_own_key_has_it_in_the_path() -> None:
    api = replace(rest("/policy"), create=Call("POST", "/policy/{id}"))
    with organisation(script(Reply(body={"id": "dashboard:x"}))) as (client, stub):
        crud.create(client, Kind("policy", api, key=("id",)), {"id": "dashboard:x", "bindings": []})
    assert sent(stub) == ["POST /policy/dashboard%3Ax"]


def test_an_answer_without_an_id_leaves_a_create_unsure() -> None:
    with organisation(script(Reply(body={}))) as (client, _), pytest.raises(ApiError) as caught:
        crud.create(client, find_kind("dashboard"), {"title": "t"})
    assert caught.value.lost


def test_a_create_without_a_body_in_its_answer_is_read_again() -> None:
    metric = {"data": {"id": "m", "type": "logs_metrics", "attributes": {"compute": {}}}}
    table = {"POST /api/v2/logs/config/metrics": Reply(201), "GET /api/v2/logs/config/metrics/m": metric}
    with organisation(routes(table)) as (client, _):
        made = crud.create(client, find_kind("logs_metric"), {"id": "m"})
    assert made.document == {"id": "m", "compute": {}}


def update(kind: str, id_: str, document: Document, before: Document, answer: Any) -> Any:
    with organisation(script(Reply(body=answer))) as (client, stub):
        crud.update(client, find_kind(kind), id_, document, before)
    return stub.got[0].body


def test_an_update_of_a_merging_kind_sends_null_for_what_is_gone() -> None:
    before = {"id": 5, "name": "m", "priority": 2, "tags": [], "overall_state": "OK", "message": "x"}
    body = update("monitor", "5", {"name": "m"}, before, before)
    assert body == {"name": "m", "priority": None, "message": None}


def test_an_update_of_a_replacing_kind_just_leaves_it_out() -> None:
    body = update("dashboard", "x", {"title": "t"}, {"title": "t", "tabs": [1]}, {"id": "x"})
    assert body == {"title": "t"}


def test_an_update_keeps_the_ids_of_items_in_lists() -> None:
    widgets = [{"id": 7, "definition": {"type": "note"}}]
    body = update("dashboard", "x", {"id": "x", "widgets": widgets}, {}, {"id": "x"})
    assert body == {"widgets": widgets}


def test_an_update_leaves_immutable_fields_out_and_what_they_leave_empty() -> None:
    metric = {"id": "m", "compute": {"aggregation_type": "count"}, "filter": {"query": "x"}}
    body = update("logs_metric", "m", metric, metric, {"data": {"id": "m", "attributes": metric}})
    assert body == {"data": {"type": "logs_metrics", "attributes": {"filter": {"query": "x"}}}}


def test_an_index_without_a_limit_says_so_and_never_its_name() -> None:
    index = {"name": "i", "filter": {"query": "*"}}
    body = update("logs_index", "i", index, {**index, "daily_limit": 5}, index)
    assert body == {"filter": {"query": "*"}, "disable_daily_limit": True}
    assert "disable_daily_limit" not in update("logs_index", "i", {**index, "daily_limit": 5}, index, index)


def test_an_integration_pipeline_is_switched_and_nothing_else() -> None:
    document = {"id": "x", "name": "nginx", "is_enabled": True, "processors": [{"type": "grok-parser"}]}
    body = update("logs_integration_pipeline", "x", document, document, document)
    assert body == {"name": "nginx", "is_enabled": True}


def test_a_facets_update_is_whole() -> None:
    facet = {"id": "log_a", "path": "a", "source": "log", "name": "old", "editable": True}
    body = update("logs_facet", "log_a", {"name": "new"}, facet, facet)
    assert body == {"path": "a", "source": "log", "name": "new"}


def test_the_members_of_a_list_have_calls_of_their_own() -> None:
    members = [{"id": "abc", "type": "custom_timeboard"}]
    own = {"id": 1, "name": "l", "dashboards": None}
    table = {
        "POST /api/v1/dashboard/lists/manual": own,
        "GET /api/v1/dashboard/lists/manual/1": own,
        "PUT /api/v2/dashboard/lists/manual/1/dashboards": {"dashboards": members},
        "GET /api/v2/dashboard/lists/manual/1/dashboards": {"dashboards": [{**members[0], "title": "T"}]},
    }
    with organisation(routes(table)) as (client, stub):
        made = crud.create(client, find_kind("dashboard_list"), {"name": "l", "dashboards": members})
    assert made.document["dashboards"] == members
    assert [got.body for got in stub.got if got.method != "GET"] == [{"name": "l"}, {"dashboards": members}]


def test_only_members_that_change_are_written() -> None:
    query: Document = {"restriction_query": "env:x"}
    path = "/api/v2/logs/config/restriction_queries/q"
    shown = {"data": {"id": "q", "attributes": query, "relationships": {"roles": {"data": []}}}}
    table = {f"GET {path}": shown, f"POST {path}/roles": Reply(204), f"DELETE {path}/roles": Reply(204)}
    role = {letter: {"id": letter, "type": "roles"} for letter in "abc"}
    with organisation(routes(table)) as (client, stub):
        crud.update(
            client,
            find_kind("logs_restriction_query"),
            "q",
            {**query, "roles": [role["a"], role["c"]]},
            {**query, "roles": [role["a"], role["b"]]},
        )
    writes = [(got.method, got.body["data"]["id"]) for got in stub.got if got.method != "GET"]
    assert writes == [("DELETE", "b"), ("POST", "c")]


def test_the_roles_of_a_query_come_with_its_read() -> None:
    related = {"roles": {"data": [{"id": "a", "type": "roles"}]}}
    shown = {"data": {"id": "q", "attributes": {"restriction_query": "x"}, "relationships": related}}
    with organisation(script(Reply(body=shown))) as (client, stub):
        found = crud.read(client, find_kind("logs_restriction_query"), "q")
    assert found is not None
    assert found.document["roles"] == related["roles"]["data"]
    assert len(stub.got) == 1


def test_paths_are_filled_from_the_document_and_escaped() -> None:
    call = Call("GET", "/teams/{team_id}/links/{id}")
    kind = Kind("link", replace(jsonapi("/x", "links"), read=call))
    shown = {"data": {"id": "a/b", "attributes": {}}}
    with organisation(script(Reply(body=shown))) as (client, stub):
        crud.read(client, kind, "a/b", document={"team_id": "t?1"})
    assert stub.got[0].path == "/teams/t%3F1/links/a%2Fb"


def test_a_check_asks_for_the_new_and_for_the_existing() -> None:
    monitor = find_kind("monitor")
    with organisation(script(Reply(body={}), Reply(body={}), Reply(400, {"errors": ["bad query"]}))) as (
        client,
        stub,
    ):
        crud.check(client, monitor, {"query": "q"})
        crud.check(client, monitor, {"query": "q"}, "5")
        with pytest.raises(ApiError, match="bad query"):
            crud.check(client, monitor, {"query": "q"})
        crud.check(client, find_kind("dashboard"), {})
    assert sent(stub)[:2] == ["POST /api/v1/monitor/validate", "POST /api/v1/monitor/5/validate"]
    assert len(stub.got) == 3


def test_a_refusal_names_the_permission_but_no_secret_of_the_body() -> None:
    refused = Reply(403, {"errors": ["no: s3cr3t-token"]})
    document = {"name": "d", "forwarder_destination": {"type": "splunk_hec", "access_token": "s3cr3t-token"}}
    with organisation(script(refused)) as (client, _), pytest.raises(ApiError) as caught:
        crud.create(client, find_kind("logs_custom_destination"), document)
    assert "logs_write_forwarding_rules" in str(caught.value)
    assert "s3cr3t" not in str(caught.value)


def test_what_a_kind_cannot_do_is_said_in_words() -> None:
    with organisation(script(Reply())) as (client, stub):
        with pytest.raises(DdconfError, match="cannot be deleted"):
            crud.delete(client, find_kind("logs_integration_pipeline"), "x", {})
        with pytest.raises(DdconfError, match="no API here"):
            crud.read(client, replace(find_kind("logs_facet"), api=None), "x")
    assert stub.got == []


def test_an_object_gone_right_after_its_write_is_an_error() -> None:
    api = Api(envelope=rest("/x").envelope, update=Call("PUT", "/x/{id}"), read=Call("GET", "/x/{id}"))
    table = {"PUT /x/1": Reply(204)}
    with organisation(routes(table)) as (client, _), pytest.raises(ApiError, match="gone"):
        crud.update(client, Kind("thing", api), "1", {"name": "n"}, {})


def test_an_object_whose_name_is_its_id_has_another_id_after_a_rename() -> None:
    renamed = {"name": "new", "url": "https://example.com"}
    path = "/api/v1/integration/webhooks/configuration/webhooks/old"
    with organisation(routes({f"PUT {path}": renamed})) as (client, _):
        live = crud.update(client, find_kind("webhook"), "old", renamed, {**renamed, "name": "old"})
    assert (live.id, live.document["name"]) == ("new", "new")
