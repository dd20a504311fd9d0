"""Posting to this machine alone: a sandbox holds real addresses of an organisation and must not use them."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

_SECONDS = 15.0


def is_allowed(url: str, also: Collection[str] = ()) -> bool:
    """Whether an address is on this machine, or its host is one of those named."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    if host == "localhost" or host in also:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def post(url: str, body: bytes, headers: Mapping[str, str], *, tries: int = 1) -> int:
    """The status of the answer, 0 if there was none; 5xx and lost connections are tried again."""
    import urllib3

    status = 0
    with urllib3.PoolManager(retries=False, timeout=_SECONDS) as pool:
        for _ in range(tries):
            try:
                status = pool.request("POST", url, body=body, headers=dict(headers), redirect=False).status
            except urllib3.exceptions.HTTPError:
                status = 0
            if 0 < status < 500:
                break
    return status
