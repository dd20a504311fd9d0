"""What the shipped definitions say of one another: attributes are written, facets exist, queries parse."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, urlsplit

import pytest

from ddconf.document import JSON, Document
from ddconf.pipelines import Pipelines, parse_query
from tests.definitions.cases import official, read_cases, run_case
from tests.definitions.conftest import FOLDER

Documents = Mapping[str, Mapping[str, Document]]
READERS = ("dashboard", "monitor", "logs_metric", "logs_index")
GEOIP = {
    f"network.{end}.geoip.country.{part}"
    for end in ("client", "destination")
    for part in ("name", "iso_code")
}
"""What Datadog's geo-IP processor writes below its target, given a database."""
RESERVED = {"status", "service", "host", "source", "timestamp", "message", "status_line", "content"}
OUT_OF_THE_BOX = {("list", "@network.client.ip"), ("range", "@duration")}
"""Facets that Datadog gives every organisation, and nobody may change."""
SYSTEMS = ("netflow", "qnap-nas", "k8s-control-plane")


def strings(value: JSON, key: str = "") -> Iterator[tuple[str, str]]:
    """(nearest key, text) of every text."""
    if isinstance(value, dict):
        for name, child in value.items():
            yield from strings(child, name)
    elif isinstance(value, list):
        for child in value:
            yield from strings(child, key)
    elif isinstance(value, str):
        yield key, value


