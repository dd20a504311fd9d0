"""IDP entity integration config: https://docs.datadoghq.com/api/latest/entity-integration-configs/"""

from ddconf.kind import Call, Kind, enveloped, jsonapi

KIND = Kind(
    name="entity_integration_config",
    api=jsonapi(
        "/api/v2/idp/entity_integrations/{id}",
        "entity_integration_configs",
        envelope=enveloped(
            "entity_integration_configs",
            id_in=(),
            create="entity_integration_config_requests",
            update="entity_integration_config_requests",
        ),
        list=None,
        create=Call("PUT", "/api/v2/idp/entity_integrations/{id}"),
        read=Call("GET", "/api/v2/idp/entity_integrations/{id}"),
        update=Call("PUT", "/api/v2/idp/entity_integrations/{id}"),
        delete=Call("DELETE", "/api/v2/idp/entity_integrations/{id}"),
        merges=False,
    ),
    key=("id",),
    read_only=("integration_id", "org_id"),
    immutable=("id",),
    permissions={"read": "integrations_read", "write": "integrations_read or manage_integrations"},
    title="IDP entity integration config",
    area="Software delivery",
    tier=3,
    notes="Datadog may still change this API.",
)
