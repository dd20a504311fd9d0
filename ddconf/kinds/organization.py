"""The organisation itself, as the keys' owner tells it: https://docs.datadoghq.com/api/latest/users/"""

from ddconf.document import JSON, Document, get
from ddconf.kind import Api, Call, Envelope, Kind


def _items(answer: JSON) -> list[Document]:
    return [{"id": get(answer, ("data", "relationships", "org", "data", "id")), "which": "own"}]


KIND = Kind(
    name="organization",
    api=Api(
        list=Call("GET", "/api/v2/current_user"),
        items=_items,
        envelope=Envelope(
            wrap=lambda document, _id: document,
            unwrap=lambda answer: answer,
            item=lambda item: item,
            shape={"which": {"type": "string"}},
        ),
    ),
    key=("which",),
    unique_key=True,
    title="Organization",
    area="Access",
    notes="The one that the keys belong to: restriction policies call it `org:${organization[own]}`.",
)
