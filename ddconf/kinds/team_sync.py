"""Sync of teams with a code host: https://docs.datadoghq.com/api/latest/teams/"""

from ddconf.document import JSON, Document
from ddconf.kind import Api, Call, Kind, enveloped

_PATH = "/api/v2/team/sync"


def _update(sync: Document) -> JSON:
    """The same write makes and changes, so the key is in it."""
    return {"data": {"type": "team_sync_bulk", "attributes": sync}}


KIND = Kind(
    name="team_sync",
    api=Api(
        envelope=enveloped("team_sync_bulk", id_in=()),
        list=Call("GET", _PATH, params={"filter[source]": "github"}),
        create=Call("POST", _PATH),
        update=Call("POST", _PATH, body=_update),
        items="data",
    ),
    id="source",
    key=("source",),
    unique_key=True,
    read_only=("id",),
    immutable=("source",),
    permissions={"read": "teams_read", "write": "teams_manage"},
    title="Team sync",
    area="Access",
    terraform=("datadog_team_sync",),
    tier=3,
    notes="One for each code host, of which there is `github` alone.",
)
