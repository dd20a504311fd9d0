"""Synthetics downtime: https://docs.datadoghq.com/api/latest/synthetics/"""

from dataclasses import replace

from ddconf.document import Document, copy
from ddconf.kind import Call, Kind, enveloped, jsonapi

_ENVELOPE = enveloped("downtime", id_in=())


def _as_defined(downtime: Document) -> Document:
    """An answer calls the `end` of a recurrence `until`."""
    defined: Document = copy(downtime)
    for slot in defined.get("timeSlots") or ():
        recurrence = slot.get("recurrence") or {}
        if "until" in recurrence:
            recurrence["end"] = recurrence.pop("until")
    return defined


KIND = Kind(
    name="synthetics_downtime",
    api=jsonapi(
        "/api/v2/synthetics/downtimes",
        "downtime",
        envelope=replace(
            _ENVELOPE,
            unwrap=lambda answer: _as_defined(_ENVELOPE.unwrap(answer)),
            item=lambda item: _as_defined(_ENVELOPE.item(item)),
        ),
        update=Call("PUT", "/api/v2/synthetics/downtimes/{id}"),
        merges=False,
    ),
    read_only=(
        "id",
        "createdAt",
        "createdBy",
        "createdByName",
        "timeSlots[*].id",
        "updatedAt",
        "updatedBy",
        "updatedByName",
    ),
    unordered=("tags",),
    references={
        "testIds[*]": (
            "synthetics_api_test",
            "synthetics_browser_test",
            "synthetics_mobile_test",
            "synthetics_network_test",
        )
    },
    permissions={
        "read": "synthetics_read",
        "write": "synthetics_default_settings_write and synthetics_write",
    },
    title="Synthetics downtime",
    area="Digital experience",
    tier=2,
)
