"""The offline log engine: grok, search queries and pipelines, run as Datadog runs them.

Names are imported when first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ddconf.pipelines.engine import Pipelines, compile_pipelines, run
    from ddconf.pipelines.enrichment import Enrichment
    from ddconf.pipelines.grok import compile_grok
    from ddconf.pipelines.log import Log
    from ddconf.pipelines.query import Query, parse_query
    from ddconf.pipelines.trace import Outcome

_HOMES = {
    "Enrichment": "enrichment",
    "Log": "log",
    "Outcome": "trace",
    "Pipelines": "engine",
    "Query": "query",
    "compile_grok": "grok",
    "compile_pipelines": "engine",
    "parse_query": "query",
    "run": "engine",
}

__all__ = [
    "Enrichment",
    "Log",
    "Outcome",
    "Pipelines",
    "Query",
    "compile_grok",
    "compile_pipelines",
    "parse_query",
    "run",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
