"""Activated content packs of Cloud SIEM: https://docs.datadoghq.com/api/latest/security-monitoring/"""

from ddconf.document import JSON, Document, get
from ddconf.kind import Api, Call, Envelope, Kind

_PATH = "/api/v2/security_monitoring/content_packs"


def _item(state: JSON) -> Document:
    """Of a pack's state, whether somebody activated it."""
    activation = get(state, ("attributes", "details", "cp_activation"))
    return {"id": state["id"], "activated": activation == "activated"}


KIND = Kind(
    name="security_monitoring_content_pack",
    api=Api(
        envelope=Envelope(
            wrap=lambda _document, _id: None,
            unwrap=lambda _answer: {},
            item=_item,
            shape={"id": {"type": "string"}},
        ),
        list=Call("GET", f"{_PATH}/states"),
        create=Call("PUT", f"{_PATH}/{{id}}/activate"),
        delete=Call("PUT", f"{_PATH}/{{id}}/deactivate"),
        items="data",
        where={"activated": True},
    ),
    key=("id",),
    read_only=("activated",),
    permissions={
        "read": "security_monitoring_rules_read",
        "write": "security_monitoring_rules_write",
    },
    title="Content pack of Cloud SIEM",
    area="Security",
    tier=3,
    notes="The `id` is the pack's, such as `aws-cloudtrail`; what is not defined is not activated by ddconf.",
)
