"""Session Replay playlist: https://docs.datadoghq.com/api/latest/rum-replay-playlists/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="rum_replay_playlist",
    api=jsonapi(
        "/api/v2/rum/replay/playlists",
        "rum_replay_playlist",
        update=Call("PUT", "/api/v2/rum/replay/playlists/{id}"),
        pages=Pages("page", "page[number]", "page[size]", limit=100),
        merges=False,
    ),
    read_only=("id",),
    title="Session Replay playlist",
    area="Digital experience",
    tier=3,
)
