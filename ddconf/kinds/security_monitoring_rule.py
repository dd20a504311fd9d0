"""Security rule: https://docs.datadoghq.com/api/latest/security-monitoring/"""

from ddconf.document import Document
from ddconf.kind import Call, Kind, Pages, rest

_OF_COMPLIANCE: Document = {"evaluationWindow": 7200, "keepAlive": 21600, "maxSignalDuration": 86400}
_BASELINE: Document = {"instantaneousBaselineTimeoutMinutes": 30}
_OF_ANOMALIES: Document = {"evaluationWindow": 1800, "keepAlive": 1800, "maxSignalDuration": 1800}


def _without(document: Document, defaults: Document) -> Document:
    return {key: value for key, value in document.items() if key not in defaults or value != defaults[key]}


def _query(query: Document) -> Document:
    """The new names of a source, an index and a metric where the old ones stand too."""
    canonical_form = dict(query)
    if canonical_form.get("dataSource") == "app_sec_spans":
        canonical_form["dataSource"] = "spans"
    for old, new in (("index", "indexes"), ("metric", "metrics")):
        if (value := canonical_form.pop(old, None)) and not canonical_form.get(new):
            canonical_form[new] = [value]
    return canonical_form


def _of_compliance(rule: Document) -> Document:
    """A rule for resources has the query, conditions and times that Datadog gives it."""
    cases = [_without(case, {"condition": "a > 0"}) for case in rule.get("cases") or []]
    options = _without(rule.get("options") or {}, _OF_COMPLIANCE)
    kept = {key: value for key, value in rule.items() if key not in ("queries", "hasExtendedTitle")}
    return kept | {"cases": cases, "options": options}


def _canonicalize(document: Document) -> Document:
    """Leave out what Datadog makes of other parts of a rule, and the old names beside the new ones."""
    canonical_form = document | {"queries": [_query(query) for query in document.get("queries") or []]}
    options = document.get("options") or {}
    if document.get("thirdPartyCases"):
        canonical_form = {
            key: value for key, value in canonical_form.items() if key not in ("queries", "cases")
        }
    if "complianceRuleOptions" in options or document.get("type") == "cloud_configuration":
        canonical_form = _of_compliance(canonical_form)
    if options.get("detectionMethod") == "anomaly_detection":
        baseline = _without(options.get("anomalyDetectionOptions") or {}, _BASELINE)
        canonical_form["options"] = _without(options, _OF_ANOMALIES) | {"anomalyDetectionOptions": baseline}
    return canonical_form


KIND = Kind(
    name="security_monitoring_rule",
    api=rest(
        "/api/v2/security_monitoring/rules",
        items="data",
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.page.total_count"),
        check=Call("POST", "/api/v2/security_monitoring/rules/validation"),
        merges=True,
        where={"isDeleted": False},
    ),
    read_only=(
        "id",
        "blocking",
        "compatibleVersion",
        "createdAt",
        "creationAuthorId",
        "creator",
        "defaultRuleId",
        "defaultTags",
        "dependencies",
        "deprecationDate",
        "isBeta",
        "isDefault",
        "isDeleted",
        "isDeprecated",
        "isPartner",
        "metadata",
        "queries[*].defaultRuleId",
        "updateAuthorId",
        "updatedAt",
        "updater",
        "version",
    ),
    defaults={
        "options.anomalyDetectionOptions.instantaneousBaselineTimeoutMinutes": 30,
        "customMessage": "",
        "customName": "",
        "hasExtendedTitle": False,
        "cases[*].condition": "",
        "cases[*].name": "",
        "options.impossibleTravelOptions.detectIpTransition": False,
        "options.newValueOptions.instantaneousBaselineTimeoutMinutes": 30,
        "queries[*].aggregation": "none",
        "queries[*].customQueryExtension": "",
        "queries[*].dataSource": "logs",
        "queries[*].hasOptionalGroupByFields": False,
        "queries[*].name": "",
        "options.newValueOptions.learningDuration": 0,
        "options.newValueOptions.learningMethod": "duration",
        "options.newValueOptions.learningThreshold": 0,
        "options.anomalyDetectionOptions.bucketDuration": 300,
        "options.anomalyDetectionOptions.detectionTolerance": 5,
        "options.anomalyDetectionOptions.instantaneousBaseline": False,
        "options.anomalyDetectionOptions.learningDuration": 24,
        "options.detectionMethod": "threshold",
        "options.evaluationWindow": 0,
        "type": "log_detection",
    },
    unordered=("tags",),
    immutable=("type",),
    canonicalize=_canonicalize,
    identity={"cases": "name", "queries": "name"},
    unmanaged={"isDefault": True},
    references={
        "queries[*].ruleId": "security_monitoring_rule",
        "referenceTables[*].tableName": "reference_table.table_name",
    },
    takes_mark=True,
    permissions={"read": "security_monitoring_rules_read", "write": "security_monitoring_rules_write"},
    told_by=("queries", "cases"),
    title="Security rule",
    area="Security",
    terraform=(
        "datadog_security_monitoring_rule",
        "datadog_security_monitoring_rule_json",
        "datadog_cloud_configuration_rule",
    ),
    tier=2,
    notes="Rules of Datadog are left alone.",
)
