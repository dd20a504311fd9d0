"""Agent Observability project: https://docs.datadoghq.com/api/latest/agent-observability/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="llm_obs_project",
    api=jsonapi(
        "/api/v2/llm-obs/v1/projects",
        "projects",
        id_in=(),
        read=None,
        delete=Call(
            "POST",
            "/api/v2/llm-obs/v1/projects/delete",
            body=lambda project: {
                "data": {"type": "projects", "attributes": {"project_ids": [project["id"]]}}
            },
        ),
        pages=Pages("cursor", "page[cursor]", "page[limit]", limit=100, next="meta.after"),
    ),
    read_only=("id", "created_at", "updated_at"),
    title="Agent Observability project",
    area="AI",
    tier=3,
    notes="Datadog may still change this API.",
)
