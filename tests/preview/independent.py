"""Numbers worked out from the recorded lines alone, with SQLite and patterns: nothing of ddconf is used."""

from __future__ import annotations

import json
import re
import sqlite3
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

_ICMP, _TCP, _UDP, _SYN, _REFUSED = 1, 6, 17, 2, 20
_NOBODYS = 10_000
"""From this port on, of two nobody can tell which one serves."""
_INSIDE = [ip_network(block) for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")]
_ICMP_ANSWERS = (0, 3, 11, 14)
_SESSION = re.compile(r"haproxy\[\d+\]: \S+:\d+ \[[^\]]+\] \S+ \S+/(?P<server>\S+) -?\d+/-?\d+/\d+ ")
_LOGIN = re.compile(r"conn log: Users: (?P<user>[^,]+), .*Action: (?P<action>Login \w+)")


def flows(*files: Path) -> sqlite3.Connection:
    """Every flow as a row of `flows`: bytes, packets, client, protocol."""
    database = sqlite3.connect(":memory:")
    database.execute("create table flows (bytes integer, packets integer, client text, protocol integer)")
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            record = json.loads(line)
            if "in_bytes" in record:
                row = (record["in_bytes"], record["in_pkts"], _client(record), record["protocol"])
                database.execute("insert into flows values (?, ?, ?, ?)", row)
    return database


def _client(record: dict[str, Any]) -> str:
    """The end that asked: the one with the higher port, or that an ICMP message did not answer."""
    source, target = (record.get(f"ipv4_{end}_addr") or record[f"ipv6_{end}_addr"] for end in ("src", "dst"))
    if record["protocol"] == _ICMP:
        answers = record.get("icmp_type", record.get("l4_dst_port")) // 256 in _ICMP_ANSWERS
    elif record["protocol"] not in (_TCP, _UDP) or record["tcp_flags"] == _SYN:
        answers = False
    elif record["tcp_flags"] == _REFUSED:
        answers = True
    elif record["l4_src_port"] == record["l4_dst_port"]:
        answers = not any(ip_address(source) in network for network in _INSIDE)
    else:
        ports = record["l4_src_port"], record["l4_dst_port"]
        answers = ports[0] < ports[1] and min(ports) < _NOBODYS
    return str(target if answers else source)


def sessions(*files: Path) -> dict[str, int]:
    """Connections by API server; facility local0 (134 and so on) is the first copy of a line."""
    found: dict[str, int] = {}
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            priority = int(line[1 : line.index(">")])
            match = _SESSION.search(line)
            if match and not 136 <= priority <= 141:
                found[match["server"]] = found.get(match["server"], 0) + 1
    return found


def logins(*files: Path) -> dict[tuple[str, str], int]:
    """Logins by user and how they went; `---` stands for nobody."""
    found: dict[tuple[str, str], int] = {}
    for file in files:
        for line in file.read_text("utf-8", "replace").splitlines():
            if match := _LOGIN.search(line):
                how = "login failed" if match["action"] == "Login Fail" else "login"
                found[match["user"], how] = found.get((match["user"], how), 0) + 1
    return found
