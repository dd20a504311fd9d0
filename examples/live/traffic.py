"""Traffic for a sandbox to look at: flows with a port scan now and then, a failover, logins, metrics.

python examples/live/traffic.py http://127.0.0.1:8127 [UDP port of DogStatsD]
"""

from __future__ import annotations

import contextlib
import itertools
import json
import random
import socket
import sys
import time
import urllib.request
from datetime import UTC, datetime
from typing import Any

Log = dict[str, Any]


def flow(client: str, server: str, port: int, **more: Any) -> Log:
    """A record as FluentD's NetFlow plugin makes it."""
    now = datetime.now(UTC).isoformat()
    return {
        "version": 5,
        "ipv4_src_addr": client,
        "ipv4_dst_addr": server,
        "input_snmp": 1,
        "output_snmp": 2,
        "in_pkts": random.randint(4, 90),
        "in_bytes": random.randint(400, 90_000),
        "l4_src_port": random.randint(1024, 65_000),
        "l4_dst_port": port,
        "tcp_flags": 27,
        "protocol": 6,
        "first_switched": now,
        "last_switched": now,
        "host": "192.168.2.1",
        "hostname": "netflow-collector",
        "ddsource": "netflow",
        "@timestamp": now,
        **more,
    }


def office() -> list[Log]:
    """Some seconds of an office's traffic."""
    return [
        flow(f"192.168.2.{random.randint(100, 120)}", f"198.51.100.{random.randint(1, 30)}", port)
        for port in random.choices((443, 53, 22, 8443), k=20)
    ]


def scan() -> list[Log]:
    """One machine knocks at sixty ports and gets no answer."""
    knocks = {"tcp_flags": 2, "in_pkts": 1, "in_bytes": 60}
    return [flow("203.0.113.66", "198.51.100.7", port, **knocks) for port in range(1000, 1060)]


def syslog(source: str, host: str, program: str, text: str) -> Log:
    moment = datetime.now(UTC).strftime("%b %e %H:%M:%S")
    return {"message": f"<30>{moment} {host} {program}[77]: {text}", "ddsource": source}


def failover() -> list[Log]:
    return [
        syslog("keepalived", "haproxy-lb1", "Keepalived_vrrp", "(vrrp33) Entering FAULT STATE"),
        syslog("keepalived", "haproxy-lb2", "Keepalived_vrrp", "(vrrp33) Entering MASTER STATE"),
    ]


def login(outcome: str) -> Log:
    text = f"conn log: Users: admin, Source IP: 192.168.2.{random.randint(100, 120)}, Computer name: ws, "
    text += f"Connection type: HTTPS, Accessed resources: ---, Action: {outcome}"
    return {**syslog("qulogd", "NAS", "qulogd", text), "service": "qnap-nas"}


def send(url: str, logs: list[Log]) -> None:
    headers = {"DD-API-KEY": "live", "Content-Type": "application/json", "DD-EVP-ORIGIN": "traffic"}
    request = urllib.request.Request(f"{url}/api/v2/logs", json.dumps(logs).encode(), headers)
    urllib.request.urlopen(request, timeout=30).close()


def main(url: str, udp_port: str = "") -> None:
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for second in itertools.count():
        logs = office() + [login(random.choice(("Login OK", "Login Fail", "Login OK")))]
        logs += scan() if second % 300 == 30 else []
        logs += failover() if second % 300 == 90 else []
        send(url, logs)
        if udp_port:
            udp.sendto(f"lab.requests:{len(logs)}|c\nlab.load:{random.random():.2f}|g".encode(), ("127.0.0.1", int(udp_port)))
        time.sleep(1)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main(*sys.argv[1:])
