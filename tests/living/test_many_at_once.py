"""Many senders and readers at the same time: every log once, every number once, no quota exceeded."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

from tests.living.conftest import Datadog

SENDERS, REQUESTS, LOGS = 6, 10, 20


def test_nothing_is_lost_or_doubled(datadog: Datadog) -> None:
    def send(sender: int) -> None:
        for request in range(REQUESTS):
            logs = [{"message": f"{sender}-{request}-{number}", "service": "web"} for number in range(LOGS)]
            assert datadog.send("/api/v2/logs", json.dumps(logs).encode()).status == 202
            count = {"series": [{"metric": "m", "points": [[datadog.living.sandbox.clock.seconds, sender]]}]}
            assert datadog.send("/api/v1/series", json.dumps(count).encode()).status == 202

    def search(_: int) -> None:
        for _ in range(REQUESTS):
            reply = datadog.send("/api/v2/logs/analytics/aggregate", b'{"group_by": [{"facet": "service"}]}')
            assert reply.status == 200

    with ThreadPoolExecutor(SENDERS * 2) as pool:
        waiting = [pool.submit(work, number) for number in range(SENDERS) for work in (send, search)]
        for item in waiting:
            item.result()
    wanted = sorted(
        f"{sender}-{request}-{number}"
        for sender in range(SENDERS)
        for request in range(REQUESTS)
        for number in range(LOGS)
    )
    stored = list(datadog.living.sandbox.logs.between(0, 2**60))
    assert sorted(one.log.message for one in stored) == wanted
    assert len({one.id for one in stored}) == len(wanted)


def test_a_quota_holds_however_many_send(datadog: Datadog) -> None:
    path = "/api/v1/logs/config/indexes/main"
    datadog.post(path, {"filter": {"query": "*"}, "daily_limit": 50}, "PUT")
    with ThreadPoolExecutor(SENDERS) as pool:
        logs = json.dumps([{"message": "a"}] * LOGS).encode()
        list(pool.map(lambda _: datadog.send("/api/v2/logs", logs), range(SENDERS)))
    assert datadog.health["logs"] == {"indexed": 50, "not_indexed": SENDERS * LOGS - 50}
