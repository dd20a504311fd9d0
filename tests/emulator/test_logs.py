"""The log configuration: pipelines, indexes, archives, orders, metrics, destinations, queries, facets."""

from __future__ import annotations

from typing import Any

import pytest

from ddconf.emulator.processors import DEFAULTS
from tests.emulator.conftest import Api

PIPELINES = "/api/v1/logs/config/pipelines"
ORDER = "/api/v1/logs/config/pipeline-order"
INDEXES = "/api/v1/logs/config/indexes"
INDEX_ORDER = "/api/v1/logs/config/index-order"
ARCHIVES = "/api/v2/logs/config/archives"
METRICS = "/api/v2/logs/config/metrics"
DESTINATIONS = "/api/v2/logs/config/custom-destinations"
QUERIES = "/api/v2/logs/config/restriction_queries"
FACETS = "/api/v1/logs/scopes/1/facets"
FACET_LIST = "/api/ui/event-platform/logs/facets?type=logs"


def pipeline(api: Api, name: str = "p", **fields: Any) -> Any:
    return api.post(PIPELINES, {"name": name, "filter": {"query": "source:x"}, **fields})


def test_a_pipeline_posted_without_is_enabled_is_off(api: Api) -> None:
    made = pipeline(api)
    assert made["is_enabled"] is False
    assert (made["type"], made["is_read_only"], made["tags"]) == ("pipeline", False, [])
    assert "description" not in made


def test_pipeline_tags_come_back_sorted_and_processors_in_their_order(api: Api) -> None:
    processors = [
        {"type": "x-new", "b": 1},
        {"type": "message-remapper", "sources": ["m"], "is_enabled": True},
    ]
    made = pipeline(api, tags=["team:b", "team:a"], processors=processors)
    assert made["tags"] == ["team:a", "team:b"]
    assert made["processors"] == processors


def test_a_processor_of_an_unknown_type_passes_untouched(api: Api) -> None:
    new = {"type": "quantum-remapper", "deep": {"list": [1, 2.5, None]}, "is_enabled": True}
    made = pipeline(api, processors=[new], brand_new_field={"x": 1})
    assert api.get(f"{PIPELINES}/{made['id']}")["processors"] == [new]
    assert made["brand_new_field"] == {"x": 1}


@pytest.mark.parametrize(
    ("type", "fields"),
    [
        ("grok-parser", {"source": "message", "grok": {"match_rules": "a b"}}),
        ("geo-ip-parser", {"sources": ["ip"], "target": "geo"}),
        ("attribute-remapper", {"sources": ["a"], "target": "b"}),
        ("arithmetic-processor", {"expression": "a", "target": "b"}),
        ("string-builder-processor", {"template": "a", "target": "b"}),
        ("pipeline", {"filter": {"query": "x"}}),
    ],
)
def test_processors_get_the_defaults_of_their_type(api: Api, type: str, fields: dict) -> None:
    (made,) = pipeline(api, processors=[{"type": type, "name": "n", "is_enabled": True, **fields}])[
        "processors"
    ]
    assert made == {"type": type, "name": "n", "is_enabled": True, **DEFAULTS[type], **fields}


def test_nested_processors_get_their_defaults_too(api: Api) -> None:
    grok = {"type": "grok-parser", "source": "m", "grok": {"match_rules": "x"}}
    inner = {"type": "pipeline", "filter": {"query": "*"}, "processors": [grok]}
    made = pipeline(api, processors=[{"type": "pipeline", "filter": {"query": "*"}, "processors": [inner]}])
    assert made["processors"][0]["processors"][0]["processors"][0]["samples"] == []


def test_array_and_schema_processors_are_filled(api: Api) -> None:
    made = pipeline(
        api,
        processors=[
            {"type": "array-processor", "operation": {"type": "append", "source": "a", "target": "b"}},
            {
                "type": "schema-processor",
                "schema": {"schema_type": "ocsf"},
                "mappers": [{"type": "schema-remapper", "sources": ["a"], "target": "b"}],
            },
        ],
    )["processors"]
    assert made[0]["operation"]["preserve_source"] is True
    assert made[1]["schema"]["extensions"] == []
    assert made[1]["mappers"][0]["override_on_conflict"] is False


