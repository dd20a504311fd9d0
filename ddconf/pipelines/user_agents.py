"""Browser, system and device of a user agent, as the user-agent-parser and the filter `useragent` store them.

The rules are those of the pinned ua-parser; `device.category` is Datadog's own addition.
https://docs.datadoghq.com/logs/log_configuration/processors/user_agent_parser/
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import unquote_plus

from ddconf.document import JSON

_VERSIONS = ("major", "minor", "patch", "patch_minor")
_DESKTOPS = frozenset(("Windows", "Mac OS X", "Linux", "Ubuntu", "Fedora", "Debian", "Chrome OS", "FreeBSD"))
_MOBILES = frozenset(("iOS", "Android", "Windows Phone", "BlackBerry OS", "Symbian OS", "KaiOS", "Tizen"))
_TABLETS = ("iPad", "Kindle", "Galaxy Tab", "Nexus 7", "Nexus 9", "Nexus 10", "Tablet")


def parse_user_agent(text: str, decode: bool = False) -> dict[str, JSON]:
    """`browser`, `os` and `device`; with `decode`, the text is percent- and plus-decoded first."""
    browser, system, device = _parsed(unquote_plus(text) if decode else text)
    return {"browser": browser.copy(), "os": system.copy(), "device": device.copy()}


@lru_cache(maxsize=4096)
def _parsed(text: str) -> tuple[dict[str, JSON], dict[str, JSON], dict[str, JSON]]:
    """Browser, system and device; the objects are kept, so they are copied for each log."""
    from ua_parser import parse

    result = parse(text)
    browser = _fields(result.user_agent, ("family", *_VERSIONS))
    system = _fields(result.os, ("family", *_VERSIONS))
    device = _fields(result.device, ("family", "brand", "model"))
    device["category"] = _category(system["family"], device["family"], text)
    return browser, system, device


def _fields(part: Any, names: tuple[str, ...]) -> dict[str, JSON]:
    found = {name: value for name in names if (value := getattr(part, name, None)) is not None}
    return {"family": "Other", **found}


def _category(system: str, device: str, text: str) -> str:
    if device == "Spider":
        return "Bot"
    if any(name in device for name in _TABLETS) or (system == "Android" and "Mobile" not in text):
        return "Tablet"
    if system in _MOBILES:
        return "Mobile"
    return "Desktop" if system in _DESKTOPS else "Other"
