"""Log facets through the calls of Datadog's web interface, with a browser's session instead of keys.

Experimental: these calls are undocumented and may change at any time. `connect` gives an ordinary Client
whose requests go to the web host, so the live verbs work on it as on any other.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from ddconf.datadog.http.client import Client
from ddconf.datadog.http.credentials import DEFAULT_SITE, Credentials
from ddconf.datadog.http.transport import CONNECT_SECONDS, Answer, NoAnswer, answer_of
from ddconf.datadog.objects.reader import list_all
from ddconf.document import JSON
from ddconf.errors import DdconfError
from ddconf.kind import Kind, Live

if TYPE_CHECKING:
    import requests

COOKIE = "DD_SESSION_COOKIE"
TOKEN = "DD_CSRF_TOKEN"
_SCOPE = "/scopes/1/"
"""Stands in the kind's paths for the organisation's own scope."""


class ScopedSettings(Protocol):
    """Settings that know the organisation's scope, a number in the paths of the web interface's writes."""

    @property
    def scope_id(self) -> str | None: ...


def list_facets(kind: Kind, settings: ScopedSettings, *, env: Mapping[str, str] = os.environ) -> list[Live]:
    """Every facet that the web interface shows; raises DdconfError."""
    client = connect(env, scope_id=settings.scope_id)
    try:
        return list_all(client, kind)
    finally:
        client.close()


def connect(
    env: Mapping[str, str],
    *,
    scope_id: str | None = None,
    timeout: float = 30.0,
    on_wait: Callable[[float, str], None] | None = None,
) -> Client:
    """A Client of the web host; raises DdconfError when the session's variables are missing."""
    cookie, token = env.get(COOKIE, "").strip(), env.get(TOKEN, "").strip()
    if not cookie or not token:
        raise DdconfError(
            f"facets by web session need {COOKIE} (the value of the cookie `dogweb`) and {TOKEN} "
            "(the header x-csrf-token of any request), both from the browser's developer tools"
        )
    site = env.get("DD_SITE", "").strip() or DEFAULT_SITE
    credentials = Credentials(url=web_url(site), site=site)
    wire = SessionWire(credentials.url, cookie, token, scope_id=scope_id, timeout=timeout)
    client = Client(credentials, workers=4, on_wait=on_wait, wire=wire)
    client.hide(cookie, token)
    return client


def web_url(site: str) -> str:
    """Where a site's web interface is. https://docs.datadoghq.com/getting_started/site/"""
    return f"https://app.{site}" if site.count(".") == 1 else f"https://{site}"


class SessionWire:
    """Exchanges with the web host by `requests`. Safe for threads: one session each."""

    def __init__(self, url: str, cookie: str, token: str, *, scope_id: str | None, timeout: float) -> None:
        self._url = url
        self._headers = {
            "Cookie": cookie if "=" in cookie else f"dogweb={cookie}",
            "X-CSRF-Token": token,
            "Accept": "application/json",
        }
        self._scope_id = scope_id
        self._timeouts = (min(CONNECT_SECONDS, timeout), timeout)
        self._own = threading.local()

    def send(self, method: str, path: str, params: Mapping[str, str] | None, body: JSON) -> Answer:
        """Send one request; any status is an Answer. Raises NoAnswer, DdconfError without a scope."""
        import requests

        if _SCOPE in path and not self._scope_id:
            raise DdconfError("writing facets by web session needs `facets: {scope_id: ...}` in ddconf.yaml")
        url = self._url + path.replace(_SCOPE, f"/scopes/{self._scope_id}/")
        try:
            response = self._session().request(
                method,
                url,
                params=dict(params or {}),
                json=body,
                headers=self._headers,
                timeout=self._timeouts,
                allow_redirects=False,
            )
        except requests.ConnectTimeout:
            raise NoAnswer("no connection in time", sent=False) from None
        except requests.RequestException as error:
            raise NoAnswer(f"no answer from the web host ({type(error).__name__})", sent=True) from None
        if 300 <= response.status_code < 400:
            return Answer(401, {}, {"errors": [f"the session of {COOKIE} has ended: log in again"]})
        return answer_of(response.status_code, response.headers, response.content)

    def close(self) -> None:
        self._session().close()

    def _session(self) -> requests.Session:
        import requests

        if not hasattr(self._own, "session"):
            self._own.session = requests.Session()
        session: requests.Session = self._own.session
        return session
