"""Order of ticket creation rules for findings: https://docs.datadoghq.com/api/latest/"""

from ddconf.kind import Api, Call, Kind, ordered

_PATH = "/api/v2/security/findings/automation/ticket_creation_rules"

KIND = Kind(
    name="security_findings_ticket_creation_rules_order",
    api=Api(
        envelope=ordered("ticket_creation_rules"),
        read=Call("GET", _PATH, params={"page[size]": "1000"}),
        update=Call("POST", f"{_PATH}/reorder"),
    ),
    key=(),
    references={"ids[*]": "security_findings_ticket_creation_rule"},
    shared_lists=("ids",),
    permissions={"read": "security_pipelines_read", "write": "security_pipelines_write"},
    title="Order of ticket creation rules for findings",
    area="Security",
    terraform=("datadog_security_findings_ticket_creation_rules_order",),
    tier=3,
    notes="List only your own in `ids`: others keep their places.",
)
