"""The three shipped systems live for an hour of recorded traffic: from the intake to the alert's webhook.

NetFlow records as FluentD posted them, lines of Keepalived and HAProxy of a failover, logins at a NAS.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ddconf.testing import SandboxClient, sandbox
from tests.living.test_monitors import Receiver, receiver

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

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


def shown(lab: SandboxClient, browser: Chrome, title: str, span: tuple[datetime, datetime]) -> dict[str, str]:
    """What the widgets of a dashboard show in a browser, by their titles."""
    (id,) = [one["id"] for one in lab.ask("/api/v1/dashboard")["dashboards"] if one["title"] == title]
    start, end = (round(moment.timestamp() * 1000) for moment in span)
    browser.get(f"{lab.url}/dashboard/{id}?from={start}&to={end}")
    lab.wait_for(lambda: browser.execute_script("return document.body.dataset.refreshed"), seconds=60)
    texts = "return [...document.querySelectorAll('.widget')].map(w => [w.ariaLabel, w.innerText])"
    found = browser.execute_script(texts)
    return dict(found)


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


def test_the_dashboard_of_netflow_shows_what_the_records_add_up_to(
    lab: SandboxClient, corpus: Path, browser: Chrome
) -> None:
    file = corpus / "samples" / "netflow" / "v9-short-timeouts.jsonl"
    records = [json.loads(line) for line in file.read_text().splitlines()]
    times = [datetime.fromisoformat(record["@timestamp"]) for record in records]
    hold(lab, max(times) + timedelta(minutes=1))
    lab.ask("/api/v2/logs", records[:900])
    lab.ask("/api/v2/logs", records[900:])
    kept = [record for record in records if "in_bytes" in record]
    day = timedelta(days=1)
    widgets = shown(lab, browser, "NetFlow", (min(times) - day, max(times) + day))
    assert f"{sum(record['in_bytes'] for record in kept):,}" in widgets["Total traffic"]
    assert f"{len(kept):,}" in widgets["Flows"]
    assert browser.execute_script("return document.querySelectorAll('.uplot canvas').length") > 3


def test_lines_of_a_nas_say_who_did_what(lab: SandboxClient, corpus: Path) -> None:
    lines = (corpus / "samples" / "qnap" / "public-with-pri.log").read_text().splitlines()
    lab.ask("/api/v2/logs", [{"message": line, "service": "qnap-nas"} for line in lines])
    found = lab.logs("service:qnap-nas @usr.name:*", start="now-370d")
    assert found and {log.attributes["evt"]["outcome"] for log in found if "evt" in log.attributes} >= {
        "success"
    }
