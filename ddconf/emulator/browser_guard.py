"""What a page in somebody's browser may not do to a server on their machine.

A foreign page can send requests here, under its own name (DNS rebinding) or under ours (across sites).
"""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from ddconf.emulator.routes import find
from ddconf.emulator.wire import Request, Response, texts

_LOCAL = (".localhost", ".internal")
"""Names that nobody can register: https://www.iana.org/assignments/special-use-domain-names"""
_UNASKED = ("", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data")
"""What pages send anywhere unasked: https://fetch.spec.whatwg.org/#cors-safelisted-request-header"""
_READS = ("GET", "HEAD", "OPTIONS")


def takes_logs(request: Request) -> bool:
    """Whether the request is for an intake, which pages may send to and which takes more than JSON."""
    return request.path in ("/api/v2/logs", "/v1/input") or request.path.startswith("/v1/input/")


def refuse(request: Request, *, is_intake: bool, hosts: Collection[str] = ()) -> Response | None:
    """The answer to a request that a foreign page may have made; None for any other.

    `hosts` are further names of this server.
    """
    sent = {name.lower(): value for name, value in request.headers.items()}
    host, origin = sent.get("host", ""), sent.get("origin")
    if host and not _is_ours(host, hosts):
        return texts(403, f"The host {host} is not this sandbox: allow it with --allow-host").response
    if is_intake:
        return None
    if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
        return texts(403, f"Pages of {origin} may not use this sandbox").response
    kind = sent.get("content-type", "").partition(";")[0].strip().lower()
    if (
        request.method not in _READS
        and request.body
        and kind in _UNASKED
        and find(request.method, request.path)
    ):
        return texts(415, "The content type must be application/json").response
    return None


def _is_ours(host: str, hosts: Collection[str]) -> bool:
    """Whether a page cannot have chosen the name: an address, a name without dots, one that nobody owns."""
    name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
    if "." not in name or name.endswith(_LOCAL) or name in hosts:
        return True
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
