"""Data access dataset: https://docs.datadoghq.com/api/latest/datasets/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="dataset",
    api=jsonapi(
        "/api/v2/datasets", "dataset", id_in=(), update=Call("PUT", "/api/v2/datasets/{id}"), merges=False
    ),
    unique_key=True,
    read_only=("id", "created_at", "created_by"),
    unordered=("principals", "product_filters"),
    references={"principals[*]": ("role", "team", "user", "organization")},
    permissions={"read": "user_access_read", "write": "user_access_manage"},
    title="Data access dataset",
    area="Access",
    terraform=("datadog_dataset",),
    tier=2,
    notes="Restricts who reads which telemetry. Datadog may still change this API.",
)
