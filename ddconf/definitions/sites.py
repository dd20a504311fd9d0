"""Datadog's sites: the only hosts that a file may have the keys sent to."""

from __future__ import annotations

from ddconf.definitions.shape_checks import Expect
from ddconf.definitions.suggest import did_you_mean
from ddconf.document import JSON, Path

SITES = (
    "datadoghq.com",
    "us3.datadoghq.com",
    "us5.datadoghq.com",
    "datadoghq.eu",
    "ap1.datadoghq.com",
    "ap2.datadoghq.com",
    "uk1.datadoghq.com",
    "ddog-gov.com",
    "us2.ddog-gov.com",
)
"""https://docs.datadoghq.com/getting_started/site/"""
_OTHERS = "any other host is named by --site, DD_SITE or DD_HOST alone"


def known_site(value: JSON, place: Path, expect: Expect) -> str | None:
    """The site that a settings file names; notes a mistake for a host that is not Datadog's.

    Whoever can change the file, as in a pull request, could otherwise have the keys sent to their own host.
    """
    site = expect.typed(value, place, str, "")
    if not site or site in SITES:
        return site or None
    hint = did_you_mean(site, SITES, f"sites are {', '.join(SITES)}; {_OTHERS}")
    expect.mistake(place, f"'{site}' is not a site of Datadog", hint)
    return None
