"""Synthetics downtime: https://docs.datadoghq.com/api/latest/synthetics/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="synthetics_downtime",
    api=jsonapi(
        "/api/v2/synthetics/downtimes",
        "downtime",
        id_in=(),
        update=Call("PUT", "/api/v2/synthetics/downtimes/{id}"),
        merges=False,
    ),
    read_only=("id", "createdAt", "createdBy", "createdByName", "updatedAt", "updatedBy", "updatedByName"),
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
