"""A large organisation to measure with: so many objects of each kind, as the API lists and shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.organisation import MODIFIED, Organisation, organisation

Document = dict[str, Any]
TOTAL = 20_000
MONITORS, DASHBOARDS, PIPELINES = 8_000, 3_000, 500


@dataclass(frozen=True)
class Collection:
    """What is listed at a path; `at` is the place in the answer, `inside` that in a read of one object.

    Of a `summary` list only these fields are shown. Each object has empty lists at the paths `below` it. A
    list with pages tells at `total` how many there are.
    """

    path: str
    items: list[Document]
    at: str = "data"
    id: str = "id"
    inside: str = ""
    summary: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    total: str = ""


SUMMARY = (
    "id",
    "title",
    "description",
    "layout_type",
    "url",
    "author_handle",
    "created_at",
    "modified_at",
    "is_read_only",
)
TEAM = ("links", "memberships", "notification-rules", "permission-settings")


def large(total: int) -> list[Collection]:
    """An organisation of about so many objects."""

    def of(count: int) -> int:
        return count * total // TOTAL

    made = organisation(of(DASHBOARDS), of(MONITORS), of(PIPELINES))
    return [
        *plain(made),
        Collection("/api/v1/slo", made_of(of(2_000), slo), inside="data", total="metadata.page.total_count"),
        Collection(
            "/api/v1/synthetics/tests", tests(of(200), of(100)), "tests", id="public_id", total="total"
        ),
        Collection(
            "/api/v1/notebooks",
            jsonapi(of(600), "notebooks", notebook),
            inside="data",
            total="meta.page.total_count",
        ),
        Collection("/api/v2/logs/config/metrics", jsonapi(of(2_300), "logs_metrics", metric), inside="data"),
        Collection(
            "/api/v2/security_monitoring/rules", made_of(of(2_000), rule), total="meta.page.total_count"
        ),
        Collection(
            "/api/v2/downtime",
            jsonapi(of(1_000), "downtime", downtime),
            inside="data",
            total="meta.page.total_filtered_count",
        ),
        Collection(
            "/api/v2/users", jsonapi(of(200), "users", user), inside="data", total="meta.page.total_count"
        ),
        Collection(
            "/api/v2/roles",
            jsonapi(of(50), "roles", role),
            inside="data",
            below=("users",),
            total="meta.page.total_count",
        ),
        Collection(
            "/api/v2/team",
            jsonapi(of(50), "team", team),
            inside="data",
            below=TEAM,
            total="meta.pagination.total",
        ),
    ]


def plain(made: Organisation) -> list[Collection]:
    """Dashboards, monitors and pipelines alone."""
    return [
        Collection("/api/v1/dashboard", made.dashboards, "dashboards", summary=SUMMARY),
        Collection("/api/v1/monitor", made.monitors, ""),
        Collection("/api/v1/logs/config/pipelines", made.pipelines, ""),
    ]


def made_of(count: int, make: Callable[[int], Document]) -> list[Document]:
    return [make(number) for number in range(1, count + 1)]


def jsonapi(count: int, type_: str, make: Callable[[int], Document]) -> list[Document]:
    def item(number: int) -> Document:
        attributes = make(number)
        id_ = attributes.pop("id", f"{type_}-{number:08}-0000-0000")
        return {"id": id_, "type": type_, "attributes": attributes}

    return made_of(count, item)


def slo(number: int) -> Document:
    return {
        "id": f"{number:032x}",
        "name": f"Availability of service {number}",
        "type": "monitor",
        "monitor_ids": [number],
        "tags": ["team:web", f"service:s{number}"],
        "thresholds": [{"timeframe": "30d", "target": 99.9, "target_display": "99.9"}],
        "description": "How often it answers.",
        "created_at": 1_700_000_000,
        "modified_at": 1_700_000_000,
        "creator": {"id": 1, "handle": "a@example.com", "name": None, "email": "a@example.com"},
    }


def tests(api: int, browser: int) -> list[Document]:
    return [
        *made_of(api, lambda number: test("api", number)),
        *made_of(browser, lambda n: test("browser", n)),
    ]


def test(type_: str, number: int) -> Document:
    shown: Document = {
        "public_id": f"{type_[0]}{number:02x}-{number % 1000:03}-aaa",
        "name": f"{type_} test {number}",
        "type": type_,
        "status": "live",
        "message": "down @webhook-pager",
        "tags": ["team:web"],
        "locations": ["aws:eu-central-1"],
        "monitor_id": 90_000_000 + number * 2 + (type_ == "browser"),
        "config": {"request": {"method": "GET", "url": f"https://{number}.example.com"}, "assertions": []},
        "options": {"tick_every": 300},
        "created_at": MODIFIED,
        "modified_at": MODIFIED,
    }
    return shown | ({"subtype": "http"} if type_ == "api" else {"steps": []})


def notebook(number: int) -> Document:
    text = {"definition": {"type": "markdown", "text": f"# Runbook {number}\n\nWhat to do."}}
    cells = [{"id": f"c{number}{n}", "type": "notebook_cells", "attributes": text} for n in range(3)]
    return {
        "id": number,
        "name": f"Runbook {number}",
        "cells": cells,
        "time": {"live_span": "1h"},
        "status": "published",
        "created": MODIFIED,
        "modified": MODIFIED,
    }


def metric(number: int) -> Document:
    return {
        "id": f"web.requests.{number}",
        "compute": {"aggregation_type": "count"},
        "filter": {"query": f"service:s{number}"},
        "group_by": [{"path": "@http.status_code", "tag_name": "status"}],
    }


def rule(number: int) -> Document:
    return {
        "id": f"rul-{number:04x}-aaa",
        "name": f"Detection {number}",
        "type": "log_detection",
        "isEnabled": True,
        "isDefault": number % 10 == 0,
        "message": "Look at it.",
        "queries": [{"query": f"source:s{number}", "aggregation": "count", "groupByFields": []}],
        "cases": [{"name": "", "status": "info", "condition": "a > 0", "notifications": []}],
        "options": {"evaluationWindow": 300, "keepAlive": 3600, "maxSignalDuration": 86400},
        "tags": ["team:sec"],
        "createdAt": 1_700_000_000_000,
        "version": 1,
    }


def downtime(number: int) -> Document:
    return {
        "message": f"Maintenance {number}",
        "scope": f"service:s{number}",
        "monitor_identifier": {"monitor_tags": ["*"]},
        "schedule": {"start": "2030-01-01T00:00:00+00:00", "end": None},
        "display_timezone": "UTC",
        "mute_first_recovery_notification": False,
        "notify_end_states": ["alert"],
        "notify_end_types": ["expired"],
        "status": "scheduled",
        "canceled": None,
        "created": MODIFIED,
        "modified": MODIFIED,
    }


def user(number: int) -> Document:
    email = f"person{number}@example.com"
    return {
        "email": email,
        "handle": email,
        "name": f"Person {number}",
        "disabled": False,
        "status": "Active",
    }


def role(number: int) -> Document:
    return {"name": f"Role {number}", "created_at": MODIFIED, "modified_at": MODIFIED, "user_count": 0}


def team(number: int) -> Document:
    return {"name": f"Team {number}", "handle": f"team-{number}", "description": "", "user_count": 0}
