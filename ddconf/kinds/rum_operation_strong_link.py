"""Link of a RUM operation and a feature: https://docs.datadoghq.com/api/latest/rum/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

_PATH = "/api/v2/rum/operations/strong_links"
_ONE = f"{_PATH}/{{operation_id}}/{{feature_id}}"

KIND = Kind(
    name="rum_operation_strong_link",
    api=jsonapi(
        _PATH,
        "strong_links",
        id_in=(),
        read=None,
        update=Call("PUT", _ONE),
        delete=Call("DELETE", _ONE),
        pages=Pages("offset", "page[offset]", "page[limit]", limit=100, total="meta.total"),
    ),
    id="",
    key=("operation_id", "feature_id"),
    read_only=("id", "created_at", "updated_at"),
    unordered=("tags",),
    immutable=("application_id", "description", "feature_id", "operation_id", "operation_name", "tags"),
    references={"application_id": "rum_application"},
    title="Strong link of a RUM operation",
    area="Digital experience",
    tier=3,
    notes="Datadog may still change this API.",
)