@pytest.mark.parametrize(
    "fields",
    [
        {"processors": [{"type": "grok-parser", "source": "m"}]},
        {"processors": [{"name": "no type"}]},
        {"processors": ["text"]},
        {"processors": {}},
        {"is_enabled": "yes"},
        {"filter": "source:x"},
        {"tags": [1]},
        {"name": None},
    ],
)
def test_a_bad_pipeline_is_refused(api: Api, fields: dict) -> None:
    status, body = api.refused("POST", PIPELINES, {"name": "p", "filter": {"query": "*"}, **fields})
    assert (status, body["error"]["code"]) == (400, "InvalidArgument")
    assert api.get(PIPELINES) == []


def test_a_missing_pipeline_is_400_and_not_404(api: Api) -> None:
    error = {"error": {"code": "InvalidArgument", "message": "Non existing pipeline"}}
    for method in ("GET", "DELETE"):
        assert api.refused(method, f"{PIPELINES}/abc") == (400, error)
    assert api.refused("PUT", f"{PIPELINES}/abc", {"name": "x", "filter": {"query": ""}}) == (400, error)


def test_a_pipeline_put_replaces_everything(api: Api) -> None:
    made = pipeline(api, is_enabled=True, description="d", tags=["team:a"])
    changed = api.put(f"{PIPELINES}/{made['id']}", {"name": "q", "filter": {"query": "*"}})
    assert (changed["name"], changed["is_enabled"], changed["tags"]) == ("q", False, [])
    assert "description" not in changed
    assert changed["id"] == made["id"]


def test_new_pipelines_go_to_the_end_and_deleted_ones_vanish_from_the_order(api: Api) -> None:
    first, second, third = (pipeline(api, name)["id"] for name in "abc")
    assert api.get(ORDER) == {"pipeline_ids": [first, second, third]}
    wanted = {"pipeline_ids": [third, first, second]}
    assert api.put(ORDER, wanted) == wanted
    assert [item["id"] for item in api.get(PIPELINES)] == wanted["pipeline_ids"]
    assert api.delete(f"{PIPELINES}/{first}") == {}
    fourth = pipeline(api, "d")["id"]
    assert api.get(ORDER) == {"pipeline_ids": [third, second, fourth]}


@pytest.mark.parametrize("change", [lambda ids: ids[1:], lambda ids: [*ids, "x"], lambda ids: [*ids, ids[0]]])
def test_an_order_that_does_not_name_each_pipeline_once_is_refused(api: Api, change: Any) -> None:
    ids = [pipeline(api, name)["id"] for name in "ab"]
    assert api.refused("PUT", ORDER, {"pipeline_ids": change(ids)})[0] == 422
    assert api.get(ORDER) == {"pipeline_ids": ids}


def index(api: Api, name: str = "web", **fields: Any) -> Any:
    return api.post(INDEXES, {"name": name, "filter": {"query": "source:x"}, **fields})


def test_an_index_is_filled_with_the_organisations_defaults(api: Api) -> None:
    assert index(api) == {
        "name": "web",
        "filter": {"query": "source:x"},
        "num_retention_days": 15,
        "num_flex_logs_retention_days": 0,
        "daily_limit": None,
        "daily_limit_reset": None,
        "daily_limit_warning_threshold_percentage": None,
        "is_rate_limited": False,
        "exclusion_filters": [],
        "tags": [],
    }


def test_disable_daily_limit_empties_all_limits_and_never_comes_back(api: Api) -> None:
    limits = {"daily_limit": 9, "daily_limit_warning_threshold_percentage": 70}
    made = index(api, **limits)
    assert made["daily_limit_warning_threshold_percentage"] == 70.0
    assert isinstance(made["daily_limit_warning_threshold_percentage"], float)
    changed = api.put(f"{INDEXES}/web", {"filter": {"query": "*"}, "disable_daily_limit": True, **limits})
    assert changed["daily_limit"] is changed["daily_limit_warning_threshold_percentage"] is None
    assert "disable_daily_limit" not in changed


