"""Network path tests: https://docs.datadoghq.com/api/latest/synthetics/"""

from dataclasses import replace

from ddconf.kind import Api, Call, Kind, Pages, enveloped

_PATH = "/api/v2/synthetics/tests/network"

KIND = Kind(
    name="synthetics_network_test",
    api=Api(
        envelope=replace(enveloped("network", id_in=()), item=lambda test: test),
        list=Call("GET", "/api/v1/synthetics/tests"),
        create=Call("POST", _PATH),
        read=Call("GET", f"{_PATH}/{{id}}"),
        update=Call("PUT", f"{_PATH}/{{id}}"),
        delete=Call(
            "POST",
            "/api/v1/synthetics/tests/delete",
            body=lambda test: {"public_ids": [test["public_id"]]},
        ),
        items="tests",
        pages=Pages("page", "page_number", "page_size", total="total"),
        where={"type": "network"},
        summary=True,
    ),
    id="public_id",
    read_only=(
        "id",
        "public_id",
        "monitor_id",
        "created_at",
        "created_by",
        "creation_source",
        "creator",
        "modified_at",
        "modified_by",
        "org_id",
        "stepCount",
    ),
    defaults={
        "status": "live",
        "options.httpVersion": "any",
        "options.monitor_options.include_tags": True,
        "options.monitor_options.new_host_delay": 300,
        "options.monitor_options.notify_audit": False,
        "options.monitor_options.on_missing_data": "show_no_data",
    },
    unordered=("locations", "options.restricted_roles", "tags"),
    references={
        "locations[*]": "synthetics_private_location",
        "monitor_id": "monitor",
    },
    takes_mark=True,
    permissions={"read": "synthetics_read", "write": "synthetics_write"},
    title="Network path test",
    area="Digital experience",
    terraform=("datadog_synthetics_test",),
    tier=2,
    notes="Its own monitor is left alone. A delete takes that monitor along.",
)
