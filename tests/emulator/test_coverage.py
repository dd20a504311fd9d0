"""Every operation of the official client about the products that are emulated has a route of its own."""

from __future__ import annotations

from ddconf.datadog.schema.client_library import endpoints
from ddconf.emulator import routes

PRODUCTS = (
    "/api/v1/dashboard",
    "/api/v2/dashboard/lists",
    "/api/v1/downtime",
    "/api/v2/downtime",
    "/api/v1/monitor",
    "/api/v2/monitor",
    "/api/v1/logs",
    "/api/v2/logs",
    "/api/v1/notebooks",
    "/api/v2/powerpacks",
    "/api/v2/roles",
    "/api/v2/security_monitoring/rules",
    "/api/v2/sensitive-data-scanner",
    "/api/v1/slo",
    "/api/v2/slo",
    "/api/v2/apm/config",
    "/api/v2/restriction_policy",
    "/api/v1/synthetics",
    "/api/v2/synthetics",
    "/api/v2/team",
    "/api/v1/integration/webhooks",
)
LEFT_OUT = ("/api/v1/dashboard/public/{}/invitation", "/api/v2/logs/archive_searches")
KINDS = ("api", "browser", "mobile")  # of synthetic tests, which one route serves


def template(method: str, path: str) -> list[str]:
    """The route that answers, as its segments; empty if none does."""
    parts = path.strip("/").split("/")
    for table in (routes.table(), routes.plain_table()):
        for segments, _ in table.get((method, len(parts)), ()):
            if all(want.startswith("{") or want == part for want, part in zip(segments, parts, strict=True)):
                return list(segments)
    return []


def test_no_operation_is_without_a_route() -> None:
    missing = [
        f"{method} {path}"
        for method, path in endpoints()
        if path.startswith(PRODUCTS) and not path.startswith(LEFT_OUT) and not template(method, path)
    ]
    assert missing == []


def test_no_word_of_a_path_is_taken_for_an_id() -> None:
    taken = [
        f"{method} {path}"
        for method, path in endpoints()
        if path.startswith(PRODUCTS)
        for want, part in zip(template(method, path), path.strip("/").split("/"), strict=False)
        if want.startswith("{") and part != "{}" and part not in KINDS
    ]
    assert taken == []
