"""How much of the recorded logs the pipelines understand: `python -m tests.definitions.parse_table`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ddconf.definitions.load import load
from ddconf.definitions.settings import read
from ddconf.pipelines import Log, Outcome, compile_pipelines
from tests.definitions.cases import official
from tests.definitions.conftest import FOLDER, ROOT, now

OWN_PREFIXES = ",198.51.100.7/32,2001:db8:2::/48"
"""The public addresses of the recorded site, which a team would add to `inside_networks`."""

Attributes = Mapping[str, Any]
Run = Callable[[str, str], Outcome]


class Row(NamedTuple):
    file: str
    lines: int
    unknown: list[str]


def runner() -> Run:
    """Run one line through the pipeline of that name, as at the recorded site."""
    networks = str(read(FOLDER).variables["inside_networks"]) + OWN_PREFIXES
    definitions = load(FOLDER, read(FOLDER, variables={"inside_networks": networks}))
    documents = {
        address.name: definition.document
        for address, definition in definitions.items.items()
        if address.kind == "logs_custom_pipeline"
    }
    compiled = {name: compile_pipelines(document, now=now) for name, document in documents.items()}

    def run(name: str, line: str) -> Outcome:
        return compiled[name].run(Log.from_text(line, now=now, **official(documents[name])))

    return run


def _flow(attributes: Attributes) -> bool:
    """Both ends, scope and names; an option record has none of them, but its sampling."""
    flow, network = attributes["netflow"], attributes.get("network", {})
    if "bytes" not in flow:
        return "sampling_interval" in flow and "network" not in attributes
    named = {"scope", "role", "exporter", "protocol_name", "dscp", "bytes_per_packet", "export_delay"}
    return (
        {"client", "destination"} <= set(network)
        and named <= set(flow)
        and flow["protocol_name"] != "other"
        and "duration" in attributes
    )


def _nas(attributes: Attributes) -> bool:
    read_whole = "host" in attributes and bool({"action", "msg"} & set(attributes))
    return read_whole and bool(attributes["qnap"].get("protocol") != "other")


def _haproxy(attributes: Attributes) -> bool:
    return bool(attributes["haproxy"]["event"] != "other")


def _keepalived(attributes: Attributes) -> bool:
    return bool(attributes["vrrp"]["event"] != "other")


SYSTEMS: Mapping[str, tuple[str, str, Callable[[Attributes], bool]]] = {
    "netflow": ("netflow", "*.jsonl", _flow),
    "qnap": ("qnap-nas", "*.log", _nas),
    "haproxy": ("haproxy", "*.log", _haproxy),
    "keepalived": ("keepalived", "*.log", _keepalived),
}
"""Folder of samples -> its pipeline, its files, and whether a log was understood."""


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def rows(run: Run, samples: Path) -> Iterator[Row]:
    """A row per file; a line counts as unknown without a date too, where it has one."""
    for folder, (pipeline, pattern, understood) in SYSTEMS.items():
        for path in sorted((samples / folder).glob(pattern)):
            unknown = []
            for line in lines(path):
                log = run(pipeline, line).log
                dated = log.timestamp is not None or line.startswith("[")
                if not (dated and understood(log.attributes)):
                    unknown.append(line)
            yield Row(f"{folder}/{path.name}", len(lines(path)), unknown)


def main() -> None:
    corpus = Path(os.environ.get("DDCONF_CORPUS", ROOT.parent / "shared" / "corpus2"))
    if not (corpus / "samples").is_dir():
        sys.exit(f"no samples in {corpus}: set DDCONF_CORPUS")
    print(f"{'file':40} {'lines':>6} {'parsed':>7} {'share':>8}")
    for row in rows(runner(), corpus / "samples"):
        parsed = row.lines - len(row.unknown)
        print(f"{row.file:40} {row.lines:6} {parsed:7} {parsed / row.lines:8.1%}")
        for line in row.unknown:
            print(f"    unknown: {line}")


if __name__ == "__main__":
    main()
