"""Where an object is in the web interface."""

from __future__ import annotations

import pytest

from ddconf.kind import find_kind
from ddconf.kind.page import app_host
from ddconf.plans.change import Action
from ddconf.render.pages import page_url
from tests.render.build import change


@pytest.mark.parametrize(
    ("site", "host"),
    [
        ("datadoghq.com", "app.datadoghq.com"),
        ("datadoghq.eu", "app.datadoghq.eu"),
        ("ddog-gov.com", "app.ddog-gov.com"),
        ("us5.datadoghq.com", "us5.datadoghq.com"),
        ("ap1.datadoghq.com", "ap1.datadoghq.com"),
        ("sandbox", ""),
        ("127.0.0.1:8126", ""),
    ],
)
def test_the_web_interface_of_a_site(site, host):
    assert app_host(site) == host


def test_a_page_names_the_object():
    monitor = change("monitor.a", Action.UPDATE, id="12")
    assert page_url(find_kind("monitor"), monitor, "datadoghq.eu") == "https://app.datadoghq.eu/monitors/12"


def test_what_stands_in_a_page_cannot_leave_its_place():
    odd = change("monitor.a", Action.UPDATE, id="../x?y#z")
    assert page_url(find_kind("monitor"), odd, "datadoghq.eu").endswith("/monitors/..%2Fx%3Fy%23z")


def test_the_sandbox_has_no_pages():
    assert page_url(find_kind("monitor"), change("monitor.a", Action.UPDATE, id="1"), "sandbox") == ""
