"""The three shipped systems live for an hour of recorded traffic: from the intake to the alert's webhook.

NetFlow records as FluentD posted them, lines of Keepalived and HAProxy of a failover, logins at a NAS.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ddconf.testing import SandboxClient, sandbox
from tests.living.test_monitors import Receiver, receiver

__all__ = ["receiver"]
ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture
def lab(corpus: Path, receiver: Receiver) -> Iterator[SandboxClient]:
    """The shipped definitions, whose alerts go to a webhook of this machine."""
    if not (corpus / "samples" / "netflow").is_dir():
        pytest.skip(f"no samples in {corpus}")
    options = ("--var", "notify=@webhook-operations", "--any-age")
    with sandbox(ROOT / "definitions", options=options) as client:
        hook = {"name": "operations", "url": receiver.url}
        client.ask("/api/v1/integration/webhooks/configuration/webhooks", hook)
        yield client


def hold(lab: SandboxClient, moment: datetime) -> None:
    lab.ask("/_sandbox/clock", {"hold": moment.isoformat()})


def play(lab: SandboxClient, timed: list[tuple[datetime, dict[str, Any]]], *, after: int) -> None:
    """Send logs minute by minute as they came, and let some minutes pass behind the last."""
    now = timed[0][0].replace(second=0, microsecond=0)
    hold(lab, now)
    waiting = sorted(timed, key=lambda item: item[0])
    quiet = 0
    while waiting or quiet < after:
        now += timedelta(minutes=1)
        due = [log for moment, log in waiting if moment < now]
        waiting = waiting[len(due) :]
        quiet = 0 if due else quiet + 1
        for start in range(0, len(due), 500):
            lab.ask("/api/v2/logs", due[start : start + 500])
        lab.advance("1m")


def alerts(lab: SandboxClient, monitor: str) -> list[tuple[str, str]]:
    return [(told.group, told.transition) for told in lab.notifications if told.monitor == monitor]


def test_a_port_scan_in_netflow_calls_the_operations_team(
    lab: SandboxClient, corpus: Path, receiver: Receiver
) -> None:
    file = corpus / "samples" / "netflow" / "v9-short-timeouts.jsonl"
    records = [json.loads(line) for line in file.read_text().splitlines()]
    timed = [(datetime.fromisoformat(record["@timestamp"]), record) for record in records]
    play(lab, timed, after=20)

    kept = [record for record in records if "in_bytes" in record]
    found = lab.ask(
        "/api/v2/logs/analytics/aggregate",
        {
            "filter": {"query": "source:netflow", "from": "now-1d", "to": "now+1d", "indexes": ["netflow"]},
            "compute": [{"aggregation": "count"}, {"aggregation": "sum", "metric": "@netflow.bytes"}],
        },
    )
    (bucket,) = found["data"]["buckets"]
    assert bucket["computes"]["c0"] == len(kept)
    assert bucket["computes"]["c1"] == sum(record["in_bytes"] for record in kept)

    scan = alerts(lab, "NetFlow: port scan")
    assert ("@network.client.ip:203.0.113.66", "Triggered") in scan
    assert ("@network.client.ip:203.0.113.66", "Recovered") in scan
    titles = [json.loads(body)["title"] for body in receiver.bodies]
    assert any("NetFlow: port scan" in title and "Triggered" in title for title in titles)

    by_service = lab.metric("sum:netflow.flows{*} by {flow_service}.as_count()", seconds=86_400)
    assert sum(sum(values) for values in by_service.values()) == len(kept)


def test_a_failover_of_the_load_balancers_is_an_alert(lab: SandboxClient, corpus: Path) -> None:
    timed = []
    for name in ("wire-lb1.log", "wire-lb2.log"):
        for source in ("keepalived", "haproxy"):
            for line in (corpus / "samples" / source / name).read_text().splitlines():
                moment = datetime.strptime(
                    f"2026 {line.partition('>')[2][:15]} +0000", "%Y %b %d %H:%M:%S %z"
                )
                timed.append((moment, {"message": line, "ddsource": source}))
    play(lab, sorted(timed, key=lambda item: item[0]), after=3)
    assert any(transition == "Triggered" for _, transition in alerts(lab, "Control plane: failover"))
    down = lab.logs("source:haproxy @haproxy.event:server_down")
    assert down and all(log.attributes["haproxy"]["event"] == "server_down" for log in down)


def test_lines_of_a_nas_say_who_did_what(lab: SandboxClient, corpus: Path) -> None:
    lines = (corpus / "samples" / "qnap" / "public-with-pri.log").read_text().splitlines()
    lab.ask("/api/v2/logs", [{"message": line, "service": "qnap-nas"} for line in lines])
    found = lab.logs("service:qnap-nas @usr.name:*", start="now-370d")
    assert found and {log.attributes["evt"]["outcome"] for log in found if "evt" in log.attributes} >= {
        "success"
    }
