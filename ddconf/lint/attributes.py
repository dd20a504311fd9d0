"""Attributes that are known by their names: reserved, standard, personal, and those without end of values.

https://docs.datadoghq.com/standard-attributes/?product=log
https://docs.datadoghq.com/logs/log_configuration/attributes_naming_convention/
"""

from __future__ import annotations

import re

from ddconf.pipelines.query import RESERVED_FIELDS

RESERVED = RESERVED_FIELDS | {"device"}
"""What a log has, or may have, without a pipeline."""

_STANDARD = {
    "network": "bytes_read bytes_written client.ip client.port destination.ip destination.port",
    **{
        f"network.{end}.geoip": (
            "continent.code continent.name country.iso_code country.name"
            " subdivision.iso_code subdivision.name city.name"
        )
        for end in ("client", "destination")
    },
    "http": "method referer request_id status_code url useragent version",
    "http.url_details": "host path port queryString scheme",
    "http.useragent_details": "browser.family device.family os.family",
    "logger": "method_name name thread_name version",
    "error": "kind message stack",
    "db": "instance operation statement user",
    "usr": "email id name",
    "syslog": "appname env hostname severity timestamp",
    "dns": (
        "id question.name question.type question.class question.size"
        " answer.name answer.type answer.class answer.size flags.rcode"
    ),
    "evt": "name outcome",
}
STANDARD = frozenset(
    ("duration", *(f"{prefix}.{name}" for prefix, names in _STANDARD.items() for name in names.split()))
)
"""Most have a facet in every organisation. https://docs.datadoghq.com/logs/explorer/facets/#out-of-the-box-facets"""

_PERSONAL = re.compile(
    r"(?:^|[._-])(?:e-?mail(?:_?address)?|phone(?:_?number)?|ssn|iban|password|passwd|credit_?card|usr\.name"
    r"|usr\.id|(?:first|last|full|user)_?name|user|client\.ip|client_?ip|source_?ip|src_?ip|birth_?date)$",
    re.IGNORECASE,
)
_UNBOUNDED = re.compile(
    r"(?:^|[._-])(?:ip|ip_?address|addr|port|id|uuid|guid|message|msg|url|uri|path|stack|e-?mail|user|usr"
    r"|timestamp|date|time|pid|procid|session|token|useragent|user_agent|referer|statement)$"
    r"|^(?:usr|network\.\w+)\.(?:id|name|email|ip|port)$|(?<=[a-z])(?:Id|Ip|Port|Uuid)$",
    re.IGNORECASE,
)


def is_standard(attribute: str) -> bool:
    """Whether the attribute, something around it or something in it is a standard one."""
    return attribute in STANDARD or any(is_inside(name, attribute) for name in STANDARD)


def is_inside(name: str, around: str) -> bool:
    """Whether the attribute `name` is `around` or something below it."""
    return name == around or name.startswith(f"{around}.")


def is_personal(attribute: str) -> bool:
    """Whether the name says that the attribute holds something about a person."""
    return _PERSONAL.search(attribute) is not None


def is_unbounded(attribute: str) -> bool:
    """Whether the name says that the attribute has a new value in nearly every log."""
    return _UNBOUNDED.search(attribute) is not None
