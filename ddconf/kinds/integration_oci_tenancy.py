"""OCI tenancy: https://docs.datadoghq.com/api/latest/oci-integration/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_oci_tenancy",
    api=jsonapi("/api/v2/integration/oci/tenancies", "oci_tenancy", id_in=("create", "update")),
    key=("id",),
    read_only=("billing_plan_id", "parent_tenancy_name", "tenancy_name"),
    immutable=("config_version", "dd_compartment_id", "dd_stack_id", "id"),
    secrets=("auth_credentials.private_key",),
    title="OCI tenancy",
    area="Integrations",
    tier=3,
)
