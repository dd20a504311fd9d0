"""Dashboards on live data: the board as JSON; in a browser, charts that answer the pointer."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from ddconf.living.sandbox import SandboxSettings
from ddconf.preview.live import LiveDashboards
from tests.living.conftest import SECOND, Datadog

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

QUERY = {"data_source": "logs", "name": "q", "indexes": [], "search": {"query": "$service"}}
BY_SERVICE = [{"facet": "service", "limit": 9, "sort": {"aggregation": "count", "order": "desc"}}]


def request(kind: str, **more: Any) -> dict[str, Any]:
    query = {**QUERY, "compute": {"aggregation": "count"}, **more}
    return {"response_format": kind, "queries": [query], "formulas": [{"formula": "q"}]}


WIDGETS = [
    {"title": "Logs", "type": "query_value", "requests": [request("scalar")]},
    {
        "title": "Course",
        "type": "timeseries",
        "requests": [{**request("timeseries", group_by=BY_SERVICE), "display_type": "bars"}],
    },
    {
        "title": "Lines",
        "type": "list_stream",
        "requests": [
            {
                "response_format": "event_list",
                "query": {"data_source": "logs_stream", "query_string": "$service", "indexes": []},
                "columns": [{"field": "content", "width": "auto"}],
            }
        ],
    },
]


@pytest.fixture
def settings() -> SandboxSettings:
    return SandboxSettings(dashboards=LiveDashboards({}))


@pytest.fixture
def dashboard(datadog: Datadog) -> str:
    """The id of a dashboard with a variable, and some logs of two services."""
    document = {
        "title": "Shop <b>",
        "layout_type": "ordered",
        "template_variables": [{"name": "service", "prefix": "service", "defaults": ["*"]}],
        "widgets": [{"definition": definition} for definition in WIDGETS],
    }
    return str(datadog.post("/api/v1/dashboard", document)["id"])


def send(datadog: Datadog, web: int, db: int) -> None:
    logs = [{"message": f"<img src=x onerror=alert(1)> {n}", "service": "web"} for n in range(web)]
    datadog.post("/api/v2/logs", [*logs, *({"message": "b", "service": "db"} for _ in range(db))])


def test_the_board_follows_the_logs_the_variables_and_the_span(datadog: Datadog, dashboard: str) -> None:
    path = f"/_sandbox/dashboard/{dashboard}"
    empty = datadog.get(path)
    assert empty["logs"] == 0 and "No logs in this span" in empty["board"]
    send(datadog, 3, 2)
    said = datadog.get(f"{path}?to={SECOND * 1000 + 1}")
    assert said["logs"] == 5 and '<p class="big">5</p>' in said["board"]
    assert said["variables"] == [{"name": "service", "options": ["*", "web", "db"], "values": ["*"]}]
    only = datadog.get(f"{path}?tpl_var_service=db&to={SECOND * 1000 + 1}")
    assert '<p class="big">2</p>' in only["board"] and only["variables"][0]["values"] == ["db"]
    before = datadog.get(f"{path}?from={SECOND * 1000 - 9000}&to={SECOND * 1000 - 1}")
    assert before["logs"] == 0


def test_no_text_of_a_log_or_of_a_dashboard_is_markup(datadog: Datadog, dashboard: str) -> None:
    send(datadog, 1, 0)
    said = datadog.get(f"/_sandbox/dashboard/{dashboard}?to={SECOND * 1000 + 1}")
    assert "&lt;img" in said["board"] and "<img" not in said["board"]
    page = datadog.send(f"/dashboard/{dashboard}", b"", method="GET").body.decode()
    assert "Shop &lt;b&gt;" in page and "Shop <b>" not in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/dashboard/abc-abc-abc", 404),
        ("/_sandbox/dashboard/abc-abc-abc", 404),
        ("/_sandbox/dashboard/{id}?range=soon", 400),
        ("/_sandbox/dashboard/{id}?from=x", 400),
    ],
)
def test_what_is_not_there_is_told(datadog: Datadog, dashboard: str, path: str, status: int) -> None:
    assert datadog.send(path.format(id=dashboard), b"", method="GET").status == status


def test_a_sandbox_without_pages_says_so() -> None:
    from ddconf.emulator.store import Store
    from ddconf.emulator.wire import Request
    from ddconf.living.app import living

    with living(Store(seed=1)) as made:
        response = made.app.handle(Request("GET", "/dashboard/abc-abc-abc"))
    assert response.status == 404 and "not drawn" in response.body.decode()


@pytest.mark.parametrize("headers", [{"Host": "evil.example.com"}, {"Origin": "https://evil.example.com"}])
def test_foreign_pages_and_names_see_no_board(url: str, dashboard: str, headers: dict[str, str]) -> None:
    asked = urllib.request.Request(f"{url}/_sandbox/dashboard/{dashboard}", headers=headers)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked)
    assert refused.value.code in (403, 421)


def until(condition: Callable[[], Any]) -> Any:
    for _ in range(1500):
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError("it never came true")


def big(browser: Chrome) -> str:
    text = browser.execute_script("return document.querySelector('.big')?.textContent")
    return str(text)


@pytest.mark.slow
@pytest.mark.parametrize("width", [1440, 390])
def test_a_person_narrows_zooms_and_switches_series_off(
    browser: Chrome, datadog: Datadog, dashboard: str, url: str, width: int
) -> None:
    from selenium.webdriver import ActionChains

    browser.set_window_size(width, 900)
    browser.get(f"{url}/dashboard/{dashboard}?range=15m")
    until(lambda: "No logs arrived" in browser.find_element("id", "span").text)
    send(datadog, 3, 2)
    datadog.post("/_sandbox/clock", {"advance": "1m"})
    assert until(lambda: big(browser) == "5"), "the page asks again by itself"
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")

    plot = browser.find_element("css selector", ".uplot .u-over")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", plot)
    row = browser.find_element("css selector", ".legend tbody tr")
    row.click()
    assert row.get_attribute("aria-pressed") == "false"
    row.click()
    assert row.get_attribute("aria-pressed") == "true"

    wide = plot.size["width"]
    ActionChains(browser).move_to_element_with_offset(plot, int(wide / 2 - wide / 15), 0).perform()
    until(lambda: "UTC" in browser.find_element("id", "tip").text)

    browser.execute_script(
        "const s = document.querySelector('[name=tpl_var_service]'); s.value = 'db';"
        "s.dispatchEvent(new Event('change', {bubbles: true}))"
    )
    assert until(lambda: big(browser) == "2"), "a variable acts at once"

    plot = until(lambda: browser.find_element("css selector", ".uplot .u-over"))
    drag = ActionChains(browser).move_to_element_with_offset(plot, -int(wide / 3), 0).click_and_hold()
    drag.move_by_offset(int(wide / 4), 0).release().perform()
    until(lambda: "from=" in browser.current_url)
    assert until(lambda: "No logs arrived" in browser.find_element("id", "span").text)
    browser.find_element("id", "live").click()
    assert until(lambda: big(browser) == "2")


def metric_dashboard(datadog: Datadog, *requests: dict[str, Any], kind: str = "query_value") -> str:
    """The board of a dashboard that has a widget for each request."""
    widgets = [{"definition": {"type": kind, "requests": [request]}} for request in requests]
    variables = [{"name": "host", "prefix": "host", "defaults": ["*"]}]
    document = {
        "title": "Metrics",
        "layout_type": "ordered",
        "widgets": widgets,
        "template_variables": variables,
    }
    id = datadog.post("/api/v1/dashboard", document)["id"]
    return f"/_sandbox/dashboard/{id}?range=15m"


def gauge(datadog: Datadog) -> None:
    series = [
        {"metric": "lab.load", "type": "gauge", "points": [[SECOND - 60, value]], "host": host}
        for host, value in (("a", 1.0), ("b", 4.0))
    ]
    datadog.post("/api/v1/series", {"series": series})


def metric(query: str, kind: str, **more: Any) -> dict[str, Any]:
    queries = [{"data_source": "metrics", "name": "m", "query": query, **more}]
    return {"response_format": kind, "queries": queries, "formulas": [{"formula": "m * 2"}]}


def test_widgets_over_metrics_have_numbers_and_follow_the_variables(datadog: Datadog) -> None:
    gauge(datadog)
    path = metric_dashboard(
        datadog, metric("max:lab.load{$host}", "scalar", aggregator="max"), {"q": "sum:lab.load{$host}"}
    )
    assert [part.partition("<")[0] for part in datadog.get(path)["board"].split('class="big">')[1:]] == [
        "8",
        "5",
    ]
    assert 'class="big">2<' in datadog.get(f"{path}&tpl_var_host=a")["board"]


def test_metrics_over_time_are_series_by_group(datadog: Datadog) -> None:
    gauge(datadog)
    asked = metric("avg:lab.load{*} by {host}", "timeseries")
    board = datadog.get(metric_dashboard(datadog, asked, kind="timeseries"))["board"]
    assert "&quot;name&quot;: &quot;b&quot;" in board and "8.0" in board


def test_a_metric_query_that_only_datadog_computes_says_so(datadog: Datadog) -> None:
    gauge(datadog)
    path = metric_dashboard(datadog, metric("anomalies(avg:lab.load{*}, 'basic', 2)", "scalar"))
    board = datadog.get(path)["board"]
    assert "uncomputed" in board and "anomalies" in board
