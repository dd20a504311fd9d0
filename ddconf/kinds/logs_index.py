"""Log indexes. https://docs.datadoghq.com/api/latest/logs-indexes/"""

from ddconf.document import Document
from ddconf.kind import Call, Kind, rest

_LIMITS = ("daily_limit", "daily_limit_reset", "daily_limit_warning_threshold_percentage")


def _update(document: Document) -> Document:
    """The body of an update: no name, and a limit that is not there must be switched off by a flag."""
    body = {key: value for key, value in document.items() if key != "name"}
    if body.get("daily_limit") is None:
        body["disable_daily_limit"] = True
    return body


def _canonicalize(document: Document) -> Document:
    """`disable_daily_limit` is never shown again: it is the absence of the limits."""
    dropped = ("disable_daily_limit", *(_LIMITS if document.get("disable_daily_limit") else ()))
    return {key: value for key, value in document.items() if key not in dropped}


KIND = Kind(
    name="logs_index",
    api=rest(
        "/api/v1/logs/config/indexes",
        items="indexes",
        read=Call("GET", "/api/v1/logs/config/indexes/{id}"),
        update=Call("PUT", "/api/v1/logs/config/indexes/{id}", body=_update),
        paced=(10, 300),  # https://github.com/DataDog/terraform-provider-datadog/issues/1371
        queue="logs",
    ),
    id="name",
    read_only=("is_rate_limited",),
    defaults={"num_flex_logs_retention_days": 0},
    computed=("num_retention_days",),
    unordered=("tags",),
    immutable=("name",),
    identity={"exclusion_filters": "name"},
    canonicalize=_canonicalize,
    irreversible="the name of a deleted index can never be used again",
    takes_mark=True,
    permissions={"read": "logs_read_config", "write": "logs_modify_indexes"},
    page="/logs/pipelines/indexes",
    title="Log index",
    area="Logs",
    terraform=("datadog_logs_index",),
    notes="Without `daily_limit` there is no limit.",
)
