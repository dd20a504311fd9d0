"""Event sources of Amazon EventBridge: https://docs.datadoghq.com/api/latest/aws-integration/"""

import re
from dataclasses import replace

from ddconf.document import JSON, Document, get
from ddconf.kind import Api, Call, Kind, enveloped

_PATH = "/api/v2/integration/aws/event_bridge"
_ENDING = r"-[a-z0-9]{8}$"
"""What Datadog adds to the name of a source."""


def _sources(answer: JSON) -> JSON:
    """The sources of every account, each with the account that it is of."""
    accounts = get(answer, ("data", "attributes", "accounts"), [])
    return [
        {
            "account_id": account.get("account_id"),
            "event_generator_name": re.sub(_ENDING, "", source.get("name", "")),
            "event_source_name": source.get("name"),
            "region": source.get("region"),
        }
        for account in accounts
        for source in account.get("event_hubs", [])
    ]


def _delete(source: Document) -> JSON:
    name = source.get("event_source_name") or source["event_generator_name"]
    fields = {"account_id": source["account_id"], "event_generator_name": name, "region": source["region"]}
    return {"data": {"type": "event_bridge", "attributes": fields}}


KIND = Kind(
    name="integration_aws_event_bridge",
    api=Api(
        envelope=replace(
            enveloped("event_bridge", id_in=()), unwrap=lambda _answer: {}, item=lambda item: item
        ),
        list=Call("GET", _PATH),
        create=Call("POST", _PATH),
        delete=Call("DELETE", _PATH, body=_delete),
        items=_sources,
    ),
    id="",
    key=("account_id", "region", "event_generator_name"),
    read_only=("event_source_name", "has_bus", "status", "create_event_bus"),
    permissions={
        "read": "aws_configuration_read",
        "write": "aws_configuration_edit or aws_configurations_manage",
    },
    title="AWS event bridge",
    area="Integrations",
    terraform=("datadog_integration_aws_event_bridge",),
    tier=2,
    notes="In AWS the name ends in what Datadog adds to it.",
)
