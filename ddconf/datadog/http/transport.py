"""One HTTP exchange through the official client: JSON out, JSON back, no retry, no policy."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from ddconf.datadog.http.credentials import Credentials
from ddconf.document import JSON, is_deeper, writable
from ddconf.errors import DdconfError

CONNECT_SECONDS = 10.0
DEEPEST = 100
"""Nothing in Datadog is nested a fifth as deep; what walks documents may recurse."""
_HALF = rb"\\u[dD][89a-fA-F]"
_HUGE = rb"[0-9][eE]\+?[0-9]{3}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `body` is None when empty, text when it is not JSON. Header names are lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: JSON = None
    is_json: bool = True


class NoAnswer(Exception):
    """There was none, or it broke off; `sent` tells whether the request may have had its effect.

    After a `final` one, another try would bring the same.
    """

    def __init__(self, reason: str, *, sent: bool, final: bool = False) -> None:
        super().__init__(reason)
        self.sent, self.final = sent, final


class Exchanges(Protocol):
    """What a Client sends its requests through."""

    def send(self, method: str, path: str, params: Mapping[str, str] | None, body: JSON) -> Answer: ...

    def close(self) -> None: ...


class Wire:
    """Kept connections to one Datadog site. Safe for threads."""

    def __init__(self, credentials: Credentials, *, workers: int, timeout: float) -> None:
        from urllib3.exceptions import HTTPError

        from ddconf.datadog.http.official_client import OfficialClient

        try:
            self._client = OfficialClient(credentials, workers=workers, timeout=timeout)
        except HTTPError as error:
            raise DdconfError(
                f"the proxy of the environment cannot be used: {type(error).__name__}"
            ) from None
        self._timeout = timeout
        self._timeouts = (min(CONNECT_SECONDS, timeout), timeout)

    def send(self, method: str, path: str, params: Mapping[str, str] | None, body: JSON) -> Answer:
        """Send one request; any status is an Answer. Raises NoAnswer."""
        from datadog_api_client.exceptions import ApiException
        from urllib3.exceptions import HTTPError

        from ddconf.datadog.http.bounded import TooLarge

        headers = {"Accept": "application/json", **self._client.authentication}
        if body is not None:  # the client names the type by itself, but not of a DELETE
            headers["Content-Type"] = "application/json"
        try:
            found = self._client.call_api(
                path,
                method,
                query_params=list((params or {}).items()),
                header_params=headers,
                body=body,
                preload_content=False,
                request_timeout=self._timeouts,
            )
            return answer_of(found.status, found.headers, found.data)
        except ApiException as error:
            if not error.status:
                raise NoAnswer(f"no secure connection: {_last_line(error.reason)}", sent=False) from None
            return _refusal(error)
        except HTTPError as error:
            raise _no_answer(error, self._timeout) from None
        except TooLarge as error:
            raise NoAnswer(str(error), sent=True, final=True) from None
        except UnicodeDecodeError:
            raise NoAnswer("the answer is not text", sent=True) from None

    def close(self) -> None:
        self._client.close()


def answer_of(status: int, headers: Mapping[str, str], raw: bytes) -> Answer:
    """An Answer from a raw body, JSON or not; numbers without end and bottomless nesting are not JSON."""
    lower = {name.lower(): value for name, value in headers.items()}
    if not raw.strip():
        return Answer(status, lower)
    try:
        if is_deeper(raw, DEEPEST):
            return Answer(status, lower, f"it is nested more than {DEEPEST} deep", is_json=False)
        parse_float = _finite if re.search(_HUGE, raw) else None
        body = json.loads(raw, parse_constant=_no_constant, parse_float=parse_float)
        return Answer(status, lower, writable(body) if re.search(_HALF, raw) else body)
    except (ValueError, RecursionError):
        return Answer(status, lower, raw[:10_000].decode("utf-8", "replace"), is_json=False)


def _refusal(error: Any) -> Answer:
    """The answer behind the official client's exception, which has read the body as JSON if it is JSON."""
    headers = {name.lower(): value for name, value in error.headers.items()}
    if isinstance(error.body, str):
        text = error.body.strip()
        return Answer(error.status, headers, text[:10_000] or None, is_json=not text)
    return Answer(error.status, headers, writable(error.body))


def _no_constant(name: str) -> JSON:
    raise ValueError(name)


def _finite(text: str) -> float:
    if (value := float(text)) in (float("inf"), float("-inf")):
        raise ValueError(text)
    return value


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


def _last_line(text: object) -> str:
    return str(text).strip().splitlines()[-1] if str(text).strip() else "TLS failed"
