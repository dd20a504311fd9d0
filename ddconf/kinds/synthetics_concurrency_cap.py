"""How many tests run at once: https://docs.datadoghq.com/api/latest/synthetics/"""

from dataclasses import replace

from ddconf.kind import Call, Kind, enveloped, singleton

_PATH = "/api/v2/synthetics/settings/on_demand_concurrency_cap"

KIND = Kind(
    name="synthetics_concurrency_cap",
    api=singleton(
        _PATH,
        update=Call("POST", _PATH),
        envelope=replace(
            enveloped("on_demand_concurrency_cap"),
            wrap=lambda document, _id: {key: value for key, value in document.items() if key != "id"},
        ),
    ),
    key=(),
    read_only=("id",),
    permissions={"read": "synthetics_default_settings_read", "write": "synthetics_default_settings_write"},
    asked_only=True,
    title="Concurrency of test runs on demand",
    area="Digital experience",
    terraform=("datadog_synthetics_concurrency_cap",),
    tier=2,
)
