"""Saved views of the log explorer: https://docs.datadoghq.com/logs/explorer/saved_views/

Datadog documents no API for them; these calls work with keys all the same.
"""

from dataclasses import replace

from ddconf.kind import Kind, plain, rest

_SHAPE = {
    "name": {"type": "string"},
    "query": {"type": "string"},
    "type": {"type": "string"},
    "index": {},
    "page": {},
    "timerange": {"type": "object"},
    "visible_facets": {"type": "array", "items": {}},
    "options": {"type": "object"},
}

KIND = Kind(
    name="logs_view",
    api=rest(
        "/api/v1/logs/views",
        envelope=replace(plain(), unwrap=lambda answer: answer.get("logs_view", answer), shape=_SHAPE),
        items="logs_views",
        where={"integration_id": None},
    ),
    read_only=("id", "author", "modified_at", "integration_id", "integration_short_name", "is_favorite"),
    opt_in="experimental: Datadog documents no API for saved views",
    permissions={"read": "logs_read_config", "write": "logs_write_facets"},
    page="/logs",
    title="Saved view of the log explorer",
    area="Logs",
    tier=2,
    notes="Experimental. Views of integrations are left alone.",
)
