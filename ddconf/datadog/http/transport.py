"""One HTTP exchange: JSON out, JSON back, no retry, no policy."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import unquote, urlencode, urlsplit

from ddconf import __version__
from ddconf.datadog.http.credentials import Credentials
from ddconf.document import JSON, writable
from ddconf.errors import DdconfError

CONNECT_SECONDS = 10.0
SLOWEST_BODY = 6
"""A body that trickles in is given up after this many timeouts."""
_CHUNK = 1 << 16
_HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": "gzip",
    "User-Agent": f"ddconf/{__version__}",
    "X-Datadog-Managed-By": "iac",  # as Datadog's own client marks what comes from configuration as code
}
_HALF = rb"\\u[dD][89a-fA-F]"


_SYSTEM_PROXIES = ("darwin", "win32")
"""Where proxies are settings of the system, too."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `body` is None when empty, text when it is not JSON. Header names are lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: JSON = None
    is_json: bool = True


class NoAnswer(Exception):
    """There was none, or it broke off; `sent` tells whether the request may have had its effect."""

    def __init__(self, reason: str, *, sent: bool) -> None:
        super().__init__(reason)
        self.sent = sent


class Exchanges(Protocol):
    """What a Client sends its requests through."""

    def send(self, method: str, path: str, params: Mapping[str, str] | None, body: JSON) -> Answer: ...

    def close(self) -> None: ...


class Wire:
    """ResponseJournal connections to one Datadog site. Safe for threads."""

    def __init__(self, credentials: Credentials, *, workers: int, timeout: float) -> None:
        from urllib3 import PoolManager, ProxyManager, Timeout
        from urllib3.exceptions import HTTPError

        # Every failure is ours to judge.
        pool: dict[str, Any] = {"maxsize": workers, "block": True, "retries": False}
        proxy, proxy_headers = _proxy(credentials.url)
        try:
            self._pool = (
                ProxyManager(proxy, proxy_headers=proxy_headers, **pool) if proxy else PoolManager(**pool)
            )
        except HTTPError as error:
            raise DdconfError(
                f"the proxy of the environment cannot be used: {type(error).__name__}"
            ) from None
        self._url = credentials.url
        self._headers = {**_HEADERS, **_authentication(credentials)}
        self._timeout = timeout
        self._timeouts = Timeout(connect=min(CONNECT_SECONDS, timeout), read=timeout)

    def send(self, method: str, path: str, params: Mapping[str, str] | None, body: JSON) -> Answer:
        """Send one request; any status is an Answer. Raises NoAnswer."""
        from urllib3.exceptions import HTTPError, SSLError

        headers, content = self._headers, None
        if body is not None:
            headers, content = headers | {"Content-Type": "application/json"}, json.dumps(body)
        try:
            response = self._pool.request(
                method,
                f"{self._url}{path}" + (f"?{urlencode(params)}" if params else ""),
                body=content,
                headers=headers,
                timeout=self._timeouts,
                preload_content=False,
                redirect=False,  # which would carry the keys away
            )
            return answer_of(response.status, response.headers, self._read(response))
        except SSLError as error:
            raise NoAnswer(f"no secure connection: {_first_line(error)}", sent=False) from None
        except HTTPError as error:
            raise _no_answer(error, self._timeout) from None
        except UnicodeDecodeError:
            raise NoAnswer("the answer is no text", sent=True) from None

    def close(self) -> None:
        self._pool.clear()

    def _read(self, response: Any) -> bytes:
        from urllib3.exceptions import ReadTimeoutError

        ends = time.monotonic() + SLOWEST_BODY * self._timeout
        chunks = []
        while chunk := response.read1(_CHUNK):
            chunks.append(chunk)
            if time.monotonic() > ends:
                response.close()
                raise ReadTimeoutError(None, None, "too slow")  # type: ignore[arg-type]
        return b"".join(chunks)


def answer_of(status: int, headers: Mapping[str, str], raw: bytes) -> Answer:
    """An Answer from a raw body, JSON or not."""
    lower = {name.lower(): value for name, value in headers.items()}
    if not raw.strip():
        return Answer(status, lower)
    try:
        body = json.loads(raw, parse_constant=_no_constant)
        return Answer(status, lower, writable(body) if re.search(_HALF, raw) else body)
    except (ValueError, RecursionError):
        return Answer(status, lower, raw[:10_000].decode("utf-8", "replace"), is_json=False)


def _no_constant(name: str) -> JSON:
    raise ValueError(name)


def _authentication(credentials: Credentials) -> dict[str, str]:
    if credentials.bearer:
        return {"Authorization": f"Bearer {credentials.bearer}"}
    return {"DD-API-KEY": credentials.api_key, "DD-APPLICATION-KEY": credentials.app_key}


def _proxy(url: str) -> tuple[str | None, Any]:
    """The environment's proxy for a URL, and the headers its user and password make."""
    if sys.platform not in _SYSTEM_PROXIES and not any(
        name.lower().endswith("_proxy") for name in os.environ
    ):
        return None, None
    from urllib.request import getproxies, proxy_bypass

    from urllib3 import make_headers

    parts = urlsplit(url)
    proxy = getproxies().get(parts.scheme)
    if not proxy or proxy_bypass(parts.hostname or ""):
        return None, None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    user = urlsplit(proxy)
    if user.username is None:
        return proxy, None
    return proxy, make_headers(proxy_basic_auth=f"{unquote(user.username)}:{unquote(user.password or '')}")


def _no_answer(error: Exception, timeout: float) -> NoAnswer:
    from urllib3 import exceptions

    if isinstance(error, exceptions.NameResolutionError):
        return NoAnswer("the host's name is not known", sent=False)
    if isinstance(error, exceptions.NewConnectionError):
        return NoAnswer("no connection: the host refuses or cannot be reached", sent=False)
    if isinstance(error, exceptions.ConnectTimeoutError):
        return NoAnswer("no connection in time", sent=False)
    if isinstance(error, exceptions.ProxyError):
        return NoAnswer("the proxy refuses or cannot be reached", sent=False)
    if isinstance(error, exceptions.TimeoutError):
        return NoAnswer(f"no whole answer within {timeout:g} s", sent=True)
    return NoAnswer("the connection broke before the answer was complete", sent=True)


def _first_line(text: object) -> str:
    return str(text).strip().splitlines()[-1] if str(text).strip() else "TLS failed"
