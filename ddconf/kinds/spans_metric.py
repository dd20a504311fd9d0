"""Span-based metric: https://docs.datadoghq.com/api/latest/spans-metrics/"""

import re

from ddconf.document import Document
from ddconf.kind import Kind, jsonapi


def _canonicalize(document: Document) -> Document:
    """Datadog stores the id with `_` for every other sign, names each tag, and adds a group of its own."""
    canonical_form = dict(document)
    if "id" in document:
        canonical_form["id"] = re.sub(r"[^A-Za-z0-9_.]", "_", str(document["id"])).strip("_")
    if groups := document.get("group_by"):
        own = [group for group in groups if group.get("path") != "resource_hash"]
        canonical_form["group_by"] = [{"tag_name": group["path"].removeprefix("@"), **group} for group in own]
    return canonical_form


KIND = Kind(
    name="spans_metric",
    api=jsonapi("/api/v2/apm/config/metrics", "spans_metrics", id_in=("create",)),
    key=("id",),
    defaults={"filter.query": "*"},
    unordered=("group_by",),
    immutable=("compute.aggregation_type", "compute.path", "id"),
    identity={"group_by": "path"},
    canonicalize=_canonicalize,
    permissions={"read": "apm_read", "write": "apm_generate_metrics"},
    title="Span-based metric",
    area="APM",
    terraform=("datadog_spans_metric",),
    notes="The `id` is the metric's name. What it computes cannot change: it is deleted and made anew.",
)
