"""The page of a monitor: query, charts of the data at hand, messages of each state."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ddconf.cli.group import run
from ddconf.operations.alert_tests.bench import AlertBench
from ddconf.operations.alert_tests.preview_runs import PreviewRuns
from ddconf.preview.material import Material, MonitorMaterial
from ddconf.preview.site import Site
from tests.operations.alert_tests.shelf import MONITORS, collection
from tests.preview.reading import read

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

TESTS = """\
monitor.cpu:
  - name: alert and recovery
    series:
      - {metric: cpu, tags: ["host:<b>"], values: 50x9 90x9 50x9}
    until: 30m
    expect: {}
monitor.burns:
  - name: a few errors
    series:
      - {metric: hits, type: count, tags: [code:2xx], values: 1000x59}
      - {metric: hits, type: count, tags: [code:5xx], values: 1x59}
    expect: {}
monitor.odd:
  - {name: of samples, series: [{metric: m, values: 5x9}], expect: {}}
"""


BURNS = """\
service_level_objective:
  checkout:
    name: Checkout
    type: metric
    query: {numerator: "sum:hits{!code:5xx}.as_count()", denominator: "sum:hits{*}.as_count()"}
    thresholds: [{timeframe: 30d, target: 99.9}]
monitor:
  burns:
    name: Burns
    type: slo alert
    query: >-
      burn_rate("${service_level_objective.checkout.id}").over("30d").long_window("1h").short_window("5m")
      > 14.4
    message: burning
    options: {thresholds: {critical: 14.4}}
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (tmp_path / "burns.yaml").write_text(BURNS, encoding="utf-8")
    found = collection(tmp_path, TESTS)
    bench = AlertBench(found.loaded)
    runs = PreviewRuns(bench, {suite.address: suite.cases for suite in found.alerts}, [])
    monitors = {
        address.removeprefix("monitor."): document
        for address, document in bench.documents.items()
        if address.startswith("monitor.")
    }
    return Site(Material({}, {}, [], [], [], {}, alerts=MonitorMaterial(monitors, runs)))


def test_a_page_shows_the_query_the_chart_and_what_was_sent(site: Site) -> None:
    page = site.page("monitor.cpu", {})
    assert "avg(last_5m):avg:cpu{*} by {host} &gt; 80" in page
    assert page.count("<polyline ") == 1
    assert "<summary>0:14 Alert: &lt;b&gt; at 82</summary>" in page
    assert "<b>" not in page.replace("<b>CPU of", "").replace("<p><b>", "")


def test_every_state_has_its_message_those_that_no_data_reach_without_values(site: Site) -> None:
    states = read(site.page("cpu", {})).all("main")[0].text
    # Datadog escapes what comes into a message from outside, so this is the text itself.
    for text in ("&lt;b&gt; at 82 @slack-ops", "&lt;b&gt; is back @slack-ops", "To @slack-ops"):
        assert text in states
    at = states.index("No DataNo data at hand lead to this state")
    assert "silent" in states[at:]


def test_a_monitor_without_data_says_so(site: Site) -> None:
    page = site.page("peak", {})
    assert "No test case or sample log has data for this monitor" in page
    assert "(no text)" not in page


def test_what_only_datadog_computes_is_said_on_the_page(site: Site) -> None:
    assert "cannot be computed offline: anomalies()" in site.page("odd", {})


def test_a_burn_rate_alert_tells_what_its_threshold_means(site: Site) -> None:
    page = site.page("burns", {})
    for fact in (
        "burn rate 14.4: 1.44 % of errors",
        "a full budget lasts 2.083 days",
        "2 % of it is gone after the long window",
        "the highest burn rate is 1000",
    ):
        assert f"<li>{fact}</li>" in page


def test_the_index_leads_to_every_monitor(site: Site) -> None:
    links = [link.attributes["href"] or "" for link in read(site.get("/").body).all("a")]
    assert "/monitor/cpu" in links
    assert {site.get(link).status for link in links} == {200}
    assert site.get("/monitor/nobody").status == 404


def test_the_command_writes_a_page_and_names_what_there_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ddconf.yaml").write_text('variables: {who: "@slack-shop"}\n', encoding="utf-8")
    (tmp_path / "all.yaml").write_text(MONITORS, encoding="utf-8")
    (tmp_path / "burns.yaml").write_text(BURNS, encoding="utf-8")
    (tmp_path / "all.test.yaml").write_text(TESTS, encoding="utf-8")
    out = tmp_path / "cpu.html"
    for _ in range(2):
        assert run(["-C", str(tmp_path), "preview", "monitor.cpu", "--out", str(out)]) == 0
    assert "0:14 Alert" in out.read_text("utf-8")
    assert run(["-C", str(tmp_path), "preview", "monitor.cpux", "--out", str(out)]) == 1
    assert "no dashboard, pipeline or monitor monitor.cpux" in capsys.readouterr().err


@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (1366, "dark"), (390, "light")])
def test_a_browser_shows_the_chart_within_the_window(
    site: Site, browser: Chrome, tmp_path: Path, width: int, scheme: str
) -> None:
    file = tmp_path / "page.html"
    file.write_text(site.page("cpu", {}), encoding="utf-8")
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        browser.get(file.as_uri())
        overflow = browser.execute_script(  # type: ignore[no-untyped-call]
            "return document.documentElement.scrollWidth - window.innerWidth"
        )
        assert overflow <= 0
        [curve] = browser.find_elements("css selector", "polyline")
        [strip] = browser.find_elements("css selector", ".status-chart td svg")
        [plot] = browser.find_elements("css selector", ".plot svg")
        assert curve.size["width"] > width / 3
        assert plot.rect["x"] == pytest.approx(strip.rect["x"], abs=2)
        assert plot.size["width"] == pytest.approx(strip.size["width"], abs=2)
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
