"""Datadog's own client as ddconf uses it: it carries every request, and none of its models is loaded.

It knows how to authenticate, to use proxies and compression, and to mark what comes from configuration as
code. What is repeated, how requests are paced and what an answer means is decided around it.
https://github.com/DataDog/datadog-api-client-python
"""

from __future__ import annotations

import os
import sys
from typing import Any
from urllib.parse import unquote, urlsplit

from datadog_api_client.api_client import ApiClient
from datadog_api_client.configuration import Configuration
from datadog_api_client.rest import RESTClientObject
from urllib3 import Retry

from ddconf import __version__
from ddconf.datadog.http.bounded import BoundedPool
from ddconf.datadog.http.credentials import Credentials

_SYSTEM_PROXIES = ("darwin", "win32")
"""Where proxies are settings of the system, too."""


class OfficialClient(ApiClient):
    """An ApiClient with one kept connection per worker, whose answers are read whole and within bounds."""

    def __init__(self, credentials: Credentials, *, workers: int, timeout: float) -> None:
        self._workers, self._timeout = workers, timeout
        super().__init__(configuration_of(credentials))
        self.user_agent = f"ddconf/{__version__} {self.user_agent}"

    def _build_rest_client(self) -> Any:
        rest: Any = RESTClientObject(self.configuration, maxsize=self._workers)  # type: ignore[no-untyped-call]
        rest.pool_manager.connection_pool_kw["block"] = True  # never more connections than workers
        rest.pool_manager = BoundedPool(rest.pool_manager, self._timeout)
        return rest

    @property
    def authentication(self) -> dict[str, str]:
        """The headers that say who calls."""
        schemes = self.configuration.auth_settings()  # type: ignore[no-untyped-call]
        return {scheme["key"]: scheme["value"] for scheme in schemes.values()}


def configuration_of(credentials: Credentials) -> Any:
    """Where requests go, with which keys; a bearer token stands alone, whatever the environment holds."""
    configuration: Any = Configuration(  # type: ignore[no-untyped-call]
        host=credentials.url, is_iac=True, compress=True
    )
    configuration.api_key.clear()
    configuration.access_token = credentials.bearer or None
    if not credentials.bearer:
        configuration.api_key = {"apiKeyAuth": credentials.api_key, "appKeyAuth": credentials.app_key}
    # Every failure is ours to judge, and a redirect would carry the keys away.
    configuration.retry_policy = Retry(total=False, redirect=False)
    configuration.proxy, configuration.proxy_headers = proxy_for(credentials.url)
    return configuration


def proxy_for(url: str) -> tuple[str | None, Any]:
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
