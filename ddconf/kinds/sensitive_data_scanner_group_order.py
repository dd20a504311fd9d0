"""The order of scanning groups: https://docs.datadoghq.com/api/latest/sensitive-data-scanner/#reorder-groups"""

from ddconf.document import JSON, Document, get
from ddconf.kind import IDS, Api, Call, Envelope, Kind

_PATH = "/api/v2/sensitive-data-scanner/config"


def _wrap(document: Document, id_: str | None) -> JSON:
    links = [{"type": "sensitive_data_scanner_group", "id": group} for group in document.get("ids", [])]
    data = {
        "type": "sensitive_data_scanner_configuration",
        "id": id_,
        "relationships": {"groups": {"data": links}},
    }
    return {"data": data, "meta": {}}


def _unwrap(answer: JSON) -> Document:
    links = get(answer, ("data", "relationships", "groups", "data"))
    if links is None:
        return {}
    return {"id": get(answer, ("data", "id")), "ids": [link["id"] for link in links]}


KIND = Kind(
    name="sensitive_data_scanner_group_order",
    api=Api(
        envelope=Envelope(_wrap, _unwrap, _unwrap, shape=IDS),
        read=Call("GET", _PATH),
        update=Call("PATCH", _PATH),
        queue="sensitive_data_scanner",
    ),
    key=(),
    read_only=("id",),
    references={"ids[*]": "sensitive_data_scanner_group"},
    shared_lists=("ids",),
    permissions={"read": "data_scanner_read", "write": "data_scanner_write"},
    title="Order of Sensitive Data Scanner groups",
    area="Security",
    terraform=("datadog_sensitive_data_scanner_group_order",),
    notes="List only your own groups in `ids`: others keep their places.",
)
