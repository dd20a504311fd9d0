"""Synthetics downtime: https://docs.datadoghq.com/api/latest/synthetics/"""

from ddconf.document import Document, copy
from ddconf.kind import Call, Kind, enveloped, jsonapi, translated

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
        envelope=translated(_ENVELOPE, _as_defined),
        update=Call("PUT", "/api/v2/synthetics/downtimes/{id}"),
        merges=False,
    ),
    read_only=(
        "id",
        "createdAt",
        "createdBy",
        "createdByName",
        "timeSlots[*].id",
        "timeSlots[*].recurrence.until",
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
