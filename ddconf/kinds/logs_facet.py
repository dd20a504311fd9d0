"""Log facets, in the shape of Datadog's integration assets.

Datadog has no public API for them: these are the calls of the web interface, which work with keys on the
sandbox alone. https://docs.datadoghq.com/logs/explorer/facets/
"""

from ddconf.document import Document
from ddconf.kind import Api, Call, Kind, plain

_PATH = "/api/v1/logs/scopes/1/facets"
_PARAMS = {"type": "logs"}


def _update(document: Document) -> Document:
    return {key: value for key, value in document.items() if key != "id"}


KIND = Kind(
    name="logs_facet",
    api=Api(
        envelope=plain(),
        list=Call("GET", "/api/ui/event-platform/logs/facets", params=_PARAMS),
        items="facets.logs",
        create=Call("POST", _PATH, params=_PARAMS),
        update=Call("POST", f"{_PATH}/{{id}}", params=_PARAMS, body=_update),
        delete=Call("DELETE", f"{_PATH}/{{id}}", params=_PARAMS),
        queue="logs",
    ),
    key=("source", "path"),
    unique_key=True,
    read_only=("id", "editable", "bounded", "bundled", "bundledAndUsed", "values"),
    defaults={"type": "string", "facetType": "list", "description": ""},
    unordered=("groups",),
    immutable=("source", "path"),
    unmanaged={"editable": False},
    manual="in Logs > Explorer, create the facet {name} (path `{path}`)",
    page="/logs",
    title="Log facet",
    area="Logs",
    notes="No public API: live on the sandbox; else a web session (experimental), a saved dump, or by hand.",
)
