"""The three shipped dashboards over recorded logs: their numbers are those of an independent script."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from ddconf.document import get
from ddconf.pipelines.sample_context import written
from ddconf.preview import experiment
from ddconf.preview.dashboard import dashboard
from ddconf.preview.site import Site
from docs.pictures import LOGS
from tests.pace import calls
from tests.preview.build import LOGS as LOGS_MADE
from tests.preview.independent import flows, logins, sessions
from tests.preview.reading import Element, widgets
from tests.preview.test_hostile import check


def files(corpus: Path, name: str) -> list[Path]:
    return [corpus / "samples" / file for _, file in LOGS[name]]


def titles(element: Element) -> list[str]:
    """The numbers of a widget in full, which stand in titles."""
    numbers = (item for tag in ("td", "span") for item in element.all(tag, "number"))
    return [item.attributes["title"] or "" for item in numbers]


@pytest.fixture(scope="module")
def pages(sites: Mapping[str, Site]) -> Mapping[str, Mapping[str, Element]]:
    return {name: widgets(site.page(f"dashboard.{name}", {})) for name, site in sites.items()}


@pytest.mark.slow
def test_every_dashboard_of_the_integrations_is_drawn_safely(corpus: Path) -> None:
    with gzip.open(corpus / "content" / "dashboards.jsonl.gz", "rt", encoding="utf-8") as lines:
        documents = [json.loads(line)["document"] for line in lines]
    titles = [check(dashboard(document, LOGS_MADE)).all("h1")[0].text for document in documents]
    assert titles == [document["title"] for document in documents]
    assert len(titles) > 100


@pytest.mark.parametrize("name", LOGS)
def test_every_widget_of_a_shipped_dashboard_is_drawn(
    pages: Mapping[str, Mapping[str, Element]], name: str
) -> None:
    assert len(pages[name]) > 20
    assert [title for title, inside in pages[name].items() if inside.all("div", "uncomputed")] == []


def test_bytes_packets_flows_and_clients_are_those_of_the_records(
    pages: Mapping[str, Mapping[str, Element]], corpus: Path
) -> None:
    raw = flows(*files(corpus, "netflow"))
    sql = "select sum(bytes), sum(packets), count(*), count(distinct client) from flows"
    [total, packets, count, clients] = raw.execute(sql).fetchone()
    page = pages["netflow"]
    assert page["Total traffic"].words == f"{total / 1024**3:.1f} GiB {total:,}"
    assert page["Packets"].words.endswith(f" {packets:,}")
    assert page["Flows"].words.endswith(f" {count:,}")
    assert page["Active clients"].words == str(clients)
    assert page["Latest flow records"].all("caption")[0].text == f"50 of {count:,} logs"


def test_the_top_five_clients_are_those_of_the_records(
    pages: Mapping[str, Mapping[str, Element]], corpus: Path
) -> None:
    sql = "select client, sum(bytes) from flows group by client order by 2 desc limit 5"
    expected = flows(*files(corpus, "netflow")).execute(sql).fetchall()
    rows = pages["netflow"]["Top clients"].all("li")[:5]
    assert [(row.all("span", "name")[0].text, titles(row)[0]) for row in rows] == [
        (client, f"{total:,}") for client, total in expected
    ]


def test_flows_by_protocol_add_up_over_time(pages: Mapping[str, Mapping[str, Element]], corpus: Path) -> None:
    raw = flows(*files(corpus, "netflow"))
    [[tcp]] = raw.execute("select count(*) from flows where protocol = 6").fetchall()
    row = next(row for row in pages["netflow"]["Flows by protocol"].all("tr") if "tcp" in row.text)
    assert titles(row)[-1] == f"{tcp:,}"


def test_connections_per_server_are_those_of_the_lines(
    pages: Mapping[str, Mapping[str, Element]], corpus: Path
) -> None:
    recorded = files(corpus, "k8s-control-plane")
    expected = sessions(*(file for file in recorded if file.parent.name == "haproxy"))
    rows = pages["k8s-control-plane"]["Connections per server"].all("tr")[1:]
    found = {row.all("td")[0].text: int(titles(row)[-1].replace(",", "")) for row in rows}
    assert found == expected


def test_logins_per_user_are_those_of_the_lines(
    pages: Mapping[str, Mapping[str, Element]], corpus: Path
) -> None:
    expected = logins(*files(corpus, "qnap-nas"))
    table = pages["qnap-nas"]["What each user does"]
    rows = [[cell.text for cell in row.all("td")] for row in table.all("tr")]
    found = {(row[0], row[1]): int(row[2]) for row in rows if row and row[1].startswith("login")}
    assert found == {key: count for key, count in expected.items() if key[0] != "---"}
    failed = sum(count for (_, how), count in expected.items() if how == "login failed")
    assert pages["qnap-nas"]["Failed logins"].words == str(failed)


def test_ten_samples_run_again_are_little_work(sites: Mapping[str, Site]) -> None:
    """Counted in calls, which are the same on every machine; `benchmarks.grok` has the seconds."""
    site = sites["k8s-control-plane"]
    pipeline = site.material.pipelines["haproxy"]
    samples = [written(log) for log in site.material.arriving[:10]]
    place = ["processors", 0, "grok", "match_rules"]
    rules = get(pipeline, tuple(place))
    for key in "ab":
        with calls() as made:
            answer = experiment.run(pipeline, samples, [{"path": place, "text": key + rules}])
        assert [f"match: {key}rfc3164" in sample["badge"] for sample in answer["samples"]] == [True] * 10
    assert made["calls"] < 300_000
