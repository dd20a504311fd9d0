"""Service definitions: https://docs.datadoghq.com/api/latest/service-definition/"""

from ddconf.document import JSON, Document, get
from ddconf.kind import Call, Envelope, Kind, Pages, rest

_PATH = "/api/v2/services/definitions"


def _item(value: JSON) -> Document:
    return dict(get(value, ("attributes", "schema"), {}))


def _unwrap(answer: JSON) -> Document:
    found = get(answer, ("data",))
    return _item(found[0] if isinstance(found, list) and found else found)


KIND = Kind(
    name="service_definition",
    api=rest(
        _PATH,
        envelope=Envelope(wrap=lambda document, _id: document, unwrap=_unwrap, item=_item),
        update=Call("POST", _PATH, body=lambda definition: definition),
        items="data",
        pages=Pages("page", "page[number]", "page[size]"),
    ),
    id="dd-service",
    key=("dd-service",),
    unordered=(
        "contacts",
        "tags",
    ),
    immutable=("dd-service",),
    references={"team": "team.handle"},
    takes_mark=True,
    permissions={"read": "apm_service_catalog_read", "write": "apm_service_catalog_write"},
    title="Service definition",
    area="Software delivery",
    terraform=("datadog_service_definition_yaml",),
    tier=2,
    notes="software_catalog is its successor.",
)
