"""Agent Observability custom evaluator: https://docs.datadoghq.com/api/latest/agent-observability/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="llm_obs_custom_evaluator",
    api=jsonapi(
        "/api/unstable/llm-obs/config/evaluators/custom/{id}",
        "evaluator_config",
        id_in=(),
        list=Call("GET", "/api/unstable/llm-obs/config/evaluators/custom"),
        create=Call("PUT", "/api/unstable/llm-obs/config/evaluators/custom/{id}"),
        read=Call("GET", "/api/unstable/llm-obs/config/evaluators/custom/{id}"),
        update=Call("PUT", "/api/unstable/llm-obs/config/evaluators/custom/{id}"),
        delete=Call("DELETE", "/api/unstable/llm-obs/config/evaluators/custom/{id}"),
        merges=False,
    ),
    key=("id",),
    read_only=("created_at", "created_by", "last_updated_by", "updated_at"),
    immutable=("id",),
    references={"target.experiment_project_ids[*]": "llm_obs_project"},
    title="Agent Observability custom evaluator",
    area="AI",
    tier=3,
    notes="Datadog may still change this API.",
)
