"""What Datadog makes by itself may not be there yet: a plan says so and goes on."""

from __future__ import annotations

from tests.e2e.conftest import Desk

WAITING = """
    logs_integration_pipeline:
      zabbix: {name: Zabbix, is_enabled: true}
    logs_custom_pipeline:
      web: {name: web, is_enabled: true, filter: {query: "source:web"}, processors: []}
    logs_pipeline_order:
      it: {pipeline_ids: ["${logs_integration_pipeline.zabbix}", "${logs_custom_pipeline.web}"]}
"""
WRITES = "allow_writes: [logs_integration_pipeline]\n"


def test_an_integration_pipeline_that_is_not_there_yet_stops_nothing(desk: Desk) -> None:
    desk.write("ddconf.yaml", WRITES)
    desk.write("all.yaml", WAITING)
    ran = desk.ddconf("apply", "--auto-approve")
    assert ran.code == 0, ran.err
    assert "logs_integration_pipeline.zabbix waits: there is no such logs_integration_pipeline yet" in ran.err
    assert "with the first log of its source" in ran.err
    assert "web" in [pipeline["name"] for pipeline in desk.api("GET", "/api/v1/logs/config/pipelines")]
    assert "No changes." in desk.done("plan")


def test_it_is_taken_up_once_it_is_there(desk: Desk) -> None:
    desk.write("ddconf.yaml", WRITES)
    desk.write("all.yaml", WAITING)
    desk.done("apply", "--auto-approve")
    zabbix = {"id": "z" * 22, "type": "pipeline", "name": "Zabbix", "is_read_only": True, "is_enabled": False}
    desk.app.store.put(
        "logs_pipeline", zabbix["id"], {**zabbix, "type": "pipeline", "filter": {"query": "x"}}
    )
    out = desk.done("plan")
    assert "logs_integration_pipeline.zabbix" in out
    assert "waits" not in desk.ddconf("plan").err


def test_a_metric_without_a_point_waits(desk: Desk) -> None:
    desk.write("all.yaml", "metric_metadata: {it: {metric_name: never.sent, description: nothing}}\n")
    ran = desk.ddconf("plan")
    assert ran.code == 0, ran.err
    assert "metric_metadata.it waits" in ran.err
    assert "with the metric's first point" in ran.err
