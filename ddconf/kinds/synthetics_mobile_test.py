"""Synthetic mobile test: https://docs.datadoghq.com/api/latest/synthetics/"""

from ddconf.kind import Call, Kind, Pages, rest

KIND = Kind(
    name="synthetics_mobile_test",
    api=rest(
        "/api/v1/synthetics/tests/mobile",
        list=Call("GET", "/api/v1/synthetics/tests"),
        delete=Call(
            "POST",
            "/api/v1/synthetics/tests/delete",
            body=lambda test: {"public_ids": [test["public_id"]]},
        ),
        where={"type": "mobile"},
        summary=True,
        items="tests",
        pages=Pages("page", "page_number", "page_size", limit=100, total="total"),
    ),
    id="public_id",
    read_only=(
        "public_id",
        "monitor_id",
        "created_at",
        "created_by",
        "creation_source",
        "creator",
        "deleted_at",
        "modified_at",
        "modified_by",
        "org_id",
        "overall_state",
        "overall_state_modified",
        "stepCount",
        "steps[*].public_id",
    ),
    defaults={
        "locations": ["aws:us-west-2"],
        "options.monitor_options.include_tags": True,
        "options.monitor_options.new_host_delay": 300,
        "options.monitor_options.notify_audit": False,
        "options.monitor_options.on_missing_data": "show_no_data",
        "status": "live",
        "steps[*].hasNewStepElement": False,
    },
    unordered=("options.restricted_roles", "tags"),
    references={
        "config.variables[*].id": "synthetics_global_variable",
        "steps[*].params.subtestPublicId": "synthetics_mobile_test",
        "monitor_id": "monitor",
    },
    takes_mark=True,
    permissions={"read": "synthetics_read", "write": "synthetics_write"},
    title="Synthetic mobile test",
    area="Digital experience",
    terraform=("datadog_synthetics_test",),
    tier=2,
    notes="Its own monitor is left alone. A delete takes that monitor along.",
)
