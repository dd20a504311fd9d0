"""The parts of a URL, as the url-parser and the grok filter `url` store them.

https://docs.datadoghq.com/logs/log_configuration/processors/url_parser/
"""

from __future__ import annotations

import re

from ddconf.document import JSON

_ORIGIN = re.compile(r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?//(?P<authority>[^/]*)")
_PORT = re.compile(r":(\d{1,5})\Z")


def parse_url(text: str, normalize_ending_slashes: bool = False) -> dict[str, JSON]:
    """`path`, and where present `scheme`, `host`, `port`, `queryString`, `hash`; all stay encoded.

    An empty fragment makes no `hash`. Source: the published tests of Traefik's pipeline.
    """
    rest, _, fragment = text.partition("#")
    rest, _, query = rest.partition("?")
    path, parts = _origin(rest) if "//" in rest else (rest, {})
    if normalize_ending_slashes and len(path) > 1:
        path = path.rstrip("/") or "/"
    parts["path"] = path
    if fragment:
        parts["hash"] = fragment
    if query and (pairs := _pairs(query)):
        parts["queryString"] = pairs
    return parts


def _origin(text: str) -> tuple[str, dict[str, JSON]]:
    """The path, and what stands before it: scheme, host and port."""
    match = _ORIGIN.match(text)
    if match is None:
        return text, {}
    parts: dict[str, JSON] = {"scheme": match["scheme"]} if match["scheme"] else {}
    host = match["authority"].rpartition("@")[2]
    if port := _PORT.search(host):
        parts["port"] = int(port[1])
        host = host[: port.start()]
    if host:
        parts["host"] = host.lower()
    return text[match.end() :], parts


def _pairs(query: str) -> dict[str, JSON]:
    """Names to raw values, empty ones too; a repeated name keeps its last value."""
    pairs: dict[str, JSON] = {}
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name:
            pairs[name] = value
    return pairs
