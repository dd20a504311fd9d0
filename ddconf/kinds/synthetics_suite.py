"""Synthetic test suite: https://docs.datadoghq.com/api/latest/synthetics/"""

from dataclasses import replace

from ddconf.kind import Call, Kind, Pages, enveloped, jsonapi

KIND = Kind(
    name="synthetics_suite",
    api=jsonapi(
        "/api/v2/synthetics/suites",
        "suites",
        envelope=replace(enveloped("suites", id_in=()), item=lambda suite: suite),
        list=Call("GET", "/api/v2/synthetics/suites/search"),
        update=Call("PUT", "/api/v2/synthetics/suites/{id}"),
        delete=Call(
            "POST",
            "/api/v2/synthetics/suites/bulk-delete",
            body=lambda suite: {
                "data": {"type": "delete_suites_request", "attributes": {"public_ids": [suite["public_id"]]}}
            },
        ),
        items="data.attributes.suites",
        pages=Pages("offset", "start", "count", limit=50, total="data.attributes.total"),
        merges=False,
        summary=True,
    ),
    id="public_id",
    read_only=(
        "id",
        "monitor_id",
        "public_id",
        "created_at",
        "created_by",
        "modified_at",
        "modified_by",
        "org_id",
        "version",
        "version_uuid",
    ),
    defaults={"message": ""},
    unordered=("tags",),
    references={
        "tests[*].public_id": (
            "synthetics_api_test",
            "synthetics_browser_test",
            "synthetics_mobile_test",
            "synthetics_network_test",
        ),
        "monitor_id": "monitor",
    },
    takes_mark=True,
    permissions={"read": "synthetics_read", "write": "synthetics_create_edit_trigger or synthetics_write"},
    title="Synthetic test suite",
    area="Digital experience",
    terraform=("datadog_synthetics_suite",),
    tier=2,
)