def test_a_deleted_index_is_202_and_burns_its_name(api: Api) -> None:
    index(api)
    assert api.send("DELETE", f"{INDEXES}/web").status == 202
    assert api.refused("GET", f"{INDEXES}/web")[0] == 404
    assert api.refused("POST", INDEXES, {"name": "web", "filter": {"query": "*"}})[0] == 422
    assert api.get(INDEX_ORDER) == {"index_names": ["web"]}
    assert api.get(INDEXES) == {"indexes": []}


@pytest.mark.parametrize("name", ["Web", "1web", "we b", ""])
def test_an_index_name_has_its_form(api: Api, name: str) -> None:
    assert api.refused("POST", INDEXES, {"name": name, "filter": {"query": "*"}})[0] == 400


def test_the_name_of_an_index_cannot_be_sent_in_an_update(api: Api) -> None:
    index(api)
    assert api.refused("PUT", f"{INDEXES}/web", {"name": "web", "filter": {"query": "*"}})[0] == 400


def test_the_index_order_must_name_all_that_live(api: Api) -> None:
    index(api, "a")
    index(api, "b")
    assert api.put(INDEX_ORDER, {"index_names": ["b", "a"]}) == {"index_names": ["b", "a"]}
    assert api.refused("PUT", INDEX_ORDER, {"index_names": ["b"]})[0] == 422
    assert [item["name"] for item in api.get(INDEXES)["indexes"]] == ["b", "a"]


def archive(api: Api, name: str = "a") -> Any:
    attributes = {"name": name, "query": "*", "destination": {"type": "s3", "bucket": "b"}}
    return api.post(ARCHIVES, {"data": {"type": "archives", "attributes": attributes}})["data"]


def test_an_archives_state_is_unknown_whatever_was_sent(api: Api) -> None:
    made = archive(api)
    assert made["attributes"]["state"] == "UNKNOWN"
    assert made["attributes"]["destination"] == {"type": "s3", "bucket": "b"}
    assert api.get(f"{ARCHIVES}/{made['id']}")["data"] == made


def test_an_archive_order_that_leaves_one_out_is_422(api: Api) -> None:
    first, second = archive(api)["id"], archive(api, "b")["id"]
    path = "/api/v2/logs/config/archive-order"

    def order(*ids: str) -> dict:
        return {"data": {"type": "archive_order", "attributes": {"archive_ids": list(ids)}}}

    assert api.put(path, order(second, first)) == order(second, first)
    status, body = api.refused("PUT", path, order(second))
    assert (status, body) == (422, {"errors": [f"Missing order for archive {first}"]})


def test_archive_readers_are_added_and_removed_one_by_one(api: Api) -> None:
    path = f"{ARCHIVES}/{archive(api)['id']}/readers"
    role = {"type": "roles", "id": "r1"}
    api.post(path, {"data": role})
    assert api.get(path) == {"data": [role]}
    api.delete(path, {"data": role})
    assert api.get(path) == {"data": []}


def metric(id: str, **attributes: Any) -> dict:
    return {"data": {"id": id, "type": "logs_metrics", "attributes": attributes}}


def test_a_metrics_name_is_rewritten_and_its_groups_are_sorted(api: Api) -> None:
    groups = [{"path": "b", "tag_name": "b"}, {"path": "@a"}]
    made = api.post(METRICS, metric("my-metric", compute={"aggregation_type": "count"}, group_by=groups))[
        "data"
    ]
    assert made["id"] == "my_metric"
    assert [group["path"] for group in made["attributes"]["group_by"]] == ["@a", "b"]
    assert made["attributes"]["filter"] == {"query": "*"}
    assert api.get(f"{METRICS}/my_metric")["data"] == made
    assert api.refused("POST", METRICS, metric("my-metric", compute={"aggregation_type": "count"}))[0] == 409


