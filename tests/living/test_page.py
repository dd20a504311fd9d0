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
