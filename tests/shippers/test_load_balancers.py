"""Keepalived and HAProxy themselves on two nodes, one network namespace each: a failover is seen as an alert.

The lines are their own, from standard output; the test carries them to the intake as syslog does.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ddconf.testing import SandboxClient, sandbox
from tests.shippers.conftest import program

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow

_KEEPALIVED = """
global_defs {{
  router_id {name}
  script_user root
}}
vrrp_script haproxy {{
  script "{check}"
  interval 1
  fall 1
  rise 1
}}
vrrp_instance lab {{
  state BACKUP
  interface {link}
  virtual_router_id 33
  priority {priority}
  advert_int 1
  virtual_ipaddress {{
    192.0.2.100/24
  }}
  track_script {{
    haproxy
  }}
}}
"""
_HAPROXY = """
global
  log stdout format rfc3164 local0
  log-send-hostname {name}
defaults
  mode tcp
  log global
  option tcplog
  timeout connect 1s
  timeout client 5s
  timeout server 5s
frontend k8s-api
  bind 127.0.0.1:6443
  default_backend control-plane
backend control-plane
  server cp1 127.0.0.1:6444 check inter 500ms fall 1
  server cp2 127.0.0.1:6445 check inter 500ms fall 1
"""


@dataclass(frozen=True)
class Node:
    """A load balancer: its name, which is its namespace's too, its end of the link, its weight."""

    name: str
    link: str
    address: str
    priority: int
    folder: Path

    def command(self, *words: str) -> list[str]:
        return [program("ip"), "netns", "exec", self.name, *words]

    @contextmanager
    def haproxy(self) -> Iterator[subprocess.Popen[bytes]]:
        configuration = self.folder / "haproxy.cfg"
        configuration.write_text(_HAPROXY.format(name=self.name))
        with self._running("haproxy", "-f", str(configuration), "-db") as process:
            (self.folder / "pid").write_text(str(process.pid))
            yield process

    @contextmanager
    def keepalived(self) -> Iterator[subprocess.Popen[bytes]]:
        check = self.folder / "check.sh"
        check.write_text(f'#!/bin/sh\nkill -0 "$(cat {self.folder / "pid"})"\n')
        check.chmod(0o755)
        configuration = self.folder / "keepalived.conf"
        configuration.write_text(
            _KEEPALIVED.format(name=self.name, check=check, link=self.link, priority=self.priority)
        )
        files = ["-p", str(self.folder / "keepalived.pid"), "-r", str(self.folder / "vrrp.pid")]
        with self._running("keepalived", "-n", "-l", "-P", "-f", str(configuration), *files) as process:
            yield process

    @contextmanager
    def _running(self, name: str, *options: str) -> Iterator[subprocess.Popen[bytes]]:
        with (self.folder / f"{name}.log").open("wb") as output:
            command = self.command(program(name), *options)
            process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
            try:
                yield process
            finally:
                process.terminate()
                process.wait()

    def lines(self, name: str) -> list[str]:
        return (self.folder / f"{name}.log").read_text(errors="replace").splitlines()

    def said(self, name: str, text: str) -> bool:
        return any(text in line for line in self.lines(name))

    def syslog(self) -> list[dict[str, str]]:
        """What the programs said, each line as their syslog would send it."""
        now = f"{datetime.now(UTC):%b %e %H:%M:%S}"
        said = [line.partition(": ")[2] for line in self.lines("keepalived")]
        logs = [(f"<30>{now} {self.name} Keepalived_vrrp[77]: {text}", "keepalived") for text in said if text]
        logs += [(line, "haproxy") for line in self.lines("haproxy") if line.startswith("<")]
        return [{"message": message, "ddsource": source} for message, source in logs]


def run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True, text=True)


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[list[Node]]:
    ip = program("ip")
    program("haproxy")
    program("keepalived")
    if os.geteuid() != 0:
        pytest.skip("network namespaces need root")
    mark = f"{os.getpid() % 100_000:05d}"
    made = []
    with ExitStack() as stack:
        for number, letter in enumerate("ab", start=1):
            folder = tmp_path / letter
            folder.mkdir()
            node = Node(
                f"lb{letter}-{mark}", f"v{letter}{mark}", f"192.0.2.{number}/24", 100 - number, folder
            )
            try:
                run(ip, "netns", "add", node.name)
            except subprocess.CalledProcessError as error:
                pytest.skip(f"no network namespaces here: {error.stderr.strip()}")
            stack.callback(run, ip, "netns", "del", node.name)
            made.append(node)
        first, second = made
        run(ip, "link", "add", first.link, "netns", first.name, "type", "veth", "peer", "name", second.link,
            "netns", second.name)  # fmt: skip
        for node in made:
            run(*node.command(ip, "link", "set", "lo", "up"))
            run(*node.command(ip, "link", "set", node.link, "up"))
            run(*node.command(ip, "address", "add", node.address, "dev", node.link))
        yield made


@pytest.fixture(scope="module")
def lab() -> Iterator[SandboxClient]:
    with sandbox(ROOT / "definitions") as client:
        yield client


def test_a_dead_haproxy_moves_the_address_and_the_operations_team_hears_of_it(
    nodes: list[Node], lab: SandboxClient
) -> None:
    first, second = nodes
    with ExitStack() as stack:
        doomed, _ = [stack.enter_context(node.haproxy()) for node in nodes]
        stack.enter_context(first.keepalived())
        lab.wait_for(lambda: first.said("keepalived", "Entering MASTER STATE"), seconds=60)
        stack.enter_context(second.keepalived())
        lab.wait_for(lambda: second.said("keepalived", "Entering BACKUP STATE"), seconds=60)
        lab.wait_for(lambda: all(node.said("haproxy", "cp2 is DOWN") for node in nodes), seconds=60)
        doomed.kill()
        doomed.wait()
        lab.wait_for(lambda: second.said("keepalived", "Entering MASTER STATE"), seconds=60)
        held = subprocess.run(
            second.command(program("ip"), "-brief", "address"), capture_output=True, text=True, check=True
        )
        assert "192.0.2.100/24" in held.stdout

    lab.ask("/_sandbox/clock", {"hold": datetime.now(UTC).isoformat()})
    lab.ask("/api/v2/logs", [log for node in nodes for log in node.syslog()])
    lab.advance("2m")

    moved = lab.logs("source:keepalived @vrrp.event:became_master")
    assert {log.attributes["syslog"]["hostname"] for log in moved} == {first.name, second.name}
    assert {log.attributes["vrrp"]["instance"] for log in moved} == {"lab"}
    told = {(told.monitor, told.group) for told in lab.notifications if told.transition == "Triggered"}
    group = f"@syslog.hostname:{second.name},@vrrp.instance:lab"
    assert ("Control plane: failover", group) in {(name, ",".join(sorted(g.split(",")))) for name, g in told}
    assert "Control plane: a load balancer is in FAULT" in {name for name, _ in told}
    down = lab.logs("source:haproxy @haproxy.event:server_down")
    assert {log.attributes["load_balancer"]["service_name"] for log in down} == {"cp1", "cp2"}
