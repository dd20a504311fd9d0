"""A fresh sandbox organisation, in a file."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from ddconf.emulator.seed import open_sandbox, plant
from ddconf.emulator.store import Store
from ddconf.emulator.wire import Request
from tests.emulator.conftest import Api


def test_a_fresh_organisation_is_not_empty(api: Api) -> None:
    plant(api.app.store)
    pipelines = api.get("/api/v1/logs/config/pipelines")
    assert all(pipeline["is_read_only"] for pipeline in pipelines)
    assert all("tags" not in pipeline and pipeline["processors"] for pipeline in pipelines)
    ids = [pipeline["id"] for pipeline in pipelines]
    assert api.get("/api/v1/logs/config/pipeline-order") == {"pipeline_ids": ids}
    assert [index["name"] for index in api.get("/api/v1/logs/config/indexes")["indexes"]] == ["main"]
    roles = api.get("/api/v2/roles")["data"]
    assert [role["attributes"]["name"] for role in roles] == [
        "Datadog Admin Role",
        "Datadog Read Only Role",
        "Datadog Standard Role",
    ]
    facets = api.get("/api/ui/event-platform/logs/facets?type=logs")["facets"]["logs"]
    assert not any(facet["editable"] for facet in facets)
    assert {"core", "log"} == {facet["source"] for facet in facets}


def test_an_integration_pipeline_can_only_be_switched(api: Api) -> None:
    plant(api.app.store)
    before = api.get("/api/v1/logs/config/pipelines")[0]
    path = f"/api/v1/logs/config/pipelines/{before['id']}"
    api.put(path, {"name": "mine", "is_enabled": False, "filter": {"query": "*"}})
    assert api.get(path) == before | {"is_enabled": False}
    assert api.refused("DELETE", path)[0] == 400


def test_a_bundled_facet_cannot_be_changed(api: Api) -> None:
    plant(api.app.store)
    body = {"name": "x", "path": "http.method", "source": "log"}
    assert api.refused("POST", "/api/v1/logs/scopes/1/facets/log_http.method", body)[0] == 403
    assert api.refused("DELETE", "/api/v1/logs/scopes/1/facets/log_http.method")[0] == 403


def test_planting_twice_changes_nothing() -> None:
    store = Store()
    plant(store)
    before = store.snapshot()
    plant(store)
    assert store.snapshot() == before


def test_a_sandbox_needs_no_keys_and_lasts(tmp_path: Path) -> None:
    file = tmp_path / "sandbox.sqlite"
    made = open_sandbox(file).handle(Request("POST", "/api/v1/dashboard/lists/manual", body=b'{"name": "l"}'))
    again = open_sandbox(file).handle(Request("GET", f"/api/v1/dashboard/lists/manual/{made.json()['id']}"))
    assert again.json() == made.json()


def test_opening_a_sandbox_and_asking_it_takes_milliseconds(tmp_path: Path) -> None:
    file = tmp_path / "sandbox.sqlite"
    open_sandbox(file)
    best = 9.0
    for _ in range(3):
        start = time.perf_counter()
        app = open_sandbox(file)
        assert app.handle(Request("GET", "/api/v1/logs/config/pipelines")).status == 200
        best = min(best, time.perf_counter() - start)
        app.store.close()
    assert best < 0.05


def test_the_emulator_needs_no_heavy_library_to_start() -> None:
    code = (
        "import sys, ddconf.emulator.seed, ddconf.emulator.server, ddconf.emulator.routes as r; r.table();"
        "heavy = ('datadog_api_client', 'requests', 'responses', 'yaml', 'deepdiff');"
        "print([name for name in heavy if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
