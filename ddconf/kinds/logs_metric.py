"""Metrics generated from logs. https://docs.datadoghq.com/api/latest/logs-metrics/"""

import re

from ddconf.document import Document
from ddconf.kind import Kind, jsonapi


def _canonicalize(document: Document) -> Document:
    """Datadog stores the name, which is the id, with `_` for every other sign, and names each tag."""
    canonical_form = dict(document)
    if "id" in document:
        canonical_form["id"] = re.sub(r"[^A-Za-z0-9_.]", "_", str(document["id"])).strip("_")
    if groups := document.get("group_by"):
        canonical_form["group_by"] = [
            {"tag_name": group["path"].removeprefix("@"), **group} for group in groups
        ]
    return canonical_form


KIND = Kind(
    name="logs_metric",
    api=jsonapi("/api/v2/logs/config/metrics", "logs_metrics", id_in=("create",), queue="logs"),
    key=("id",),
    defaults={"filter.query": "*"},
    unordered=("group_by",),
    immutable=("id", "compute.aggregation_type", "compute.path"),
    identity={"group_by": "path"},
    canonicalize=_canonicalize,
    permissions={"read": "logs_read_config", "write": "logs_generate_metrics"},
    page="/logs/pipelines/generate-metrics",
    title="Log-based metric",
    area="Logs",
    terraform=("datadog_logs_metric",),
    notes="The `id` is the metric's name. What it computes cannot change: it is deleted and made anew.",
)
