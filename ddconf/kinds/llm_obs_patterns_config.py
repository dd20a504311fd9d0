"""Agent Observability patterns config: https://docs.datadoghq.com/api/latest/agent-observability/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="llm_obs_patterns_config",
    api=jsonapi(
        "/api/v2/llm-obs/v1/topic-discovery-configs",
        "topic_discovery_configs",
        id_in=(),
        create=Call("PUT", "/api/v2/llm-obs/v1/topic-discovery-configs"),
        read=None,
        update=Call("PUT", "/api/v2/llm-obs/v1/topic-discovery-configs"),
        merges=False,
    ),
    key=("id",),
    read_only=("created_at", "updated_at"),
    immutable=("id",),
    title="Agent Observability patterns config",
    area="Infrastructure",
    tier=3,
    notes="Datadog may still change this API.",
)
