"""`ddconf alerts --from`: what monitors would have done on the data that a site has, asked over a socket."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ddconf.alerting.groups import group_text
from ddconf.alerting.metrics.samples import MetricType, Samples
from ddconf.cli.group import run
from ddconf.datadog.http.client import Client
from ddconf.datadog.http.credentials import Credentials
from ddconf.definitions.load import load
from ddconf.definitions.settings import read
from ddconf.emulator.wire import Request, Response
from ddconf.operations.alert_tests.bench import AlertBench
from ddconf.operations.alert_tests.history import MonitorHistory, histories
from ddconf.operations.alert_tests.live_histories import live_histories
from tests.living.conftest import SECOND, Datadog

SPAN = (SECOND - 3600, SECOND)
WHEN = ("--from", "2026-05-04T11:00Z", "--to", "2026-05-04T12:00Z")
CPU = "avg(last_5m):avg:cpu{env:prod} by {host} > 80"
MINUTES = [SECOND - 3570 + 60 * minute for minute in range(60)]
SERIES = [
    Samples(
        "cpu",
        MINUTES,
        [95 if 20 <= minute < 30 else 50 for minute in range(60)],
        ("host:a", "env:prod"),
    ),
    Samples("cpu", MINUTES[::2], [60 + minute for minute in range(0, 60, 2)], ("host:b", "env:prod")),
    Samples("cpu", MINUTES, [99] * 60, ("host:c", "env:test")),
    Samples("cpu", MINUTES, [99] * 60, ("env:prod",)),
    Samples("hits", MINUTES, [minute % 7 for minute in range(60)], ("code:2xx",), MetricType.COUNT),
    Samples("hits", MINUTES[20:30], [9] * 10, ("code:5xx",), MetricType.COUNT),
]
_TYPES = {MetricType.GAUGE: 3, MetricType.COUNT: 1}


@pytest.fixture
def site(datadog: Datadog) -> Datadog:
    """With the series, and four logs of a shop."""
    listed = [
        {
            "metric": item.metric,
            "type": _TYPES[item.type],
            "interval": 60 if item.type is MetricType.COUNT else 0,
            "tags": list(item.tags),
            "points": [
                {"timestamp": time, "value": value}
                for time, value in zip(item.times, item.values, strict=True)
            ],
        }
        for item in SERIES
    ]
    datadog.post("/api/v2/series", {"series": listed})
    for id, kind in (("cpu", "gauge"), ("hits", "count")):
        datadog.post(f"/api/v1/metrics/{id}", {"type": kind}, "PUT")
    logs = [
        {
            "message": f"boom {minute}",
            "service": "shop",
            "status": "error",
            "timestamp": (SECOND - 60 * minute) * 1000,
        }
        for minute in (30, 29, 28, 10)
    ]
    datadog.post("/api/v2/logs", logs)
    return datadog


@pytest.fixture
def client(site: Datadog, url: str) -> Iterator[Client]:
    made = Client(Credentials(url, "datadoghq.com", "key", "key"), workers=2)
    yield made
    made.close()


def bench(folder: Path, **monitors: dict[str, Any]) -> AlertBench:
    (folder / "ddconf.yaml").write_text("site: datadoghq.com\n", encoding="utf-8")
    named = {"name": "M", "message": "{{value}} @slack-ops"}
    defined = {"monitor": {name: {**named, **body} for name, body in monitors.items()}}
    (folder / "all.yaml").write_text(json.dumps(defined), encoding="utf-8")
    return AlertBench(load(folder, read(folder)))


def metric(query: str, **options: Any) -> dict[str, Any]:
    return {"type": "query alert", "query": query, "options": {"new_group_delay": 0, **options}}


def log(query: str) -> dict[str, Any]:
    return {"type": "log alert", "query": query, "options": {"new_group_delay": 0}}


def told(found: MonitorHistory) -> list[tuple[float, str, str, str]]:
    return [
        (entry.change.at - SPAN[0], group_text(entry.change.group), str(entry.change.transition), said.text)
        for entry, said in found.notifications
    ]


@pytest.mark.parametrize(
    "query",
    [
        CPU,
        "max(last_5m):max:cpu{*} by {host} > 90",
        "min(last_10m):avg:cpu{env:prod,host:b} > 70",
        "avg(last_5m):sum:cpu{env:prod} by {host} > 80",
        "sum(last_5m):sum:hits{*}.as_count() > 20",
        "sum(last_5m):sum:hits{*} > 20",
        "sum(last_5m):sum:hits{code:5xx}.as_count() / sum:hits{*}.as_count() > 0.5",
        "avg(last_5m):avg:cpu{host:a}.rollup(max, 60) > 80",
        "avg(last_1h):avg:cpu{host:a} > 55",
        "change(avg(last_5m),last_10m):avg:cpu{host:a} > 20",
        "avg(last_5m):timeshift(avg:cpu{host:a}, -600) > 80",
    ],
)
def test_values_that_the_site_computed_come_out_as_the_samples_themselves(
    query: str, client: Client, tmp_path: Path
) -> None:
    """Half an hour after the samples began, so that both know what was before."""
    span = (SPAN[0] + 1200, SPAN[1])
    run = bench(tmp_path, m=metric(query))
    [local] = histories(run, ["monitor.m"], SERIES, [], span)
    [live] = live_histories(client, run, ["monitor.m"], span, 100).histories
    assert (live.why_not, told(live)) == ("", told(local))
    assert told(live)


def test_logs_are_looked_at_as_the_site_has_them(client: Client, tmp_path: Path) -> None:
    query = 'logs("status:error").index("*").rollup("count").by("service").last("5m") >= 2'
    found = live_histories(client, bench(tmp_path, m=log(query)), ["monitor.m"], SPAN, 100)
    assert [(at, group, change) for at, group, change, _ in told(found.histories[0])] == [
        (31 * 60, "service:shop", "OK to Alert"),
        (36 * 60, "service:shop", "Alert to OK"),
    ]
    assert not found.cut
    [need] = live_histories(client, bench(tmp_path, m=log(query)), ["monitor.m"], SPAN, 2).cut
    assert need.search == "status:error"


def test_a_query_is_asked_once_whoever_needs_it(client: Client, tmp_path: Path) -> None:
    run = bench(
        tmp_path,
        a=metric(CPU),
        b=metric(CPU.replace("80", "90")),
        both={"type": "composite", "query": "${monitor.a.id} && ${monitor.b.id}"},
    )
    found = live_histories(client, run, ["monitor.a", "monitor.b", "monitor.both"], SPAN, 100)
    assert [item.why_not for item in found.histories] == ["", "", ""]
    assert told(found.histories[2])
    assert client.requests == 1


def test_what_no_api_tells_is_said_and_the_rest_is_shown(client: Client, tmp_path: Path) -> None:
    run = bench(
        tmp_path,
        ours=metric(CPU),
        check={"type": "service check", "query": '"up".over("*").by("host").last(2).count_by_status()'},
        rum={"type": "rum alert", "query": 'rum("*").rollup("count").last("5m") > 1'},
        other={"type": "composite", "query": "${monitor.ours.id} && 12"},
        weekly=metric("avg(last_1w):avg:cpu{*}.rollup(avg, weekly) > 1"),
        odd=metric("avg(last_1h):outliers(avg:cpu{*} by {host}, 'dbscan', 3) > 0"),
    )
    names = ("ours", "check", "rum", "other", "weekly", "odd")
    found = live_histories(client, run, [f"monitor.{name}" for name in names], SPAN, 9)
    assert [item.why_not.removeprefix("cannot be computed offline: ") for item in found.histories] == [
        "",
        "a monitor of type service check, whose data no API tells",
        "rum, which are not asked for",
        "the status of 12, which is not defined here",
        "rollup(avg, weekly)",
        "outliers()",
    ]
    assert told(found.histories[0])


def test_a_day_of_minutes_is_asked_in_parts(client: Client, tmp_path: Path) -> None:
    span = (SECOND - 2 * 86_400, SECOND)
    [found] = live_histories(client, bench(tmp_path, m=metric(CPU)), ["monitor.m"], span, 9).histories
    assert client.requests == 3
    assert told(found)


@pytest.fixture
def ddconf(site: Datadog, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    bench(tmp_path, cpu={**metric(CPU), "name": "CPU", "message": "{{host.name}} {{value}} @slack-ops"})
    for name, value in (("DD_HOST", url), ("DD_API_KEY", "key"), ("DD_APP_KEY", "key"), ("NO_COLOR", "1")):
        monkeypatch.setenv(name, value)
    return lambda *args: run(["-C", str(tmp_path), "alerts", *args])


def test_the_command_prints_a_timeline_twice_the_same(
    ddconf: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert ddconf("cpu", *WHEN) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("monitor.cpu  CPU\n")
    assert "  2026-05-04 11:24  Alert   a  86  to @slack-ops\n    a 86 @slack-ops\n" in printed
    assert printed.endswith("from 2026-05-04 11:00 to 2026-05-04 12:00 UTC\n")
    assert ddconf("cpu", *WHEN) == 0
    assert capsys.readouterr().out == printed


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--from", "soon"), "no time 'soon'"),
        (("--from", "1h", "--to", "2h"), "--from 1h is not before --to 2h"),
        (("--from", "1h", "--logs", "-"), "--from cannot be combined with --logs or --series"),
        (("nobody", "--from", "1h"), "no monitor nobody"),
        (("--sandbox", "--from", "1h"), "the embedded sandbox has no logs and metrics"),
        ((), "nothing to look at"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    args: tuple[str, ...], message: str, ddconf: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert ddconf(*args) == 1
    assert message in capsys.readouterr().err


def test_a_site_that_does_not_answer_is_named(
    ddconf: Callable[..., int], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DD_HOST", "http://127.0.0.1:9")
    assert ddconf("cpu", *WHEN) == 1
    assert "DD_HOST (now http://127.0.0.1:9)" in capsys.readouterr().err


@dataclass
class Forbidding:
    """A site whose keys may not ask for some paths."""

    answer: Callable[[Request], Response]
    paths: tuple[str, ...] = ()

    def __call__(self, request: Request) -> Response:
        if request.path.startswith(self.paths):
            return Response(403, b'{"errors": ["Forbidden"]}')
        return self.answer(request)


@pytest.fixture
def forbidding(site: Datadog, monkeypatch: pytest.MonkeyPatch) -> Forbidding:
    made = Forbidding(site.living.app.handle)
    monkeypatch.setattr(site.living.app, "handle", made)
    return made


def test_keys_that_may_not_read_anything_are_an_error(
    ddconf: Callable[..., int],
    forbidding: Forbidding,
    capsys: pytest.CaptureFixture[str],
) -> None:
    forbidding.paths = ("/api/v1/query",)
    assert ddconf("cpu", *WHEN) == 1
    said = capsys.readouterr().err
    assert "GET /api/v1/query: HTTP 403: Forbidden" in said
    assert "the scopes of the application key" in said


def test_keys_that_may_read_metrics_alone_leave_out_monitors_of_logs(
    ddconf: Callable[..., int],
    forbidding: Forbidding,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    query = 'logs("status:error").index("*").rollup("count").last("5m") >= 2'
    bench(tmp_path, cpu=metric(CPU), errors=log(query))
    forbidding.paths = ("/api/v2/logs",)
    assert ddconf(*WHEN) == 0
    printed = capsys.readouterr()
    assert "1 of 2 monitors would have notified" in printed.out
    assert (
        "monitor.errors: the keys may not read its data: POST /api/v2/logs/events/search: Forbidden"
        in printed.err
    )


OBJECTIVES = {
    "metric": {
        "type": "metric",
        "query": {"numerator": "sum:hits{!code:5xx}.as_count()", "denominator": "sum:hits{*}.as_count()"},
    },
    "time_slice": {
        "type": "time_slice",
        "sli_specification": {
            "time_slice": {
                "comparator": "<",
                "threshold": 80,
                "query": {
                    "formulas": [{"formula": "a"}],
                    "queries": [{"data_source": "metrics", "name": "a", "query": "max:cpu{host:a}"}],
                },
            }
        },
    },
    "monitor": {"type": "monitor", "monitor_ids": ["${monitor.cpu}"]},
}


@pytest.mark.parametrize("kind", OBJECTIVES)
def test_alerts_on_slos_ask_for_what_the_slo_is_made_of(kind: str, client: Client, tmp_path: Path) -> None:
    query = 'burn_rate("${service_level_objective.slo}").over("7d").long_window("1h").short_window("5m") > 1'
    thresholds = [{"timeframe": "7d", "target": 90}]
    defined = {"slo": {"name": "S", "thresholds": thresholds, **OBJECTIVES[kind]}}
    text = json.dumps({"service_level_objective": defined})
    (tmp_path / "slo.yaml").write_text(text, encoding="utf-8")
    run = bench(tmp_path, cpu=metric(CPU), burns={"type": "slo alert", "query": query})
    span = (SPAN[0] + 1200, SPAN[1])
    [live] = live_histories(client, run, ["monitor.burns"], span, 9).histories
    assert live.why_not == ""
    assert [change for _, _, change, _ in told(live)][:1] == ["OK to Alert"]
