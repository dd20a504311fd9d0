"""Form: https://docs.datadoghq.com/api/latest/forms/"""

from ddconf.document import JSON, Document
from ddconf.kind import Call, Kind, enveloped, jsonapi, translated

_PATH = "/api/v2/forms"
_CHANGEABLE = ("description", "name")
_ASKED = ("data_definition", "ui_definition")


def _as_defined(form: Document) -> Document:
    """What a form asks is in its version."""
    version = form.get("version") or {}
    return {**form, **{key: version[key] for key in _ASKED if key in version}}


def _update(form: Document) -> JSON:
    changed = {key: form[key] for key in _CHANGEABLE if key in form}
    return {"data": {"type": "forms", "id": form["id"], "attributes": {"form_update": changed}}}


KIND = Kind(
    name="form",
    api=jsonapi(
        _PATH,
        "forms",
        envelope=translated(enveloped("forms"), _as_defined),
        update=Call("PATCH", f"{_PATH}/{{id}}", body=_update),
        summary=True,
    ),
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
        "idp_survey",
        "single_response",
        "ui_definition",
    ),
    title="Form",
    area="Service management",
    tier=3,
    notes="Datadog may still change this API.",
)
