"""Kinds of entities of the software catalog: https://docs.datadoghq.com/api/latest/software-catalog/"""

from ddconf.document import JSON, Document
from ddconf.kind import Api, Call, Envelope, Kind, Pages

_PATH = "/api/v2/catalog/kind"


def _item(value: JSON) -> Document:
    attributes = value.get("attributes", {})
    shown = {key: attributes[key] for key in ("description", "displayName") if key in attributes}
    return {"kind": attributes.get("name", value.get("id")), **shown}


KIND = Kind(
    name="catalog_kind",
    api=Api(
        envelope=Envelope(wrap=lambda document, _id: document, unwrap=lambda _: {}, item=_item),
        list=Call("GET", _PATH),
        create=Call("POST", _PATH),
        update=Call("POST", _PATH, body=lambda kind: kind),
        delete=Call("DELETE", f"{_PATH}/{{id}}"),
        items="data",
        pages=Pages("offset", "page[offset]", "page[limit]"),
    ),
    id="kind",
    key=("kind",),
    immutable=("kind",),
    permissions={"read": "apm_service_catalog_read", "write": "apm_service_catalog_write"},
    title="Kind of entity of the software catalog",
    area="Software delivery",
    tier=3,
)
