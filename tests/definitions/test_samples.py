"""The pipelines over recorded logs of real programs: what is parsed, with which types, and what is lost."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from ddconf.document import JSON, Document
from ddconf.pipelines import Log, compile_pipelines
from tests.definitions.conftest import now
from tests.definitions.parse_table import Run, lines, rows, runner

NETFLOW = ("v5-defaults", "v5-sampled", "v9-ether", "v9-sampled", "v9-short-timeouts", "v9-time-milli")


TEXTS = {"qnap": "qnap-nas", "haproxy": "haproxy", "keepalived": "keepalived"}


def leaves(value: JSON, path: str = "") -> Iterator[tuple[str, JSON]]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from leaves(child, f"{path}.{key}" if path else key)
    else:
        yield path, value


@pytest.fixture(scope="module")
def run() -> Run:
    return runner()


@pytest.fixture(scope="module")
def flows(run: Run, samples: Path) -> Mapping[str, list[tuple[Document, Log]]]:
    """file -> the record and what became of it, of every NetFlow record."""
    return {
        name: [
            (json.loads(line), run("netflow", line).log) for line in lines(samples / f"netflow/{name}.jsonl")
        ]
        for name in NETFLOW
    }


@pytest.fixture(scope="module")
def logs(run: Run, samples: Path, flows: Mapping[str, list[tuple[Document, Log]]]) -> list[Log]:
    """All recorded logs after their pipeline."""
    texts = [
        run(pipeline, line).log
        for folder, pipeline in TEXTS.items()
        for path in sorted((samples / folder).glob("*.log"))
        for line in lines(path)
    ]
    return texts + [log for records in flows.values() for _, log in records]


def test_every_line_that_a_program_wrote_is_understood(run: Run, samples: Path) -> None:
    found = list(rows(run, samples))
    assert {row.file: row.unknown for row in found if row.unknown} == {}
    assert sum(row.lines for row in found) > 5000


@pytest.mark.parametrize("name", NETFLOW)
def test_no_value_of_a_flow_is_lost(flows: Mapping[str, list[tuple[Document, Log]]], name: str) -> None:
    for record, log in flows[name]:
        kept = Counter(str(value) for _, value in leaves(log.attributes))
        assert Counter(map(str, record.values())) - kept == Counter()


def test_sampled_bytes_are_scaled_up(flows: Mapping[str, list[tuple[Document, Log]]]) -> None:
    sampled = [(record, log.attributes["netflow"]) for record, log in flows["v5-sampled"]]
    assert [flow["bytes"] for _, flow in sampled] == [record["in_bytes"] * 10 for record, _ in sampled]


@pytest.mark.parametrize("name", ["v5-defaults", "v9-short-timeouts"])
def test_both_directions_of_a_connection_have_the_same_client(
    flows: Mapping[str, list[tuple[Document, Log]]], name: str
) -> None:
    clients = defaultdict(set)
    for _, log in flows[name]:
        flow, network = log.attributes["netflow"], log.attributes.get("network", {})
        if flow.get("service", "other") != "other":
            ends = frozenset([(flow["src_ip"], flow["src_port"]), (flow["dst_ip"], flow["dst_port"])])
            clients[ends, flow["protocol"]].add(network["client"]["ip"])
    assert [ends for ends, seen in clients.items() if len(seen) > 1] == []
    assert len(clients) > 600


@pytest.mark.parametrize("name", ["v5-defaults", "v9-short-timeouts"])
def test_the_two_scans_and_nobody_else_reach_many_ports(
    flows: Mapping[str, list[tuple[Document, Log]]], name: str
) -> None:
    ports = defaultdict(set)
    for _, log in flows[name]:
        if log.attributes["netflow"].get("suspect") in {"syn_only", "refused"}:
            network = log.attributes["network"]
            ports[network["client"]["ip"]].add(network["destination"]["port"])
    assert {client: len(seen) for client, seen in ports.items() if len(seen) > 20} == {
        "203.0.113.66": 90,
        "192.168.20.33": 40,
    }


def test_a_late_record_keeps_the_time_of_its_export(
    flows: Mapping[str, list[tuple[Document, Log]]],
) -> None:
    late = 0
    for record, log in flows["v5-defaults"]:
        delay = log.attributes["netflow"]["export_delay"] / 1e9
        exported = Log.from_event(record).timestamp
        assert exported is not None and log.timestamp is not None
        late += delay > 900
        assert exported - log.timestamp == pytest.approx(0 if delay > 900 else delay * 1000)
    assert late > 100


def test_no_nas_line_keeps_two_fields_in_one(run: Run, samples: Path) -> None:
    for path in sorted((samples / "qnap").glob("*.log")):
        for line in lines(path):
            attributes = run("qnap-nas", line).log.attributes
            for name in ("user", "computer_name", "connection_type", "action", "application", "category"):
                assert ":" not in str(attributes.get(name, "")), line


def test_the_message_of_a_line_stays_as_it_was(logs: list[Log], samples: Path) -> None:
    texts = [
        line for folder in TEXTS for path in sorted((samples / folder).glob("*.log")) for line in lines(path)
    ]
    assert [log.message for log in logs[: len(texts)]] == texts


def test_sessions_of_every_form_count_the_same(run: Run, samples: Path) -> None:
    """The same run, as a daemon filed it and as HAProxy sent it: what is not a copy must be equal."""
    counts = {}
    for name in ("udp-rfc3164", "udp-rfc5424", "tcplog-health-checks"):
        events: dict[str, int] = defaultdict(int)
        for line in lines(samples / f"haproxy/{name}.log"):
            haproxy = run("haproxy", line).log.attributes["haproxy"]
            if haproxy["event"] == "connection":
                events[haproxy["outcome"]] += 1
        counts[name] = dict(events)
    assert counts["udp-rfc3164"] == counts["udp-rfc5424"] == counts["tcplog-health-checks"]


def test_a_line_that_another_pipeline_has_read_gives_the_same(
    documents: Mapping[str, Mapping[str, Document]], samples: Path
) -> None:
    """Datadog's own HAProxy pipeline writes the same names and types, as a first run of ours does."""
    document = documents["logs_custom_pipeline"]["haproxy"]
    once = compile_pipelines([document], now=now)
    twice = compile_pipelines([document, document], now=now)
    for line in lines(samples / "haproxy/tcplog-lb1.log"):
        log = Log.from_text(line, source="haproxy")
        assert once.run(log, trace=False).log == twice.run(log, trace=False).log