def test_a_metrics_patch_keeps_what_it_leaves_out(api: Api) -> None:
    compute = {"aggregation_type": "distribution", "path": "@d", "include_percentiles": True}
    api.post(METRICS, metric("m", compute=compute, filter={"query": "a"}))
    changed = api.patch(f"{METRICS}/m", metric("m", compute={"include_percentiles": False}))["data"][
        "attributes"
    ]
    assert changed["compute"] == compute | {"include_percentiles": False}
    assert changed["filter"] == {"query": "a"}


def test_a_destinations_secrets_never_come_back(api: Api) -> None:
    auth = {"type": "basic", "username": "user-canary", "password": "pass-canary"}
    attributes = {
        "name": "d",
        "forwarder_destination": {"type": "http", "endpoint": "https://e", "auth": auth},
    }
    body = {"data": {"type": "custom_destination", "attributes": attributes}}
    made = api.post(DESTINATIONS, body)["data"]
    assert made["attributes"]["forwarder_destination"]["auth"] == {"type": "basic"}
    assert made["attributes"]["forward_tags_restriction_list_type"] == "ALLOW_LIST"
    assert "canary" not in str(api.app.store.snapshot())
    patch = {"data": {"type": "custom_destination", "id": made["id"], "attributes": {"enabled": False}}}
    changed = api.patch(f"{DESTINATIONS}/{made['id']}", patch)["data"]["attributes"]
    assert changed == made["attributes"] | {"enabled": False}
    assert api.refused("GET", f"{DESTINATIONS}/none") == (404, {"errors": ["NotFound"]})


def test_a_restriction_query_holds_roles_one_by_one(api: Api) -> None:
    role = api.post("/api/v2/roles", {"data": {"type": "roles", "attributes": {"name": "r"}}})["data"]["id"]
    body = {"data": {"type": "logs_restriction_queries", "attributes": {"restriction_query": "env:a"}}}
    made = api.post(QUERIES, body)["data"]
    path = f"{QUERIES}/{made['id']}"
    link = {"data": {"type": "roles", "id": role}}
    assert api.send("POST", f"{path}/roles", link).status == 204
    assert api.get(path)["data"]["relationships"]["roles"]["data"] == [link["data"]]
    assert "relationships" not in api.get(QUERIES)["data"][0]
    assert api.get(f"{QUERIES}/role/{role}")["data"][0]["id"] == made["id"]
    assert api.refused("GET", f"{QUERIES}/odd") == (400, {"errors": ["uuid is not proper type"]})
    api.delete(f"/api/v2/roles/{role}")
    assert api.refused("DELETE", f"{path}/roles", link)[0] == 400
    assert api.get(path)["data"]["relationships"]["roles"]["data"] == []


def test_a_facet_lives_and_dies_by_the_web_uis_endpoints(api: Api) -> None:
    sent = {"name": "Status", "path": "http.code", "source": "log", "type": "integer", "facetType": "range"}
    made = api.post(FACETS, sent)
    assert made["id"] == "log_http.code"
    assert (made["editable"], made["groups"], made["description"]) == (True, [], "")
    assert api.get(FACET_LIST) == {"facets": {"logs": [made]}}
    changed = api.post(f"{FACETS}/log_http.code", {**sent, "name": "Code"})
    assert changed["name"] == "Code"
    assert api.refused("POST", FACETS, sent)[0] == 409
    api.delete(f"{FACETS}/log_http.code")
    assert api.get(FACET_LIST) == {"facets": {"logs": []}}
    assert api.refused("DELETE", f"{FACETS}/log_http.code")[0] == 404


@pytest.mark.parametrize(
    "fault", [{"type": "text"}, {"facetType": "x"}, {"path": None}, {"unit": {"name": "byte"}}]
)
def test_a_bad_facet_is_refused(api: Api, fault: dict) -> None:
    sent = {"name": "Status", "path": "http.code", "source": "log"} | fault
    assert api.refused("POST", FACETS, sent)[0] == 400
