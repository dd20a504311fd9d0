"""The pages in a real browser: what it shows, how quickly, on a phone, in the dark, by keyboard."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ddconf.preview.screenshot import screenshot
from docs.pictures import LOGS
from tests.preview.independent import flows

if TYPE_CHECKING:
    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

pytestmark = pytest.mark.xdist_group("browser")


def find(browser: Chrome, selector: str) -> list[WebElement]:
    return browser.find_elements("css selector", selector)


def widget(browser: Chrome, title: str) -> WebElement:
    [found] = find(browser, f'section.widget[aria-label="{title}"]')
    return found


def script(browser: Chrome, text: str, *arguments: Any) -> Any:
    return browser.execute_script(text, *arguments)  # type: ignore[no-untyped-call]


def until(holds: Any) -> None:
    """Wait for it, two seconds at most."""
    end = time.monotonic() + 2
    while not holds():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.01)


@pytest.fixture(autouse=True)
def wide(browser: Chrome) -> None:
    browser.set_window_size(1366, 900)
    emulate(browser, "light")


def emulate(browser: Chrome, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def test_a_browser_shows_the_numbers_of_the_records(
    browser: Chrome, served: Mapping[str, str], corpus: Path
) -> None:
    browser.get(f"{served['netflow']}/dashboard/netflow")
    raw = flows(*(corpus / "samples" / file for _, file in LOGS["netflow"]))
    [[total, count]] = raw.execute("select sum(bytes), count(*) from flows").fetchall()
    top = raw.execute("select client from flows group by 1 order by sum(bytes) desc limit 5").fetchall()
    assert f"{total:,}" in widget(browser, "Total traffic").text
    assert f"{count:,}" in widget(browser, "Flows").text
    names = widget(browser, "Top clients").find_elements("css selector", ".name")
    assert [name.text for name in names[:5]] == [client for (client,) in top]


@pytest.mark.parametrize("name", LOGS)
def test_every_chart_is_visible_and_nothing_is_fetched_or_refused(
    browser: Chrome, served: Mapping[str, str], name: str
) -> None:
    browser.get(f"{served[name]}/dashboard/{name}")
    for picture in find(browser, ".chart svg"):
        assert picture.size["width"] > 40 and picture.size["height"] > 40
    entries = script(browser, "return performance.getEntriesByType('resource').map(e => e.name)")
    assert [entry for entry in entries if not entry.endswith("favicon.ico")] == []
    said = [entry["message"] for entry in browser.get_log("browser") if "favicon" not in entry["message"]]  # type: ignore[no-untyped-call]
    assert said == []


def test_a_page_of_three_thousand_logs_is_no_heavier_than_its_charts(
    browser: Chrome, served: Mapping[str, str]
) -> None:
    """A browser needs the time that bytes and elements take; the number of logs does not count."""
    browser.get(f"{served['netflow']}/dashboard/netflow")
    size = "return performance.getEntriesByType('navigation')[0].decodedBodySize"
    assert 0 < script(browser, size) < 1_500_000
    assert 0 < script(browser, "return document.getElementsByTagName('*').length") < 15_000


@pytest.mark.parametrize("name", LOGS)
def test_on_a_phone_nothing_is_wider_than_the_screen(
    browser: Chrome, served: Mapping[str, str], name: str
) -> None:
    metrics = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        for address in (f"/dashboard/{name}", "/", "/pipeline/haproxy"):
            browser.get(served[name] + address)
            assert script(browser, "return document.documentElement.scrollWidth") <= 360
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_light_and_dark_can_both_be_read(browser: Chrome, served: Mapping[str, str]) -> None:
    browser.get(f"{served['netflow']}/dashboard/netflow")
    for scheme in ("light", "dark"):
        emulate(browser, scheme)
        paint = "const s = getComputedStyle(arguments[0]); return [s.color, s.backgroundColor, s.fill]"
        ink, paper, _ = script(browser, paint, find(browser, "body")[0])
        label = script(browser, paint, find(browser, ".timeseries svg text")[0])[2]
        assert contrast(ink, paper) > 7
        assert label == ink, "labels of charts follow the page"


def contrast(one: str, other: str) -> float:
    """https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio"""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    parts = [int(part) / 255 for part in color[color.index("(") + 1 : -1].split(",")[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_variable_is_chosen_by_keyboard(browser: Chrome, served: Mapping[str, str], corpus: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.get(f"{served['netflow']}/dashboard/netflow")
    [choice] = find(browser, "select[name=protocol]")
    choice.send_keys("udp")
    choice.send_keys(Keys.TAB)
    find(browser, "form button")[0].send_keys(Keys.ENTER)
    until(lambda: "protocol=udp" in browser.current_url)
    raw = flows(*(corpus / "samples" / file for _, file in LOGS["netflow"]))
    [[count]] = raw.execute("select count(*) from flows where protocol = 17").fetchall()
    assert str(count) in widget(browser, "Flows").text


def test_the_page_of_a_pipeline_runs_again_at_every_key(browser: Chrome, served: Mapping[str, str]) -> None:
    browser.get(f"{served['k8s-control-plane']}/pipeline/haproxy")
    badges = [badge.text for badge in find(browser, ".sample .badge")]
    assert len(badges) == 10
    assert all(badge.startswith("match: rfc3164") for badge in badges)
    rules = find(browser, "textarea[data-path*=match_rules]")[0]
    script(browser, "arguments[0].focus(); arguments[0].setSelectionRange(0, 0)", rules)
    for key in "x_":
        rules.send_keys(key)
    until(lambda: find(browser, ".sample .badge")[0].text.startswith("match: x_rfc3164"))


def test_a_mistake_in_a_rule_is_told_and_goes_when_it_is_mended(
    browser: Chrome, served: Mapping[str, str]
) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.get(f"{served['k8s-control-plane']}/pipeline/haproxy")
    rules = find(browser, "textarea[data-path*=match_rules]")[0]
    rules.send_keys(Keys.END, "\nbroken %{nosuch:x}")
    until(lambda: "nosuch" in find(browser, ".problems")[0].text)
    for _ in "\nbroken %{nosuch:x}":
        rules.send_keys(Keys.BACKSPACE)
    until(lambda: find(browser, ".problems")[0].text == "")


def test_an_edited_sample_with_markup_stays_text(browser: Chrome, served: Mapping[str, str]) -> None:
    browser.get(f"{served['k8s-control-plane']}/pipeline/haproxy")
    [sample] = find(browser, "#s0")
    sample.clear()
    sample.send_keys("<img src=x onerror=document.title='hacked'>")
    until(lambda: "<img src=x onerror" in find(browser, ".result")[0].text)
    assert find(browser, ".result img") == []
    assert browser.title != "hacked"


def test_a_picture_shows_the_whole_page(browser: Chrome, served: Mapping[str, str], tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    inside = "<body style='margin:0'><div style='height:1234px'>x</div></body>"
    screenshot(f"<!doctype html><html><head></head>{inside}</html>", picture)
    header = picture.read_bytes()[:24]
    assert header.startswith(b"\x89PNG")
    assert int.from_bytes(header[16:20]) == 1336
    assert int.from_bytes(header[20:24]) == 1234
