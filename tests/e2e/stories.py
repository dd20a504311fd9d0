"""What the story of each kind is told with: a definition, a change to it, and a change by another hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Document = dict[str, Any]


@dataclass(frozen=True)
class Story:
    """`before` is other definitions that it needs; `drift` is merged into the live object by another hand."""

    kind: str
    document: Document
    change: Document
    drift: Document
    list_path: str
    items: str = ""
    item_path: str = ""
    update: str = "PUT"
    jsonapi: str = ""
    id: str = "id"
    before: Document = field(default_factory=dict)
    deletable: bool = True
    sandbox: bool = False
    """Told on the embedded sandbox, where kinds without a public API are live."""


PIPELINE: Document = {
    "name": "web",
    "is_enabled": True,
    "filter": {"query": "source:web"},
    "processors": [
        {
            "type": "grok-parser",
            "name": "access",
            "is_enabled": True,
            "source": "message",
            "samples": ["GET /"],
            "grok": {"match_rules": "access %{word:http.method} %{notSpace:http.url}", "support_rules": ""},
        },
        {"type": "status-remapper", "name": "status", "is_enabled": True, "sources": ["level"]},
    ],
}

STORIES = (
    Story(
        "monitor",
        {
            "name": "CPU",
            "type": "query alert",
            "query": "avg(last_5m):avg:system.cpu.user{*} > 90",
            "message": "hot",
            "options": {"thresholds": {"critical": 90}},
        },
        {"message": "very hot"},
        {"message": "cold"},
        "/api/v1/monitor",
        item_path="/api/v1/monitor/{id}",
    ),
    Story(
        "logs_custom_pipeline",
        PIPELINE,
        {"filter": {"query": "source:webserver"}},
        {"is_enabled": False},
        "/api/v1/logs/config/pipelines",
        item_path="/api/v1/logs/config/pipelines/{id}",
    ),
    Story(
        "dashboard",
        {
            "title": "Web",
            "layout_type": "ordered",
            "widgets": [{"definition": {"type": "note", "content": "hello"}}],
        },
        {"description": "all of it"},
        {"title": "Web", "description": "by hand"},
        "/api/v1/dashboard",
        "dashboards",
        "/api/v1/dashboard/{id}",
    ),
    Story(
        "service_level_objective",
        {
            "name": "Up",
            "type": "metric",
            "query": {"numerator": "sum:a{*}.as_count()", "denominator": "sum:b{*}.as_count()"},
            "thresholds": [{"timeframe": "30d", "target": 99.9}],
            "tags": ["b:1", "a:2"],
        },
        {"description": "how well"},
        {"tags": ["c:3"]},
        "/api/v1/slo",
        "data",
        "/api/v1/slo/{id}",
    ),
    Story(
        "logs_metric",
        {
            "id": "web.requests",
            "compute": {"aggregation_type": "count"},
            "filter": {"query": "source:web"},
            "group_by": [{"path": "@http.method", "tag_name": "method"}],
        },
        {"filter": {"query": "source:webserver"}},
        {"filter": {"query": "*"}},
        "/api/v2/logs/config/metrics",
        "data",
        "/api/v2/logs/config/metrics/{id}",
        update="PATCH",
        jsonapi="logs_metrics",
    ),
    Story(
        "logs_index",
        {"name": "web", "filter": {"query": "source:web"}, "num_retention_days": 15},
        {"num_retention_days": 7},
        {"filter": {"query": "source:other"}, "num_retention_days": 15},
        "/api/v1/logs/config/indexes",
        "indexes",
        "/api/v1/logs/config/indexes/{id}",
        id="name",
        deletable=False,
    ),
    Story(
        "logs_archive",
        {
            "name": "cold",
            "query": "source:web",
            "include_tags": True,
            "destination": {
                "type": "s3",
                "bucket": "logs",
                "path": "/web",
                "integration": {"account_id": "123456789012", "role_name": "archives"},
            },
        },
        {"query": "source:webserver"},
        {"query": "source:none"},
        "/api/v2/logs/config/archives",
        "data",
        "/api/v2/logs/config/archives/{id}",
        jsonapi="archives",
    ),
    Story(
        "logs_custom_destination",
        {
            "name": "siem",
            "query": "source:web",
            "enabled": True,
            "forwarder_destination": {
                "type": "http",
                "endpoint": "https://siem.example",
                "auth": {"type": "basic", "username": "u", "password": "${secret.SIEM}"},
            },
        },
        {"query": "source:webserver"},
        {"query": "source:none"},
        "/api/v2/logs/config/custom-destinations",
        "data",
        "/api/v2/logs/config/custom-destinations/{id}",
        update="PATCH",
        jsonapi="custom_destination",
    ),
    Story(
        "logs_restriction_query",
        {"restriction_query": "source:web"},
        {"restriction_query": "source:webserver"},
        {"restriction_query": "source:none"},
        "/api/v2/logs/config/restriction_queries",
        "data",
        "/api/v2/logs/config/restriction_queries/{id}",
        jsonapi="logs_restriction_queries",
    ),
    Story(
        "dashboard_list",
        {"name": "Team"},
        {"name": "Team", "dashboards": [{"id": "${dashboard.web}", "type": "custom_timeboard"}]},
        {"name": "Other"},
        "/api/v1/dashboard/lists/manual",
        "dashboard_lists",
        "/api/v1/dashboard/lists/manual/{id}",
        before={
            "dashboard": {
                "web": {
                    "title": "Web",
                    "layout_type": "ordered",
                    "widgets": [{"definition": {"type": "note", "content": "hello"}}],
                }
            }
        },
    ),
    Story(
        "logs_facet",
        {
            "name": "Client",
            "path": "network.client.ip.v4",
            "source": "log",
            "groups": ["Network"],
            "type": "string",
            "facetType": "list",
        },
        {"description": "who called"},
        {"description": "by hand"},
        "/api/ui/event-platform/logs/facets?type=logs",
        "facets.logs",
        "/api/v1/logs/scopes/1/facets/{id}?type=logs",
        update="POST",
        sandbox=True,
    ),
)
