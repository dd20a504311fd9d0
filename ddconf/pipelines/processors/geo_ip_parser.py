"""geo-ip-parser: where an address is and whose, from MaxMind databases; an empty object without one.

https://docs.datadoghq.com/logs/log_configuration/processors/geoip_parser/
Besides what is documented, Datadog's own detection rules and widgets read `location.latitude`, `as.name` ...
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

from ddconf.document import JSON
from ddconf.pipelines.attributes import ABSENT, text_of
from ddconf.pipelines.enrichment import open_geoip
from ddconf.pipelines.processors import processor
from ddconf.pipelines.sources import by_source, first_source, missing
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply
from ddconf.pipelines.trace import ProcessorReport
from ddconf.pipelines.working_log import MutableLog


@processor("geo-ip-parser")
def geo_ip_parser(spec: Spec) -> Apply:
    sources = spec.sources(("network.client.ip",))
    target, databases = spec.target(default="network.client.geoip"), spec.settings.enrichment.geoip
    none, done = missing(sources), by_source(sources)
    for database in databases:
        open_geoip(database)

    def apply(log: MutableLog) -> ProcessorReport:
        path, value = first_source(log, sources, empty_counts=False)
        if value is ABSENT:
            return none
        log.write_new(target, locate(text_of(value), databases))
        return done[path]

    return apply


def locate(text: str, databases: Iterable[Path]) -> dict[str, JSON]:
    """What the databases know of an address together; `invalidAddress` for what is none."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return {"invalidAddress": text}
    address = getattr(address, "ipv4_mapped", None) or address
    record: dict[str, JSON] = {}
    for database in databases:
        record |= _record(address, database)
    return {"ipAddress": str(address), **_place(record)} if record else {}


def _record(address: IPv4Address | IPv6Address, database: Path) -> dict[str, JSON]:
    try:
        record = open_geoip(database).get(address)
    except ValueError:  # a database of IPv4 addresses alone
        return {}
    return record if isinstance(record, dict) else {}


def _place(record: dict[str, JSON]) -> dict[str, JSON]:
    """Records of a city, a country, a network: in Datadog's names, without what is unknown."""
    subdivisions, location = record.get("subdivisions") or [{}], record.get("location") or {}
    number = record.get("autonomous_system_number")
    place = {
        "continent": _named(record.get("continent"), "code"),
        "country": _named(record.get("country"), "iso_code"),
        "subdivision": _named(subdivisions[0], "iso_code"),
        "city": _named(record.get("city")),
        "timezone": location.get("time_zone"),
        "location": _known({name: location.get(name) for name in ("latitude", "longitude")}),
        "as": _known(
            {"number": number and f"AS{number}", "name": record.get("autonomous_system_organization")}
        ),
    }
    return {name: part for name, part in place.items() if part}


def _named(entry: JSON, code: str = "") -> dict[str, JSON]:
    entry = entry if isinstance(entry, dict) else {}
    return _known({"name": (entry.get("names") or {}).get("en"), code: entry.get(code)})


def _known(part: dict[str, JSON]) -> dict[str, JSON]:
    return {name: value for name, value in part.items() if value is not None}
