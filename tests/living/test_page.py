"""The page in a browser: what arrived is shown, a search narrows it, a log says why it is where it is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.living.conftest import Datadog

if TYPE_CHECKING:
    from selenium.webdriver import Chrome


def texts(browser: Chrome, list_id: str, wanted: int) -> list[str]:
    """The entries of a list, once there are so many."""
    for _ in range(1000):
        found = browser.execute_script(
            "return [...document.querySelectorAll(arguments[0])].map(item => item.textContent)",
            f"#{list_id} > li",
        )
        if len(found) == wanted and all(found):
            return list(found)
        time.sleep(0.02)
    raise AssertionError(f"{list_id} shows {found}")


@pytest.mark.slow
@pytest.mark.parametrize("width", [1440, 390])
def test_logs_are_shown_searched_and_explained(
    browser: Chrome, datadog: Datadog, url: str, width: int
) -> None:
    browser.set_window_size(width, 900)
    browser.get(url)
    assert texts(browser, "requests", 1) == ["Nobody has sent anything yet."]
    datadog.post(
        "/api/v2/logs", [{"message": "<b>one</b>", "service": "web"}, {"message": "two", "service": "db"}]
    )
    browser.get(url)
    assert any("<b>one</b>" in text for text in texts(browser, "logs", 2))
    browser.execute_script("document.getElementById('query').value = 'service:db'")
    browser.execute_script("document.getElementById('search').requestSubmit()")
    (only,) = texts(browser, "logs", 1)
    assert "two" in only
    browser.execute_script("document.querySelector('#logs summary').click()")
    for _ in range(500):
        shown = browser.execute_script("return document.querySelector('#logs pre')?.textContent || ''")
        if shown:
            break
        time.sleep(0.02)
    assert '"index": "main"' in shown
    wide = browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
    assert wide, "the page is wider than the window"


@pytest.mark.slow
def test_facets_narrow_the_search_and_monitors_show_when_they_were_what(
    browser: Chrome, datadog: Datadog, url: str
) -> None:
    query = 'logs("status:error").index("*").rollup("count").last("5m") > 1'
    datadog.post(
        "/api/v1/monitor", {"name": "Errors", "type": "log alert", "query": query, "message": "<i>x</i>"}
    )
    datadog.post("/_sandbox/clock", {"advance": "2m"})
    logs = [{"message": str(n), "service": "a b", "status": "error"} for n in range(3)]
    datadog.post("/api/v2/logs", [*logs, {"message": "one", "service": "<b>"}])
    datadog.post("/_sandbox/clock", {"advance": "2m"})
    datadog.post("/_sandbox/clock", {"advance": "10m"})
    browser.set_window_size(1440, 900)
    browser.get(url)
    assert len(texts(browser, "logs", 4)) == 4
    (item,) = texts(browser, "monitors", 1)
    parts = browser.execute_script("return [...document.querySelectorAll('.states i')].map(i => i.className)")
    assert "Errors" in item and parts == ["OK", "Alert", "OK"]
    for _ in range(500):
        found = [button.text for button in browser.find_elements("css selector", "#facets button")]
        if found:
            break
        time.sleep(0.02)
    assert found[:2] == ["a b 3", "<b> 1"]
    browser.find_elements("css selector", "#facets button")[0].click()
    assert len(texts(browser, "logs", 3)) == 3
    value = browser.execute_script("return document.getElementById('query').value")
    assert value == 'service:"a b"'
