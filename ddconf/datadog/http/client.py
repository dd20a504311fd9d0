"""The client of Datadog's API: raw JSON in and out, repeated where that is safe, paced by the rate limits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

from ddconf.datadog.http.credentials import Credentials
from ddconf.datadog.http.error_text import texts
from ddconf.datadog.http.rate_limit import Budget, RunStopped, seconds
from ddconf.datadog.http.retry_settings import LONGEST_BACKOFF_SECONDS, Retry
from ddconf.datadog.http.spellings import spellings
from ddconf.datadog.http.transport import Answer, Exchanges, NoAnswer, Wire
from ddconf.document import JSON
from ddconf.errors import ApiError

CONNECT_TRIES = 3
"""Where no connection comes about at all, waiting longer seldom helps."""
RETRY = Retry()
_REPEATABLE = frozenset({"GET", "PUT", "DELETE"})


class Client:
    """Speaks to one organisation with up to `workers` kept connections. Safe for threads.

    `timeout` bounds each wait for the server, in seconds; `retry` says how requests are repeated.
    `on_wait(seconds, why)` is told of each wait for a rate limit, `debug(line)` of each exchange.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        workers: int = 16,
        timeout: float = 30.0,
        retry: Retry | None = None,
        on_wait: Callable[[float, str], object] | None = None,
        debug: Callable[[str], None] | None = None,
        wire: Exchanges | None = None,
    ) -> None:
        self.site = credentials.site
        self.identity = credentials.identity
        self.user_key = credentials.user_key
        self._place = credentials.place
        self.workers = workers
        self.requests = 0
        self._wire = wire or Wire(credentials, workers=workers, timeout=timeout)
        self._budget = Budget(on_wait)
        self._retry = retry or RETRY
        self._debug = debug
        self._secrets: set[str] = set()
        self._lock = threading.Lock()
        self.hide(*credentials.secrets)

    def request(
        self,
        method: str,
        path: str,
        params: Mapping[str, str] | None = None,
        body: JSON = None,
        *,
        route: str = "",
        repeatable: bool | None = None,
    ) -> JSON:
        """One request, with its repeats; raises ApiError.

        `route` is the path's template, whose requests share a rate limit. A request that is not
        `repeatable` (by its method, unless told) is sent again only where it surely had no effect.
        """
        repeatable = method in _REPEATABLE if repeatable is None else repeatable
        route = f"{method} {route or path}"
        deadline = time.monotonic() + self._retry.patience
        tries, lost = 0, False
        while True:
            outcome = self._exchange(method, path, params, body, route, deadline)
            if isinstance(outcome, Answer) and 200 <= outcome.status < 300 and outcome.is_json:
                return outcome.body
            sent = not isinstance(outcome, NoAnswer) or outcome.sent
            refused = isinstance(outcome, Answer) and outcome.status == 429
            transient = _is_transient(outcome)
            lost = lost or (sent and transient and not refused and method != "GET")
            tries += not refused
            again = refused or (transient and (repeatable or not sent))
            if not again or tries >= self._tries(sent=sent) or time.monotonic() >= deadline:
                raise self._error(method, path, outcome, lost=lost)
            if not refused:
                self._pause(tries, outcome, method, path, lost=lost)

    def hide(self, *values: str) -> None:
        """Values that no message may show, such as resolved secrets, however a server spells them."""
        found = frozenset[str]().union(*map(spellings, values))
        with self._lock:
            self._secrets = self._secrets | found

    def has_secret(self, content: bytes) -> bool:
        """Whether a hidden value stands in some UTF-8 text."""
        return any(secret.encode() in content for secret in self._secrets)

    def end_waits(self) -> None:
        """Let what is under way end, if it can without waiting; waits end with an ApiError."""
        self._budget.end_waits()

    def stop(self) -> None:
        """Send nothing more: requests in flight finish, waits end with an ApiError."""
        self._budget.stop()

    def close(self) -> None:
        self._wire.close()

    def _exchange(
        self,
        method: str,
        path: str,
        params: Mapping[str, str] | None,
        body: JSON,
        route: str,
        deadline: float,
    ) -> Answer | NoAnswer:
        try:
            key = self._budget.enter(route, deadline)
        except RunStopped as error:
            raise ApiError(method, path, 0, (str(error),)) from None
        with self._lock:
            self.requests += 1
        started = time.monotonic()
        noted = Answer(0)
        outcome: Answer | NoAnswer
        try:
            outcome = noted = self._wire.send(method, path, params, body)
        except NoAnswer as error:
            outcome = error
        finally:
            self._budget.leave(route, key, noted.status, noted.headers)
        if self._debug:
            result = outcome.status if isinstance(outcome, Answer) else str(outcome)
            self._debug(f"{method} {path}: {result} ({time.monotonic() - started:.3f} s)")
        return outcome

    def _tries(self, *, sent: bool) -> int:
        return self._retry.tries if sent else min(CONNECT_TRIES, self._retry.tries)

    def _pause(self, tries: int, outcome: Answer | NoAnswer, method: str, path: str, *, lost: bool) -> None:
        """Wait longer after each failure, or as long as the server says."""
        told = seconds(outcome.headers.get("retry-after")) if isinstance(outcome, Answer) else None
        wait = min(told, LONGEST_BACKOFF_SECONDS) if told is not None else self._retry.pause(tries)
        try:
            self._budget.pause(wait)
        except RunStopped as error:
            raise ApiError(method, path, 0, (str(error),), lost=lost) from None

    def _error(self, method: str, path: str, outcome: Answer | NoAnswer, *, lost: bool) -> ApiError:
        if isinstance(outcome, NoAnswer):
            return ApiError(method, path, 0, (str(outcome),), lost=lost, hint=_hint(0, self._place))
        with self._lock:
            secrets = tuple(self._secrets)
        errors = texts(outcome.body, is_json=outcome.is_json, secrets=secrets)
        return ApiError(
            method, path, outcome.status, errors, lost=lost, hint=_hint(outcome.status, self._place)
        )


def _is_transient(outcome: Answer | NoAnswer) -> bool:
    """Whether another try may do better: no answer, a server's failure, or a success that cannot be read."""
    if isinstance(outcome, NoAnswer):
        return not outcome.final
    garbled = 200 <= outcome.status < 300
    return garbled or outcome.status in (408, 429) or outcome.status >= 500


def _hint(status: int, place: str) -> str:
    if status == 0:
        return f"check the network, the proxy settings and {place}"
    if status == 401:
        return f"check DD_API_KEY and DD_APP_KEY, and that they belong to {place}"
    if status == 403:
        return (
            f"check that DD_API_KEY and DD_APP_KEY belong to {place}; if they do, the scopes of "
            "the application key or its owner's role do not allow this"
        )
    return ""
