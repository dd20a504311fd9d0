"""Monitors: a thousand over a day of minutes, as many of each window and type as real organisations have."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime
from itertools import cycle, islice

from ddconf.alerting.data import Data
from ddconf.alerting.events import ArrivedEvent
from ddconf.alerting.metrics.samples import MetricType, Samples
from ddconf.alerting.monitor import Monitor
from ddconf.alerting.timeline import run_monitor
from ddconf.pipelines.log import Log

MONITORS, HOSTS, LOGS = 1_000, 3, 2_000
START = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
DAY = 86_400

# of ten metric monitors, half look at five minutes; a seventh of all monitors look at logs
QUERIES = (
    *["avg(last_5m):avg:gauge{*} by {host} > 90"] * 5,
    "max(last_15m):max:gauge{*} by {host} > 99",
    "avg(last_10m):avg:gauge{env:prod} > 80",
    "avg(last_1h):avg:gauge{*} by {host} > 70",
    "sum(last_5m):sum:hits{*}.as_count() > 100",
    "sum(last_5m):sum:errors{*}.as_count() / sum:hits{*}.as_count() * 100 > 5",
    "sum(last_15m):sum:hits{*} by {host}.as_count() < 10",
    "pct_change(avg(last_5m),last_1h):avg:gauge{*} > 50",
)
SEARCHES = (
    'logs("status:error").index("*").rollup("count").by("service").last("5m") > 10',
    'logs("service:web").index("*").rollup("avg", "@duration").last("1h") > 500',
)


def monitors() -> list[Monitor]:
    queries = [("query alert", query) for query in QUERIES] + [("log alert", query) for query in SEARCHES]
    return [Monitor.read({"type": type, "query": query}) for type, query in islice(cycle(queries), MONITORS)]


def data() -> Data:
    chance = random.Random(1)
    times = [START + 30 + 60 * minute for minute in range(DAY // 60)]
    series = [
        Samples(metric, times, [chance.random() * most for _ in times], (f"host:{host}", "env:prod"), type)
        for metric, type, most in (
            ("gauge", MetricType.GAUGE, 100),
            ("hits", MetricType.COUNT, 40),
            ("errors", MetricType.COUNT, 3),
        )
        for host in range(HOSTS)
    ]
    moments = sorted(START + chance.random() * DAY for _ in range(LOGS))
    logs = [
        ArrivedEvent(
            moment,
            Log(
                attributes={"duration": chance.random() * 900},
                service=chance.choice(["web", "api"]),
                status=chance.choice(["error", "info"]),
            ),
        )
        for moment in moments
    ]
    return Data(series, {"logs": logs})


def main() -> None:
    everything, all_data = monitors(), data()
    start = time.process_time()
    changes = sum(len(run_monitor(item, all_data, (START, START + DAY)).entries) for item in everything)
    seconds = time.process_time() - start
    print(
        f"{MONITORS} monitors over a day of minutes: {seconds:.1f} s of one core, {changes} changes of status"
    )


if __name__ == "__main__":
    main()
