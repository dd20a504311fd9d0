"""Agent Observability annotation queue: https://docs.datadoghq.com/api/latest/agent-observability/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="llm_obs_annotation_queue",
    api=jsonapi("/api/v2/llm-obs/v1/annotation-queues", "queues", id_in=(), read=None),
    read_only=(
        "id",
        "can_manage_access",
        "created_at",
        "created_by",
        "modified_at",
        "modified_by",
        "owned_by",
    ),
    immutable=("project_id",),
    references={"project_id": "llm_obs_project"},
    title="Agent Observability annotation queue",
    area="AI",
    tier=3,
    notes="Datadog may still change this API.",
)
