"""Custom destinations: every one whose query matches gets a processed log, with all, some or no tags.

https://docs.datadoghq.com/logs/log_configuration/forwarding_custom_destinations/
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ddconf.document import Document
from ddconf.pipelines.query import Query, parse_query


@dataclass(frozen=True, slots=True)
class Destination:
    """`allowed` and `blocked` are tag keys; without `forward_tags` no tag is sent."""

    name: str
    query: Query
    endpoint: str
    type: str = "http"
    index: str = ""
    forward_tags: bool = True
    allowed: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    auth: Document = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where it is posted to."""
        suffix = {"splunk_hec": "/services/collector/event", "elasticsearch": f"/{self.index}/_doc"}.get(
            self.type, ""
        )
        return self.endpoint.rstrip("/") + suffix if suffix else self.endpoint

    def tags(self, tags: Iterable[str]) -> list[str]:
        """Those of a log's tags that it gets."""
        if not self.forward_tags:
            return []
        keys = ((tag, tag.partition(":")[0]) for tag in tags)
        return [
            tag for tag, key in keys if key not in self.blocked and (not self.allowed or key in self.allowed)
        ]


def read_destination(document: Document) -> Destination | None:
    """From the API's document; None for one that is off. Raises QueryError."""
    if not document.get("enabled", True):
        return None
    target = document.get("forwarder_destination") or {}
    listed = tuple(document.get("forward_tags_restriction_list") or [])
    blocks = document.get("forward_tags_restriction_list_type") == "BLOCK_LIST"
    return Destination(
        str(document.get("name", "")),
        parse_query(str(document.get("query") or "")),
        str(target.get("endpoint") or ""),
        str(target.get("type") or "http"),
        str(target.get("index_name") or ""),
        bool(document.get("forward_tags", True)),
        () if blocks else listed,
        listed if blocks else (),
        target.get("auth") or {},
    )
