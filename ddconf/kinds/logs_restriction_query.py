"""Queries that restrict which logs a role reads.

https://docs.datadoghq.com/api/latest/logs-restriction-queries/
"""

from ddconf.kind import Call, Kind, Pages, Part, jsonapi

_PATH = "/api/v2/logs/config/restriction_queries"

KIND = Kind(
    name="logs_restriction_query",
    api=jsonapi(
        _PATH,
        "logs_restriction_queries",
        id_in=(),
        pages=Pages("page", "page[number]", "page[size]"),
        update=Call("PUT", f"{_PATH}/{{id}}"),
        merges=False,
        summary=True,
        queue="logs",
        parts={
            "roles": Part(
                items="relationships.roles.data",
                keep=("id", "type"),
                add=Call("POST", f"{_PATH}/{{id}}/roles", body=lambda role: {"data": role}),
                remove=Call("DELETE", f"{_PATH}/{{id}}/roles", body=lambda role: {"data": role}),
            )
        },
    ),
    key=("restriction_query",),
    read_only=(
        "id",
        "created_at",
        "modified_at",
        "last_modifier_email",
        "last_modifier_name",
        "role_count",
        "user_count",
        "relationships",
    ),
    unordered=("roles",),
    references={"roles[*].id": "role"},
    permissions={"read": "logs_read_config", "write": "user_access_manage"},
    page="/logs/pipelines/data-access",
    title="Log restriction query",
    area="Logs",
    terraform=("datadog_logs_restriction_query",),
    notes="A role can have one restriction query. `roles` lists `{id, type: roles}`.",
)