def attributes(value: JSON, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, child in value.items():
            below = f"{path}.{key}" if path else key
            yield below
            yield from attributes(child, below)


@pytest.fixture(scope="module")
def written(documents: Documents, pipelines: Mapping[str, Pipelines]) -> set[str]:
    """Every attribute that some case of the `*.test.yaml` ends up with."""
    found = set(GEOIP)
    for case in read_cases(FOLDER):
        fields = official(documents["logs_custom_pipeline"][case.pipeline])
        found |= set(attributes(run_case(case, pipelines[case.pipeline], fields).log.attributes))
    return found


def search_queries(documents: Documents) -> Iterator[str]:
    """Every search query, with template variables taken out."""
    for kind in (*READERS, "logs_custom_pipeline"):
        for document in documents.get(kind, {}).values():
            for key, text in strings(document):
                found = re.findall(r'logs\("((?:\\.|[^"\\])*)"\)', text)
                yield from (query.replace('\\"', '"') for query in found)
                if key in ("query", "query_string") and re.match(r"@|-|\*|\(|CIDR\(|source:|service:", text):
                    yield re.sub(r"\$\w+", "", text)


def test_every_search_query_parses(documents: Documents) -> None:
    queries = list(search_queries(documents))
    assert len(queries) > 200
    for query in queries:
        parse_query(query)


def test_every_attribute_that_is_read_is_written(documents: Documents, written: set[str]) -> None:
    read = {
        name.rstrip(".")
        for kind in READERS
        for document in documents[kind].values()
        for _, text in strings(document)
        for name in re.findall(r"@([a-z_][\w.]*)", text)
        if "://" not in text
    }
    handles = {"slack"}
    assert read - written - handles == set()


def test_every_facet_is_written(documents: Documents, written: set[str]) -> None:
    assert {facet["path"] for facet in documents["logs_facet"].values()} - written == set()


def test_a_path_has_one_facet(documents: Documents) -> None:
    paths = [(facet["source"], facet["path"]) for facet in documents["logs_facet"].values()]
    assert len(paths) == len(set(paths))


def groups(value: JSON) -> Iterator[tuple[str, str]]:
    """(facet or measure, attribute) for all that is grouped by, counted distinct, or computed with."""
    if isinstance(value, dict):
        if "facet" in value:
            yield "list", value["facet"]
        if "metric" in value and "aggregation" in value:
            yield "list" if value["aggregation"] == "cardinality" else "range", value["metric"]
        for child in value.values():
            yield from groups(child)
    elif isinstance(value, list):
        for child in value:
            yield from groups(child)


def monitor_groups(query: str) -> Iterator[tuple[str, str]]:
    for by in re.findall(r'\.by\("([^"]+)"\)', query):
        yield from (("list", name) for name in by.split(","))
    for aggregation, name in re.findall(r'\.rollup\("(\w+)", "(@[^"]+)"\)', query):
        yield "list" if aggregation == "cardinality" else "range", name


def test_whatever_is_grouped_by_or_computed_with_has_a_facet_or_measure(documents: Documents) -> None:
    facets = {(facet["facetType"], f"@{facet['path']}") for facet in documents["logs_facet"].values()}
    used = set()
    for kind in ("dashboard", "monitor"):
        for document in documents[kind].values():
            used |= set(groups(document))
    for monitor in documents["monitor"].values():
        used |= set(monitor_groups(monitor["query"]))
    for dashboard in documents["dashboard"].values():
        used |= {("list", variable["prefix"]) for variable in dashboard["template_variables"]}
    assert used - facets == OUT_OF_THE_BOX


def test_every_facet_is_used_or_belongs_to_the_log(documents: Documents) -> None:
    """A measure that nothing computes with, or a facet that nothing names, only costs attention."""
    text = json.dumps([documents[kind] for kind in READERS])
    unused = {facet["path"] for facet in documents["logs_facet"].values() if f"@{facet['path']}" not in text}
    assert unused <= KEPT_FOR_EXPLORING


KEPT_FOR_EXPLORING = {
    "connection_type",
    "evt.name",
    "evt.outcome",
    "haproxy.feconn",
    "haproxy.beconn",
    "haproxy.retries",
    "haproxy.server_state",
    "netflow.egress_interface",
    "netflow.protocol",
    "network.client.port",
    "process_name",
    "syslog.appname",
    "usr.name",
    "vrrp.interface",
    "vrrp.peer",
    "vrrp.peer_priority",
    "vrrp.script",
}
"""Facets for people who search, beside those that a dashboard or monitor uses."""


def test_log_metrics_are_never_grouped_by_an_address_a_port_or_a_user(documents: Documents) -> None:
    for metric in documents["logs_metric"].values():
        for group in metric["group_by"]:
            assert not re.search(r"\bip$|_ip$|port$|user$|usr", group["path"]), metric["id"]


def test_every_monitor_says_what_to_do_when_it_is_over_and_whom_it_tells(documents: Documents) -> None:
    for name, monitor in documents["monitor"].items():
        message = monitor["message"]
        assert "{{#is_alert}}" in message and "{{#is_recovery}}" in message, name
        assert re.search(r"^@\S+", message, re.MULTILINE), name
        assert re.findall(r"\{\{#(\w+)", message) == re.findall(r"\{\{/(\w+)", message), name
        assert any(tag.startswith("system:") for tag in monitor["tags"]), name


def test_the_threshold_of_a_monitor_is_the_number_in_its_query(documents: Documents) -> None:
    for name, monitor in documents["monitor"].items():
        number = re.search(r"[<>]=? ([\d.]+)$", monitor["query"])
        assert number, name
        assert float(number[1]) == monitor["options"]["thresholds"]["critical"], name


def test_a_message_names_only_groups_of_its_query(documents: Documents) -> None:
    for name, monitor in documents["monitor"].items():
        named = set(re.findall(r"\{\{\[(@[\w.]+)\]\.name\}\}", monitor["message"]))
        by = {attribute for kind, attribute in (*monitor_groups(monitor["query"]), *groups(monitor))}
        assert named <= by, name


def test_links_in_texts_lead_to_queries_that_parse(documents: Documents) -> None:
    links = [
        link
        for kind in ("dashboard", "monitor")
        for document in documents[kind].values()
        for _, text in strings(document)
        for link in re.findall(r"\]\(([^)\s]+)\)", text)
    ]
    assert len(links) > 20
    for link in links:
        if urlsplit(link).path == "/logs":
            (query,) = parse_qs(urlsplit(re.sub(r"\{\{.*?\}\}", "x", link)).query)["query"]
            parse_query(query)


@pytest.mark.parametrize("system", SYSTEMS)
def test_each_system_has_its_parts(system: str) -> None:
    names = {path.name for path in (FOLDER / system).iterdir()}
    assert {
        "README.md",
        "pipeline.yaml",
        "facets.yaml",
        "dashboard.yaml",
        "monitors.yaml",
        "metrics.yaml",
    } <= names
    assert any(name.endswith(".test.yaml") for name in names)


def test_every_file_opens_with_a_comment_that_says_what_it_is() -> None:
    for path in FOLDER.rglob("*.yaml"):
        assert path.read_text("utf-8").startswith("# "), path
