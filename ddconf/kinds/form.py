"""Form: https://docs.datadoghq.com/api/latest/forms/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="form",
    api=jsonapi("/api/v2/forms", "forms"),
    read_only=(
        "id",
        "active",
        "created_at",
        "datastore_config",
        "end_date",
        "has_submitted",
        "modified_at",
        "org_id",
        "publication",
        "self_service",
        "user_id",
        "user_uuid",
        "version",
    ),
    defaults={"anonymous": False, "idp_survey": False, "single_response": False},
    immutable=(
        "anonymous",
        "data_definition",
        "description",
        "idp_survey",
        "name",
        "single_response",
        "ui_definition",
    ),
    references={"form_update.datastore_config.datastore_id": "datastore"},
    title="Form",
    area="Service management",
    tier=3,
    notes="Datadog may still change this API.",
)
