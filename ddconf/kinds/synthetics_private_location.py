"""Synthetic private location: https://docs.datadoghq.com/api/latest/synthetics/"""

from dataclasses import replace

from ddconf.document import JSON, Document
from ddconf.kind import Call, Kind, plain, rest


def _item(location: JSON) -> Document:
    """An item of the list of all locations: the id tells those that are private."""
    return {**location, "private": str(location.get("id")).startswith("pl:")}


def _unwrap(answer: JSON) -> Document:
    """A location, from an answer that is one or that has its worker's configuration beside it."""
    inner = answer.get("private_location") if isinstance(answer, dict) else None
    return inner or plain().unwrap(answer)


KIND = Kind(
    name="synthetics_private_location",
    api=rest(
        "/api/v1/synthetics/private-locations",
        list=Call("GET", "/api/v1/synthetics/locations"),
        items="locations",
        envelope=replace(plain(), unwrap=_unwrap, item=_item),
        where={"private": True},
        summary=True,
    ),
    read_only=(
        "id",
        "config",
        "createdAt",
        "createdBy",
        "modifiedAt",
        "private",
        "private_location",
        "result_encryption",
        "secrets",
    ),
    unordered=("metadata.restricted_roles", "tags"),
    references={"metadata.restricted_roles[*]": "role"},
    takes_mark=True,
    permissions={"read": "synthetics_private_location_read", "write": "synthetics_private_location_write"},
    title="Synthetic private location",
    area="Digital experience",
    terraform=("datadog_synthetics_private_location",),
    tier=2,
    notes="The configuration of its workers is shown once, by the create, and not kept.",
)
