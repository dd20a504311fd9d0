"""The geo-ip-parser beside databases in MaxMind's format, written here and read by MaxMind's own library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from mmdb_writer import MMDBWriter
from netaddr import IPSet

from ddconf.cli.group import run as ddconf
from ddconf.errors import DdconfError
from ddconf.pipelines import Enrichment, Log, run

CITY = {
    "continent": {"code": "EU", "geoname_id": 6255148, "names": {"de": "Europa", "en": "Europe"}},
    "country": {"iso_code": "FR", "geoname_id": 3017382, "names": {"de": "Frankreich", "en": "France"}},
    "subdivisions": [
        {"iso_code": "IDF", "names": {"en": "Île-de-France"}},
        {"iso_code": "75", "names": {"en": "Paris"}},
    ],
    "city": {"geoname_id": 2988507, "names": {"en": "Paris", "ru": "Париж"}},
    "location": {
        "accuracy_radius": 20,
        "latitude": 48.8566,
        "longitude": 2.3522,
        "time_zone": "Europe/Paris",
    },
    "postal": {"code": "75001"},
    "registered_country": {"iso_code": "US", "names": {"en": "United States"}},
}
COUNTRY = {
    "continent": {"code": "NA", "names": {"en": "North America"}},
    "country": {"iso_code": "US", "names": {"en": "United States"}},
}
NETWORK = {"autonomous_system_number": 64500, "autonomous_system_organization": "Example Hosting"}
PIPELINE = {
    "name": "Places",
    "is_enabled": True,
    "filter": {"query": "*"},
    "processors": [
        {
            "type": "geo-ip-parser",
            "name": "client",
            "is_enabled": True,
            "sources": ["network.client.ip"],
            "target": "network.client.geoip",
        }
    ],
}


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return written(tmp_path / "city.mmdb", "Test-City", {"203.0.113.0/24": CITY, "2001:db8::/32": COUNTRY})


@pytest.fixture
def networks(tmp_path: Path) -> Path:
    return written(tmp_path / "asn.mmdb", "Test-ASN", {"203.0.113.0/25": NETWORK, "198.51.100.0/24": NETWORK})


def written(file: Path, kind: str, records: dict[str, Any], version: int = 6) -> Path:
    writer = MMDBWriter(version, kind, ipv4_compatible=version == 6, float_type="f64")
    for network, record in records.items():
        writer.insert_network(IPSet([network]), record)
    writer.to_db_file(str(file))
    return file


def place(address: str, *databases: Path) -> Any:
    log = Log(attributes={"network": {"client": {"ip": address}}})
    outcome = run(PIPELINE, log, enrichment=Enrichment(geoip=databases))
    return outcome.log.attributes["network"]["client"]["geoip"]


def test_a_city_has_the_attributes_that_datadog_writes(city: Path) -> None:
    assert place("203.0.113.42", city) == {
        "ipAddress": "203.0.113.42",
        "continent": {"code": "EU", "name": "Europe"},
        "country": {"iso_code": "FR", "name": "France"},
        "subdivision": {"iso_code": "IDF", "name": "Île-de-France"},
        "city": {"name": "Paris"},
        "timezone": "Europe/Paris",
        "location": {"latitude": 48.8566, "longitude": 2.3522},
    }


def test_a_country_has_what_is_known(city: Path) -> None:
    assert place("2001:db8::1", city) == {
        "ipAddress": "2001:db8::1",
        "continent": {"code": "NA", "name": "North America"},
        "country": {"iso_code": "US", "name": "United States"},
    }


def test_databases_of_places_and_of_networks_add_up(city: Path, networks: Path) -> None:
    network = {"number": "AS64500", "name": "Example Hosting"}
    assert place("198.51.100.7", city, networks) == {"ipAddress": "198.51.100.7", "as": network}
    both = place("203.0.113.42", networks, city)
    assert (both["city"], both["as"]) == ({"name": "Paris"}, network)
    assert "as" not in place("203.0.113.200", city, networks)


@pytest.mark.parametrize("address", ["10.0.0.1", "192.0.2.1", "fe80::1%eth0", "::1"])
def test_an_address_that_is_not_in_a_database_gives_nothing(address: str, city: Path) -> None:
    assert place(address, city) == {}


def test_an_ipv4_address_in_ipv6_is_found(city: Path) -> None:
    assert place("::ffff:203.0.113.1", city)["ipAddress"] == "203.0.113.1"


def test_a_database_of_ipv4_addresses_knows_no_others(tmp_path: Path) -> None:
    old = written(tmp_path / "old.mmdb", "Test-Country", {"198.51.100.0/24": COUNTRY}, version=4)
    assert place("2001:db8::1", old) == {}
    assert place("198.51.100.1", old)["country"] == {"iso_code": "US", "name": "United States"}


def test_what_is_no_address_is_told_with_a_database_too(city: Path) -> None:
    assert place("10.2.75.414", city) == {"invalidAddress": "10.2.75.414"}


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.mmdb").write_text("no database")
    with pytest.raises(DdconfError, match=r"cannot read the geo database .*no\.mmdb"):
        place("192.0.2.1", tmp_path / "no.mmdb")


def test_simulate_takes_several_databases(
    city: Path,
    networks: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "places.yaml").write_text(json.dumps({"logs_custom_pipeline": {"places": PIPELINE}}))
    (tmp_path / "log.jsonl").write_text('{"network": {"client": {"ip": "203.0.113.42"}}}\n')
    args = ["simulate", "places", "--logs", "log.jsonl", "--geoip", str(city), "--geoip", str(networks)]
    assert ddconf(args) == 0
    found = json.loads(capsys.readouterr().out)["attributes"]["network"]["client"]["geoip"]
    assert (found["country"]["name"], found["as"]["name"]) == ("France", "Example Hosting")
