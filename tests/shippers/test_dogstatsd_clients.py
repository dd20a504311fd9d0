"""DogStatsD's clients of other languages: hot-shots (npm) and datadog-go."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.shippers.conftest import Target, installed, program

_NODE = """
const StatsD = require("hot-shots");
const client = new StatsD({host: "127.0.0.1", port: Number(process.argv[2]), globalTags: {env: "a"}});
client.increment("node.hits", 2, ["x:y"]);
client.gauge("node.gauge", 7);
client.distribution("node.size", 5);
client.set("node.users", "ann");
client.event("started", "it runs", {alert_type: "warning"}, ["t:1"]);
client.check("node.check", client.CHECKS.CRITICAL, {hostname: "h"}, ["t:1"]);
client.close(() => process.exit(0));
"""


@pytest.mark.slow
def test_hot_shots(target: Target) -> None:
    modules = installed("node_modules", "hot-shots").parent
    environment = {**os.environ, "NODE_PATH": str(modules)}
    subprocess.run(
        [program("node"), "-e", _NODE, "-", str(target.udp)], env=environment, check=True, timeout=60
    )
    assert [sum(values) for values in target.values("node.hits").values()] == [0.2]
    assert set(target.values("node.hits")) == {("env:a", "x:y")}
    assert target.values("node.gauge") == {("env:a",): [7.0]}
    assert target.values("node.users") == {("env:a",): [1.0]}
    assert target.values("node.size")[("env:a",)][0].count == 1
    target.wait_for(lambda: target.sandbox.events.count() == 1 and target.sandbox.checks.count() == 1)


@pytest.mark.slow
def test_datadog_go(target: Target) -> None:
    binary = installed("statsd-go", "statsd")
    subprocess.run([str(binary), f"127.0.0.1:{target.udp}"], check=True, timeout=60)
    assert [sum(values) for values in target.values("go.hits").values()] == [0.2]
    assert set(target.values("go.hits")) == {("env:a", "x:y")}
    assert target.values("go.gauge") == {("env:a",): [7.0]}
    assert target.values("go.size")[("env:a",)][0].count == 1
    target.wait_for(lambda: target.sandbox.events.count() == 1 and target.sandbox.checks.count() == 1)
