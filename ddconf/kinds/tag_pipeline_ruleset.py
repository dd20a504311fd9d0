"""Tag pipeline ruleset: https://docs.datadoghq.com/api/latest/cloud-cost-management/"""

from ddconf.document import JSON, Document
from ddconf.kind import Call, Kind, jsonapi

_PATH = "/api/v2/tags/enrichment"


def _body(ruleset: Document, type_: str) -> JSON:
    """The name goes where other kinds have the id."""
    attributes = {key: value for key, value in ruleset.items() if key not in ("id", "name")}
    return {"data": {"type": type_, "id": ruleset["name"], "attributes": attributes}}


KIND = Kind(
    name="tag_pipeline_ruleset",
    api=jsonapi(
        _PATH,
        "ruleset",
        create=Call("POST", _PATH, body=lambda ruleset: _body(ruleset, "create_ruleset")),
        update=Call("PATCH", f"{_PATH}/{{id}}", body=lambda ruleset: _body(ruleset, "update_ruleset")),
        merges=False,
    ),
    read_only=(
        "id",
        "created",
        "last_modified_user_uuid",
        "last_version",
        "modified",
        "position",
        "processing_status",
        "version",
    ),
    identity={"rules": "name"},
    title="Tag pipeline ruleset",
    area="Cost",
    terraform=("datadog_tag_pipeline_ruleset",),
    tier=3,
)
