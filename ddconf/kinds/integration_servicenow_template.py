"""ServiceNow template: https://docs.datadoghq.com/api/latest/servicenow-integration/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="integration_servicenow_template",
    api=jsonapi(
        "/api/v2/integration/servicenow/handles",
        "servicenow_templates",
        id_in=(),
        update=Call("PUT", "/api/v2/integration/servicenow/handles/{id}"),
        merges=False,
    ),
    key=("handle_name",),
    read_only=("id",),
    title="ServiceNow template",
    area="Integrations",
    tier=2,
    notes="The instance is connected by hand.",
)
