"""Cost account filters: https://docs.datadoghq.com/api/latest/cloud-cost-management/"""

from ddconf.kind import Call, Kind, enveloped, singleton

KIND = Kind(
    name="cost_account_filters",
    api=singleton(
        "/api/v2/cost/account_filters/{cloud_account_id}",
        envelope=enveloped("account_filters", id_in=(), update="account_filters_patch_request"),
        update=Call("PATCH", "/api/v2/cost/account_filters/{cloud_account_id}"),
        merges=True,
    ),
    id="cloud_account_id",
    key=("cloud_account_id",),
    read_only=("id", "account_id", "cloud"),
    immutable=("cloud_account_id",),
    permissions={"read": "cloud_cost_management_read", "write": "cloud_cost_management_write"},
    title="Cost account filters",
    area="Cost",
    tier=3,
)
