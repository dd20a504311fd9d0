"""Keys and site from the environment, under all the names people use; the first step towards a Client."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

from ddconf.errors import DdconfError

DEFAULT_SITE = "datadoghq.com"
_PREFIXES = ("DD", "DATADOG")
_HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who calls (keys, or a bearer token) and where to; `site` names the organisation's home in the state."""

    url: str
    site: str
    api_key: str = field(default="", repr=False)
    app_key: str = field(default="", repr=False)
    bearer: str = field(default="", repr=False)

    @property
    def place(self) -> str:
        """The variable that says where requests go, and what it says, for messages."""
        return f"DD_SITE (now {self.site})" if self.url == _url(self.site) else f"DD_HOST (now {self.url})"

    @property
    def identity(self) -> str:
        """Tells one organisation, seen with one set of keys, from another; the keys cannot be had from it."""
        return blake2b("\n".join((self.url, self.site, *self.secrets)).encode(), digest_size=16).hexdigest()

    @property
    def user_key(self) -> str:
        """Tells one key of a user from another, which may have other scopes; it cannot be had from it."""
        return blake2b((self.app_key or self.bearer).encode(), digest_size=16).hexdigest()

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be shown."""
        return tuple(text for text in (self.api_key, self.app_key, self.bearer) if text)


def read(env: Mapping[str, str], *, site: str | None = None) -> Credentials:
    """Read `DD_*` and `DATADOG_*`; raises DdconfError with every mistake. `site` overrules what they say."""
    found = _Reader(env)
    api_key, app_key = found.secret("API_KEY"), found.secret("APP_KEY")
    bearer = found.secret("BEARER_TOKEN")
    if bearer and app_key:
        found.mistakes.append("DD_BEARER_TOKEN and DD_APP_KEY are both set: unset the one not to be used")
    url, named_site = _place(found)
    if not found.mistakes and not bearer and not (api_key and app_key):
        missing = " and ".join(
            name for name, key in (("DD_API_KEY", api_key), ("DD_APP_KEY", app_key)) if not key
        )
        found.mistakes.append(
            f"no credentials: {missing} not set. Set DD_API_KEY and DD_APP_KEY (and DD_SITE), "
            "or add --sandbox to work on the embedded sandbox"
        )
    if found.mistakes:
        raise DdconfError(*found.mistakes)
    if bearer:
        api_key = ""
    return Credentials(url, site or named_site, api_key, app_key, bearer)


class _Reader:
    """Finds a variable under its aliases, and collects what is wrong."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.mistakes: list[str] = []

    def text(self, *names: str) -> str:
        """The one value under all names, each with both prefixes."""
        found = {
            name: value.strip()
            for suffix in names
            for prefix in _PREFIXES
            if (value := self.env.get(name := f"{prefix}_{suffix}", "")).strip()
        }
        return self._one(found)

    def secret(self, suffix: str) -> str:
        """A value, or the content of the file that `..._FILE` names."""
        found = {}
        for name in (f"{prefix}_{suffix}" for prefix in _PREFIXES):
            if value := self.env.get(name, "").strip():
                found[name] = value
            if path := self.env.get(f"{name}_FILE", "").strip():
                found[f"{name}_FILE"] = self._content(f"{name}_FILE", path)
        value = self._one({name: value for name, value in found.items() if value})
        if value and not (value.isascii() and value.isprintable() and " " not in value):
            self.mistakes.append(f"{' and '.join(found)}: the value has blanks or characters no key has")
        return value

    def _content(self, name: str, path: str) -> str:
        try:
            content = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not text"
            self.mistakes.append(f"{name}: cannot read {path}: {reason}")
            return ""
        if not content:
            self.mistakes.append(f"{name}: {path} is empty")
        return content

    def _one(self, found: Mapping[str, str]) -> str:
        if len(set(found.values())) > 1:
            self.mistakes.append(f"{' and '.join(found)} are both set and differ: unset one")
        return next(iter(found.values()), "")


def _url(site: str) -> str:
    return f"https://api.{site}"


def _place(found: _Reader) -> tuple[str, str]:
    """The API's URL and the site's name, from DD_HOST or DD_SITE."""
    site = found.text("SITE").lower()
    site = re.sub(r"^(https?://)?((app|api)\.)?|/+$", "", site)
    if site and not _HOST_NAME.fullmatch(site):
        found.mistakes.append(f"DD_SITE: invalid site {site!r}; expected a name such as {DEFAULT_SITE}")
    host = found.text("HOST").rstrip("/")
    if not host:
        return _url(site or DEFAULT_SITE), site or DEFAULT_SITE
    url = host if "://" in host else f"https://{host}"
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
        found.mistakes.append("DD_HOST: expected a host or a URL such as https://api.datadoghq.eu")
        return url, site
    return url, site or re.sub(r"^api\.", "", parts.netloc.lower())
