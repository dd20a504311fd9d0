"""The parts of a URL, as the url-parser and the grok filter `url` store them.

https://docs.datadoghq.com/logs/log_configuration/processors/url_parser/
"""

from __future__ import annotations

import re

from ddconf.document import JSON

_URL = re.compile(
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?=//))?"
    r"(?://(?P<authority>[^/?#]*))?"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<hash>.*))?",
    re.DOTALL,
)
_PORT = re.compile(r":(\d{1,5})\Z")


def parse_url(text: str, normalize_ending_slashes: bool = False) -> dict[str, JSON]:
    """`path`, and where present `scheme`, `host`, `port`, `queryString`, `hash`; all stay encoded."""
    match = _URL.fullmatch(text)
    if match is None:
        return {"path": text}
    parts: dict[str, JSON] = {"scheme": match["scheme"]} if match["scheme"] else {}
    host = (match["authority"] or "").rpartition("@")[2]
    if port := _PORT.search(host):
        parts["port"] = int(port[1])
        host = host[: port.start()]
    if host:
        parts["host"] = host.lower()
    path = match["path"]
    if normalize_ending_slashes and len(path) > 1:
        path = path.rstrip("/") or "/"
    parts["path"] = path
    if match["hash"]:
        parts["hash"] = match["hash"]
    if query := _pairs(match["query"] or ""):
        parts["queryString"] = query
    return parts


def _pairs(query: str) -> dict[str, JSON]:
    """Names to raw values, empty ones too; a repeated name keeps its last value."""
    split = (pair.partition("=") for pair in query.split("&"))
    return {name: value for name, _, value in split if name}
