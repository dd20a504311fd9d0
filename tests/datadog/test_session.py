"""Facets through the web interface, with its answers made up by `responses`."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
import responses

from ddconf.datadog.facets import session
from ddconf.datadog.http import client as client_module
from ddconf.datadog.http.retry_settings import Retry
from ddconf.datadog.objects import crud
from ddconf.errors import ApiError, DdconfError
from ddconf.kind import find_kind

ENV = {"DD_SESSION_COOKIE": "c00kie-value", "DD_CSRF_TOKEN": "t0ken-value", "DD_SITE": "datadoghq.eu"}
LIST = "https://app.datadoghq.eu/api/ui/event-platform/logs/facets"
WRITE = "https://app.datadoghq.eu/api/v1/logs/scopes/77/facets"
OURS = {"id": "log_a", "path": "a", "source": "log", "name": "A", "editable": True}
THEIRS = {"id": "core_host", "path": "host", "source": "core", "name": "Host", "editable": False}


@dataclass
class Settings:
    scope_id: str | None = "77"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "RETRY", Retry(multiplier=0.001))


@responses.activate
def test_facets_are_listed_with_the_browsers_session() -> None:
    responses.get(LIST, json={"facets": {"logs": [OURS, THEIRS]}})
    found = session.list_facets(find_kind("logs_facet"), Settings(), env=ENV)
    assert [facet.id for facet in found] == ["log_a", "core_host"]
    request = responses.calls[0].request
    assert request.headers["Cookie"] == "dogweb=c00kie-value"
    assert request.url == f"{LIST}?type=logs"


@responses.activate
def test_a_facet_is_made_changed_and_deleted_in_the_organisations_scope() -> None:
    responses.post(WRITE, json=OURS)
    responses.post(f"{WRITE}/log_a", json={**OURS, "name": "B"})
    responses.delete(f"{WRITE}/log_a", json={})
    kind, client = find_kind("logs_facet"), session.connect(ENV, scope_id="77")
    made = crud.create(client, kind, {"path": "a", "source": "log", "name": "A"})
    changed = crud.update(client, kind, made.id, {"name": "B"}, made.document)
    crud.delete(client, kind, made.id, changed.document)
    assert changed.document["name"] == "B"
    bodies = [json.loads(call.request.body) for call in responses.calls if call.request.body]
    assert bodies == [
        {"path": "a", "source": "log", "name": "A"},
        {"path": "a", "source": "log", "name": "B"},
    ]
    assert all(call.request.headers["X-CSRF-Token"] == "t0ken-value" for call in responses.calls)


@responses.activate
def test_a_session_that_ended_is_said_so() -> None:
    responses.get(LIST, status=302, headers={"Location": "https://app.datadoghq.eu/account/login"})
    with pytest.raises(ApiError, match="log in again"):
        session.list_facets(find_kind("logs_facet"), Settings(), env=ENV)
    assert len(responses.calls) == 1


@responses.activate
def test_a_login_page_is_no_list_of_facets() -> None:
    responses.get(LIST, body="<html><title>Log in</title></html>")
    with pytest.raises(ApiError, match="not JSON: Log in"):
        session.list_facets(find_kind("logs_facet"), Settings(), env=ENV)


@responses.activate
def test_no_message_shows_the_session() -> None:
    responses.get(LIST, status=400, json={"errors": ["bad c00kie-value t0ken-value"]})
    with pytest.raises(ApiError) as caught:
        session.list_facets(find_kind("logs_facet"), Settings(), env=ENV)
    assert "bad *** ***" in str(caught.value)


def test_a_session_needs_both_its_variables() -> None:
    with pytest.raises(DdconfError, match=r"DD_SESSION_COOKIE.*DD_CSRF_TOKEN"):
        session.connect({"DD_SESSION_COOKIE": "x"})


def test_writing_needs_the_scope() -> None:
    with pytest.raises(DdconfError, match="scope_id"):
        crud.create(session.connect(ENV), find_kind("logs_facet"), {"path": "a", "source": "log"})


@pytest.mark.parametrize(
    ("site", "url"),
    [
        ("datadoghq.com", "https://app.datadoghq.com"),
        ("ddog-gov.com", "https://app.ddog-gov.com"),
        ("us5.datadoghq.com", "https://us5.datadoghq.com"),
    ],
)
def test_every_site_has_its_web_host(site: str, url: str) -> None:
    assert session.web_url(site) == url
