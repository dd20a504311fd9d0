"""The living sandbox: logs a second through the intake, beside the engine alone; disk and memory; a refresh.

Seconds are of this process's CPU, since a busy machine says nothing about the program.
"""

from __future__ import annotations

import json
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measure import Row
from ddconf.cli.defined_routing import defined_configuration
from ddconf.definitions import settings
from ddconf.definitions.load import Definitions, load
from ddconf.document import JSON, Document
from ddconf.emulator.store import Store
from ddconf.emulator.wire import Request
from ddconf.living.app import LivingApp, living
from ddconf.living.routing.configuration import Configuration
from ddconf.living.sandbox import SandboxSettings
from ddconf.operations.pipeline_tests.defined_pipelines import ready
from ddconf.pipelines.engine import compile_pipelines
from ddconf.pipelines.log import Log
from ddconf.preview.live import LiveDashboards

ROOT = Path(__file__).parent.parent
BATCH, BATCHES = 1000, 8
KEPT = 100_000


def flows(count: int) -> list[Document]:
    """Records as fluent-plugin-netflow makes them."""
    now = datetime.now(UTC).isoformat()
    return [
        {
            "version": 5,
            "flow_seq_num": number,
            "ipv4_src_addr": f"192.168.2.{number % 200 + 1}",
            "ipv4_dst_addr": f"198.51.100.{number % 50 + 1}",
            "input_snmp": 1,
            "output_snmp": 2,
            "in_pkts": number % 90 + 1,
            "in_bytes": number % 9000 + 40,
            "l4_src_port": 1024 + number % 60_000,
            "l4_dst_port": (443, 53, 22, 8443)[number % 4],
            "tcp_flags": 27,
            "protocol": (6, 17)[number % 2],
            "first_switched": now,
            "last_switched": now,
            "host": "192.168.2.1",
            "hostname": "collector",
            "ddsource": "netflow",
            "@timestamp": now,
        }
        for number in range(count)
    ]


def lines(count: int) -> list[Document]:
    """Logs that no pipeline of ours takes."""
    return [
        {
            "message": f"GET /item/{number} 200",
            "service": "shop",
            "ddsource": "app",
            "hostname": "h",
            "n": number,
        }
        for number in range(count)
    ]


@contextmanager
def sandbox(configuration: Configuration | None = None) -> Iterator[LivingApp]:
    """An organisation with such a configuration."""
    kept = SandboxSettings(most_logs=KEPT, dashboards=LiveDashboards({}))
    with (
        tempfile.TemporaryDirectory() as folder,
        living(Store(), Path(folder) / "data.sqlite", settings=kept) as made,
    ):
        for pipeline in configuration.pipelines if configuration else ():
            post(made, "/api/v1/logs/config/pipelines", pipeline)
        for metric in configuration.metrics if configuration else ():
            data = {"id": metric["id"], "type": "logs_metrics", "attributes": metric}
            post(made, "/api/v2/logs/config/metrics", {"data": data})
        yield made


def defined() -> Configuration:
    """What the shipped definitions say."""
    return defined_configuration(_definitions())


def _definitions() -> Definitions:
    folder = ROOT / "definitions"
    return load(folder, settings.read(folder, environment=None, variables={}, variable_files=(), env={}))


def post(made: LivingApp, path: str, body: JSON) -> None:
    request = Request("POST", path, {"content-type": "application/json"}, json.dumps(body).encode())
    response = made.app.handle(request)
    assert response.status < 300, response


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def send(made: LivingApp, logs: list[Document]) -> None:
    post(made, "/api/v2/logs", logs)


def main() -> None:
    plain, records = lines(BATCH), flows(BATCH)
    with sandbox() as made:
        send(made, plain)
        spent = seconds(lambda: [send(made, plain) for _ in range(BATCHES)]) / BATCHES
        print(Row(f"{BATCH} logs taken in, no pipeline of ours, seconds", spent, BATCH / 8000))
    configuration = defined()
    with sandbox(configuration) as made:
        send(made, records)
        spent = seconds(lambda: [send(made, records) for _ in range(BATCHES // 2)]) / (BATCHES // 2)
        engine = compile_pipelines(configuration.pipelines)
        logs = [Log.from_event(record) for record in records]
        alone = seconds(lambda: [engine.run(log, trace=False) for log in logs])
        print(Row("NetFlow taken in / the engine alone", spent / alone, 1 / 0.7))
        _refresh(made)
    _kept(plain)


def _refresh(made: LivingApp) -> None:
    """The dashboard's share for the logs at hand of a second for a hundred thousand."""
    [document] = [
        ready(item)
        for address, item in _definitions().items.items()
        if (address.kind, address.name) == ("dashboard", "netflow")
    ]
    post(made, "/api/v1/dashboard", document)
    listed = made.app.handle(Request("GET", "/api/v1/dashboard", {}, b"")).json()["dashboards"]
    request = Request("GET", f"/_sandbox/dashboard/{listed[0]['id']}?range=1h", {}, b"")
    made.app.handle(request)
    count = sum(made.sandbox.logs.counts().values())
    spent = seconds(lambda: made.app.handle(request))
    print(Row(f"the NetFlow dashboard over {count} logs, seconds", spent, count / 100_000))


def _kept(plain: list[Document]) -> None:
    """Disk and memory of many logs, and a search with groups over all of them."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with sandbox() as made:
        for _ in range(KEPT // BATCH):
            send(made, plain)
        size = made.sandbox.database.size
        print(Row("disk, MB for a million logs", size / KEPT, 1500))
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        print(Row(f"memory for {KEPT} logs, MB", grown, 600))
        asked = {"filter": {"query": "service:shop @n:>500"}, "group_by": [{"facet": "host"}]}
        request = Request("POST", "/api/v2/logs/analytics/aggregate", {}, json.dumps(asked).encode())
        first = seconds(lambda: made.app.handle(request))
        again = seconds(lambda: made.app.handle(request))
        print(Row(f"a count by group over {KEPT} logs, seconds", first, 6))
        print(Row("the same again, seconds", again, 1))


if __name__ == "__main__":
    main()
