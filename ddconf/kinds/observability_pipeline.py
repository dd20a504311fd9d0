"""Observability Pipeline: https://docs.datadoghq.com/api/latest/observability-pipelines/"""

from ddconf.document import Document
from ddconf.kind import Call, Kind, Pages, jsonapi


def _canonicalize(pipeline: Document) -> Document:
    """`processors` is the former name of `processor_groups`; answers tell both."""
    config = pipeline.get("config")
    if not isinstance(config, dict) or "processors" not in config:
        return pipeline
    rest = {key: value for key, value in config.items() if key != "processors"}
    return {**pipeline, "config": {"processor_groups": config["processors"], **rest}}


KIND = Kind(
    name="observability_pipeline",
    api=jsonapi(
        "/api/v2/obs-pipelines/pipelines",
        "pipelines",
        update=Call("PUT", "/api/v2/obs-pipelines/pipelines/{id}"),
        check=Call("POST", "/api/v2/obs-pipelines/pipelines/validate"),
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.totalCount"),
        merges=False,
    ),
    read_only=("id",),
    canonicalize=_canonicalize,
    defaults={"config.pipeline_type": "logs"},
    references={
        "config.processor_groups[*].processors[*].reference_table.table_id": "reference_table",
    },
    permissions={
        "read": "observability_pipelines_read",
        "write": "observability_pipelines_delete or observability_pipelines_deploy",
    },
    title="Observability Pipeline",
    area="Logs",
    terraform=("datadog_observability_pipeline",),
    tier=2,
    notes="Credentials are names of variables on the worker, never values.",
)
