"""Actions datastore: https://docs.datadoghq.com/api/latest/actions-datastores/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="datastore",
    api=jsonapi("/api/v2/actions-datastores", "datastores"),
    read_only=("id", "created_at", "creator_user_id", "creator_user_uuid", "modified_at", "org_id"),
    immutable=("org_access", "primary_column_name", "primary_key_generation_strategy"),
    permissions={"read": "apps_datastore_read", "write": "apps_datastore_manage"},
    title="Actions datastore",
    area="Service management",
    terraform=("datadog_datastore",),
    tier=3,
)
