"""The filters url and useragent, which do what the processors for URLs and user agents do."""

from __future__ import annotations

from ddconf.pipelines.grok.filters.numbers import text_of
from ddconf.pipelines.grok.registry import Filter, grok_filter


@grok_filter(
    "url",
    (
        "%{data:u:url}",
        "https://app.datadoghq.com/logs?live=true",
        {
            "u": {
                "scheme": "https",
                "host": "app.datadoghq.com",
                "path": "/logs",
                "queryString": {"live": "true"},
            }
        },
    ),
)
def url() -> Filter:
    """the parts of a URL"""
    from ddconf.pipelines.urls import parse_url

    return lambda value: parse_url(text_of(value))


_CURL = {"family": "curl", "major": "7", "minor": "88", "patch": "1"}


@grok_filter(
    "useragent",
    (
        "%{data:x:useragent(decodeuricomponent:true)}",
        "curl%2F7.88.1",
        {
            "x": {
                "browser": _CURL,
                "os": {"family": "Other"},
                "device": {"family": "Other", "category": "Other"},
            }
        },
    ),
)
def useragent(decodeuricomponent: bool = False) -> Filter:
    """browser, operating system and device of a user agent"""
    from ddconf.pipelines.user_agents import parse_user_agent

    return lambda value: parse_user_agent(text_of(value), decode=decodeuricomponent)
