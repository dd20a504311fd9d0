"""geo-ip-parser: where an address is, from a MaxMind database; an empty object without one.

https://docs.datadoghq.com/logs/log_configuration/processors/geoip_parser/
"""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path

from ddconf.document import JSON
from ddconf.pipelines.attributes import ABSENT, text_of
from ddconf.pipelines.draft import Draft
from ddconf.pipelines.enrichment import open_geoip
from ddconf.pipelines.processors import Apply, processor
from ddconf.pipelines.sources import first_source, missing
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.trace import Report, applied


@processor("geo-ip-parser")
def geo_ip_parser(spec: Spec) -> Apply:
    sources = spec.sources(("network.client.ip",))
    target, database = spec.target(default="network.client.geoip"), spec.settings.enrichment.geoip
    none = missing(sources)
    if database is not None:
        open_geoip(database)

    def apply(draft: Draft) -> Report:
        path, value = first_source(draft, sources)
        if value is ABSENT:
            return none
        draft.write(target, locate(text_of(value), database))
        return applied("@" + ".".join(path))

    return apply


def locate(text: str, database: Path | None) -> dict[str, JSON]:
    """The place of an address; `invalidAddress` for what is none, nothing without a database."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return {"invalidAddress": text}
    if database is None:
        return {}
    address = getattr(address, "ipv4_mapped", None) or address
    record = open_geoip(database).get(str(address))
    return _place(record) if isinstance(record, dict) else {}


def _place(record: dict[str, JSON]) -> dict[str, JSON]:
    subdivisions = record.get("subdivisions") or [{}]
    place = {
        "continent": _part(record.get("continent"), "code"),
        "country": _part(record.get("country"), "iso_code"),
        "subdivision": _part(subdivisions[0], "iso_code"),
        "city": _part(record.get("city")),
    }
    return {name: part for name, part in place.items() if part}


def _part(entry: JSON, code: str = "") -> dict[str, JSON]:
    if not isinstance(entry, dict):
        return {}
    part = {"name": (entry.get("names") or {}).get("en"), code: entry.get(code)}
    return {name: value for name, value in part.items() if name and value is not None}
