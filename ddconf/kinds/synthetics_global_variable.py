"""Synthetic global variable: https://docs.datadoghq.com/api/latest/synthetics/"""

from ddconf.kind import Kind, rest

KIND = Kind(
    name="synthetics_global_variable",
    api=rest("/api/v1/synthetics/variables", items="variables"),
    unique_key=True,
    read_only=(
        "id",
        "created_at",
        "creator",
        "editor",
        "is_fido",
        "is_totp",
        "last_error",
        "modified_at",
        "type",
    ),
    defaults={"value.secure": True},
    unordered=("tags",),
    secrets=("value.options.totp_parameters", "value.value"),
    secret_if={"value.value": "value.secure"},
    references={
        "parse_test_public_id": ("synthetics_api_test", "synthetics_browser_test"),
        "attributes.restricted_roles[*]": "role",
    },
    takes_mark=True,
    permissions={
        "read": "apm_api_catalog_read or synthetics_global_variable_read",
        "write": "synthetics_global_variable_write",
    },
    title="Synthetic global variable",
    area="Digital experience",
    terraform=("datadog_synthetics_global_variable",),
    tier=2,
    notes="Datadog never shows a secure value again: a change is seen against what was last applied.",
)