def test_without_copies_every_server_change_counts_once(run: Run, samples: Path) -> None:
    changes: dict[str, int] = defaultdict(int)
    for line in lines(samples / "haproxy/wire-lb1.log"):
        haproxy = run("haproxy", line).log.attributes["haproxy"]
        if "copy" not in haproxy and haproxy["event"] in {"server_down", "server_up", "no_server"}:
            changes[haproxy["event"]] += 1
    assert changes == {"server_down": 11, "server_up": 11, "no_server": 3}


def test_split_brain_shows_exactly_when_it_ends(run: Run, samples: Path) -> None:
    """Twice in the scenario, told by the master that hears the other one."""
    events = [
        run("keepalived", line).log.attributes["vrrp"]["event"]
        for node in ("lb1", "lb2")
        for line in lines(samples / f"keepalived/syslog-{node}.log")
    ]
    assert events.count("two_masters") == 2


def test_an_attribute_has_one_type_in_all_samples(logs: list[Log]) -> None:
    types = defaultdict(set)
    for log in logs:
        for path, value in leaves(log.attributes):
            types[path].add(type(value).__name__)
    assert {path: found for path, found in types.items() if len(found) > 1} == {}


def test_a_facet_has_the_type_that_it_names(
    logs: list[Log], documents: Mapping[str, Mapping[str, Document]]
) -> None:
    python = {"string": str, "integer": int, "double": float}
    facets = {facet["path"]: python[facet["type"]] for facet in documents["logs_facet"].values()}
    wrong = {
        path
        for log in logs
        for path, value in leaves(log.attributes)
        if path in facets and type(value) is not facets[path]
    }
    assert wrong == set()


def test_every_flow_is_in_every_conversation_column(flows: Mapping[str, list[tuple[Document, Log]]]) -> None:
    """The table "Top conversations" groups by these three, and a group leaves out what has no value."""
    counted = [log for records in flows.values() for record, log in records if "in_bytes" in record]
    assert len(counted) > 3000
    for log in counted:
        ends = [log.attributes["network"][end]["ip"] for end in ("client", "destination")]
        assert all(ends) and log.attributes["netflow"]["service"]
