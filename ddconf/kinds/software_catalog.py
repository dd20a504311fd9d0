"""Entities of the software catalog: https://docs.datadoghq.com/api/latest/software-catalog/"""

import base64
import json

from ddconf.document import JSON, Document
from ddconf.kind import Api, Call, Envelope, Kind, Pages

_PATH = "/api/v2/catalog/entity"


def _entities(answer: JSON) -> JSON:
    """The entities as they were written, which the list has beside what it shows."""
    included = [item.get("attributes", {}) for item in answer.get("included", [])]
    written = (item.get("rawSchema", item.get("schema")) for item in included)
    return [_decoded(entity) for entity in written if entity]


def _decoded(entity: JSON) -> JSON:
    """Base64 of the text that was sent, or with `include=schema` the entity itself."""
    return _parsed(base64.b64decode(entity).decode()) if isinstance(entity, str) else entity


def _parsed(text: str) -> JSON:
    """An entity is shown as it was written: JSON, or YAML by another hand."""
    try:
        return json.loads(text)
    except ValueError:
        import yaml

        return yaml.safe_load(text)


def _canonicalize(document: Document) -> Document:
    metadata = {"namespace": "default", **document.get("metadata", {})}
    return document | {"metadata": metadata}


KIND = Kind(
    name="software_catalog",
    api=Api(
        envelope=Envelope(wrap=lambda document, _id: document, unwrap=lambda _: {}, item=_canonicalize),
        list=Call("GET", _PATH, params={"include": "raw_schema"}),
        create=Call("POST", _PATH),
        update=Call("POST", _PATH, body=lambda entity: entity),
        delete=Call("DELETE", f"{_PATH}/{{kind}}:{{metadata.namespace}}%2F{{metadata.name}}"),
        items=_entities,
        pages=Pages("offset", "page[offset]", "page[limit]"),
    ),
    id="",
    key=("kind", "metadata.namespace", "metadata.name"),
    read_only=("metadata.managed",),
    unordered=("metadata.tags",),
    immutable=("kind", "metadata.namespace", "metadata.name"),
    canonicalize=_canonicalize,
    references={"metadata.owner": "team.handle"},
    permissions={"read": "apm_service_catalog_read", "write": "apm_service_catalog_write"},
    title="Entity of the software catalog",
    area="Software delivery",
    terraform=("datadog_software_catalog",),
    tier=2,
    notes="The namespace is `default` where none is named.",
)
