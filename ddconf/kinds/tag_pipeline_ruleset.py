"""Tag pipeline ruleset: https://docs.datadoghq.com/api/latest/cloud-cost-management/"""

from ddconf.document import JSON, Document, get
from ddconf.kind import Call, Kind, jsonapi

_PATH = "/api/v2/tags/enrichment"


def _body(ruleset: Document, type_: str) -> JSON:
    """The name goes where other kinds have the id."""
    attributes = {key: value for key, value in ruleset.items() if key not in ("id", "name")}
    return {"data": {"type": type_, "id": ruleset["name"], "attributes": attributes}}


def _queries(ruleset: Document) -> list[JSON]:
    """A question for each query of the rules, since only they can be checked."""
    queries = [get(rule, ("query", "query")) for rule in ruleset.get("rules") or ()]
    return [{"data": {"type": "validate_query", "attributes": {"Query": text}}} for text in queries if text]


def _canonicalize(ruleset: Document) -> Document:
    """`if_not_exists` is the former name of two of the values of `if_tag_exists`; answers tell both."""
    return {**ruleset, "rules": [_canonical_rule(rule) for rule in ruleset.get("rules") or ()]}


def _canonical_rule(rule: Document) -> Document:
    parts = {key: _canonical_part(part) if isinstance(part, dict) else part for key, part in rule.items()}
    return {key: part for key, part in parts.items() if key != "metadata"}


def _canonical_part(part: Document) -> Document:
    canonical = {key: value for key, value in part.items() if key != "if_not_exists"}
    if "if_tag_exists" not in canonical and part.get("if_not_exists") is not None:
        canonical["if_tag_exists"] = "do_not_apply" if part["if_not_exists"] else "append"
    return canonical


KIND = Kind(
    name="tag_pipeline_ruleset",
    api=jsonapi(
        _PATH,
        "ruleset",
        check=Call("POST", f"{_PATH}/validate-query", body=_queries),
        create=Call("POST", _PATH, body=lambda ruleset: _body(ruleset, "create_ruleset")),
        update=Call("PATCH", f"{_PATH}/{{id}}", body=lambda ruleset: _body(ruleset, "update_ruleset")),
    ),
    read_only=(
        "id",
        "created",
        "last_modified_user_uuid",
        "last_version",
        "modified",
        "position",
        "processing_status",
        "version",
    ),
    canonicalize=_canonicalize,
    identity={"rules": "name"},
    title="Tag pipeline ruleset",
    area="Cost",
    terraform=("datadog_tag_pipeline_ruleset",),
    tier=3,
)
