"""Roles that may read a log archive: https://docs.datadoghq.com/api/latest/logs-archives/"""

from ddconf.kind import Api, Call, Kind, linked

_PATH = "/api/v2/logs/config/archives/{archive_id}/readers"

KIND = Kind(
    name="logs_archive_readers",
    api=Api(
        envelope=linked("roles"),
        list=Call("GET", _PATH),
        create=Call("POST", _PATH),
        delete=Call("DELETE", _PATH, body=lambda role: {"data": {"type": "roles", "id": role["id"]}}),
        items="data",
        parent=("archive_id", "logs_archive"),
    ),
    id="",
    key=("archive_id", "id"),
    immutable=("archive_id", "id"),
    references={"archive_id": "logs_archive", "id": "role"},
    permissions={"read": "logs_read_config", "write": "logs_write_archives"},
    title="Role that reads a log archive",
    area="Logs",
    notes="`id` is the role's. An archive without any can be read by all.",
)
