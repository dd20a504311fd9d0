"""Monitors on the clock: sent errors, moved time, one webhook; and no post to anywhere else."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from ddconf.living.loopback import is_allowed
from tests.living.conftest import SECOND, Datadog

WEBHOOKS = "/api/v1/integration/webhooks/configuration"
MONITOR = "/api/v1/monitor"
LOG_QUERY = 'logs("status:error").index("*").rollup("count").last("5m") > 3'


@dataclass
class Receiver:
    """A server on this machine that keeps what is posted to it; the first answers are `failures`."""

    url: str
    bodies: list[Any] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    failures: list[int] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            kept.bodies.append(body.decode())
            kept.headers.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(kept.failures.pop(0) if kept.failures else 200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    kept = Receiver(f"http://127.0.0.1:{server.server_address[1]}/hook")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield kept
    server.shutdown()
    server.server_close()
    thread.join()


def monitor(
    datadog: Datadog, query: str, type: str = "log alert", message: str = "@webhook-team", **more: Any
) -> int:
    options = {"thresholds": {"critical": float(query.rsplit(" ", 1)[-1])}, **more.pop("options", {})}
    body = {"name": "Errors", "type": type, "query": query, "message": message, "options": options, **more}
    return int(datadog.post(MONITOR, body)["id"])


def webhook(datadog: Datadog, url: str, **more: Any) -> None:
    datadog.post(f"{WEBHOOKS}/webhooks", {"name": "team", "url": url, **more})


def advance(datadog: Datadog, span: str) -> None:
    datadog.post("/_sandbox/clock", {"advance": span})


def errors(datadog: Datadog, count: int, **more: Any) -> None:
    datadog.post("/api/v2/logs", [{"message": "failed", "status": "error", **more} for _ in range(count)])


def told(datadog: Datadog) -> list[dict[str, Any]]:
    return list(datadog.get("/_sandbox/notifications")["notifications"])


def test_errors_are_told_to_a_webhook_once_and_so_is_the_recovery(
    datadog: Datadog, receiver: Receiver
) -> None:
    webhook(datadog, receiver.url)
    message = "{{#is_alert}}Help!{{/is_alert}} {{value}} errors @webhook-team @slack-ops"
    id = monitor(datadog, LOG_QUERY, message=message)
    advance(datadog, "2m")
    assert datadog.get(f"{MONITOR}/{id}")["overall_state"] == "OK"
    errors(datadog, 5)
    advance(datadog, "3m")
    assert datadog.get(f"{MONITOR}/{id}")["overall_state"] == "Alert"
    advance(datadog, "10m")
    assert datadog.get(f"{MONITOR}/{id}")["overall_state"] == "OK"
    first, second = map(json.loads, receiver.bodies)
    assert first["title"] == "[Triggered] Errors" and "Help!" in first["body"] and "5" in first["body"]
    assert first["org"]["name"] == "Sandbox" and first["event_type"] == "log_alert"
    assert second["title"].startswith("[Recovered") and "Help!" not in second["body"]
    one, two = told(datadog)
    assert (one["transition"], two["transition"]) == ("Triggered", "Recovered")
    assert [delivery["sent"] for delivery in one["deliveries"]] == [True, False]
    assert one["recipients"] == ["@webhook-team", "@slack-ops"]
    assert one["time"] == SECOND + 180


def test_nothing_is_posted_to_another_machine(datadog: Datadog) -> None:
    webhook(datadog, "https://hooks.example.com/services/T1?x=$ALERT_ID")
    id = monitor(datadog, LOG_QUERY)
    errors(datadog, 5)
    advance(datadog, "2m")
    (delivery,) = told(datadog)[0]["deliveries"]
    assert delivery["url"] == f"https://hooks.example.com/services/T1?x={id}"
    assert (delivery["sent"], delivery["problem"]) == (False, "not on this machine")
    assert json.loads(delivery["payload"])["title"] == "[Triggered] Errors"


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://127.0.0.1:9/x", True),
        ("http://127.8.9.1/", True),
        ("http://localhost/", True),
        ("http://[::1]:80/", True),
        ("https://hooks.slack.com/", False),
        ("http://127.0.0.1.example.com/", False),
        ("http://localhost@example.com/", False),
        ("http://0.0.0.0/", False),
        ("http://10.0.0.1/", False),
        ("http://[::ffff:10.0.0.1]/", False),
        ("not a url", False),
        ("http://[bad", False),
    ],
)
def test_which_addresses_are_of_this_machine(url: str, allowed: bool) -> None:
    assert is_allowed(url) is allowed
    assert is_allowed("http://gateway.lab/x", also=["gateway.lab"])


def test_payload_headers_and_variables_of_a_webhook(datadog: Datadog, receiver: Receiver) -> None:
    receiver.failures = [503, 500]
    datadog.post(f"{WEBHOOKS}/custom-variables", {"name": "TOKEN", "value": 's"ecret', "is_secret": True})
    payload = (
        '{"text": "$EVENT_MSG", "tags": "$TAGS[host]", "state": "$ALERT_TRANSITION", "other": "$NOT_KNOWN"}'
    )
    webhook(datadog, receiver.url, payload=payload, custom_headers='{"Authorization": "Bearer $TOKEN"}')
    query = 'logs("status:error").index("*").rollup("count").by("host").last("5m") > 3'
    monitor(
        datadog, query, message='Say "no"\nto {{host.name}} @webhook-team', options={"new_group_delay": 0}
    )
    errors(datadog, 5, hostname="h1")
    advance(datadog, "2m")
    assert len(receiver.bodies) == 3
    said = json.loads(receiver.bodies[-1])
    assert said["text"].startswith('Say "no"\nto h1')
    assert (said["tags"], said["state"], said["other"]) == ("h1", "Triggered", "$NOT_KNOWN")
    assert receiver.headers[-1]["authorization"] == 'Bearer s"ecret'


def test_groups_have_states_of_their_own(datadog: Datadog) -> None:
    query = "avg(last_5m):avg:app.load{*} by {host} > 5"
    id = monitor(datadog, query, "query alert", options={"new_group_delay": 0, "require_full_window": False})
    for _ in range(3):
        moment = datadog.living.sandbox.clock.seconds
        series = [
            {"metric": "app.load", "points": [[moment, value]], "host": host, "type": "gauge"}
            for host, value in (("h1", 9), ("h2", 1))
        ]
        datadog.post("/api/v1/series", {"series": series})
        advance(datadog, "1m")
    groups = datadog.get(f"{MONITOR}/{id}?group_states=all")["state"]["groups"]
    assert {name: state["status"] for name, state in groups.items()} == {"host:h1": "Alert", "host:h2": "OK"}
    assert list(datadog.get(f"{MONITOR}/{id}?group_states=alert")["state"]["groups"]) == ["host:h1"]
    assert datadog.get(f"{MONITOR}?group_states=ok")[0]["state"]["groups"].keys() == {"host:h2"}
    wrong = datadog.send(f"{MONITOR}/{id}?group_states=bad", b"", method="GET")
    assert (wrong.status, wrong.json()) == (400, {"errors": ["Invalid group_state filters."]})
    found = datadog.get(f"{MONITOR}/groups/search?query=status:alert")
    assert [(item["group"], item["status"]) for item in found["groups"]] == [
        ("host:h1", "Alert"),
        ("host:h2", "OK"),
    ]
    assert [item["group"] for item in told(datadog)] == ["host:h1"]


def test_a_downtime_silences_but_changes_no_state(datadog: Datadog, receiver: Receiver) -> None:
    webhook(datadog, receiver.url)
    id = monitor(datadog, LOG_QUERY, tags=["team:a"])
    attributes = {"scope": "*", "monitor_identifier": {"monitor_tags": ["team:a"]}, "schedule": {"end": None}}
    datadog.post("/api/v2/downtime", {"data": {"type": "downtime", "attributes": attributes}})
    errors(datadog, 5)
    advance(datadog, "2m")
    assert datadog.get(f"{MONITOR}/{id}")["overall_state"] == "Alert"
    assert receiver.bodies == []
    assert [(item["notified"], item["why_not"]) for item in told(datadog)] == [(False, "downtime")]


def test_service_checks_and_composites(datadog: Datadog) -> None:
    query = '"app.ok".over("*").by("host").last(3).count_by_status()'
    thresholds = {"critical": 2, "warning": 1, "ok": 1}
    body = {"name": "check", "type": "service check", "query": query, "message": ""}
    check = int(datadog.post(MONITOR, {**body, "options": {"thresholds": thresholds}})["id"])
    logs = monitor(datadog, LOG_QUERY)
    body = {"name": "both", "type": "composite", "query": f"{check} && {logs}", "message": "@a@b.c"}
    both = int(datadog.post(MONITOR, {**body, "options": {}})["id"])
    for _ in range(3):
        datadog.post("/api/v1/check_run", {"check": "app.ok", "host_name": "h", "status": 2})
        advance(datadog, "1m")
    assert datadog.get(f"{MONITOR}/{check}")["overall_state"] == "Alert"
    assert datadog.get(f"{MONITOR}/{both}")["overall_state"] == "OK"
    errors(datadog, 5)
    datadog.post("/api/v1/check_run", {"check": "app.ok", "host_name": "h", "status": 2})
    advance(datadog, "1m")
    assert datadog.get(f"{MONITOR}/{both}")["overall_state"] == "Alert"
    assert "both" in [item["monitor_name"] for item in told(datadog)]


def test_what_only_datadog_computes_is_left_out_by_name(datadog: Datadog) -> None:
    query = "avg(last_4h):anomalies(avg:app.load{*}, 'basic', 2) >= 1"
    monitor(datadog, query, "query alert")
    advance(datadog, "2m")
    assert any("anomalies()" in text for text in datadog.health["left_out"])


def test_a_changed_monitor_begins_anew_and_a_deleted_one_is_forgotten(datadog: Datadog) -> None:
    id = monitor(datadog, LOG_QUERY)
    errors(datadog, 5)
    advance(datadog, "2m")
    higher = {"query": LOG_QUERY.replace("> 3", "> 30"), "options": {"thresholds": {"critical": 30}}}
    datadog.post(f"{MONITOR}/{id}", higher, "PUT")
    advance(datadog, "1m")
    assert datadog.get(f"{MONITOR}/{id}")["overall_state"] == "OK"
    datadog.post(f"{MONITOR}/{id}", None, "DELETE")
    advance(datadog, "1m")
    assert datadog.living.sandbox.monitors.find(id) is None


def test_transitions_are_events(datadog: Datadog) -> None:
    monitor(datadog, LOG_QUERY)
    errors(datadog, 5)
    advance(datadog, "2m")
    found = datadog.post("/api/v2/events/search", {"filter": {"query": "source:alert"}})["data"]
    assert [item["attributes"]["attributes"]["title"] for item in found] == ["[Triggered] Errors"]
