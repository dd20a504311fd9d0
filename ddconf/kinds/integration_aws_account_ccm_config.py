"""AWS Cloud Cost Management config: https://docs.datadoghq.com/api/latest/aws-integration/"""

from dataclasses import replace

from ddconf.document import JSON, Document
from ddconf.kind import Call, Kind, enveloped, jsonapi

_ENVELOPE = enveloped("ccm_config", id_in=())


def _unwrap(answer: JSON) -> Document:
    """An answer has among the attributes what a body has below `ccm_config`."""
    shown = _ENVELOPE.unwrap(answer)
    exports = {key: shown.pop(key) for key in ("data_export_configs",) if key in shown}
    return {**shown, "ccm_config": exports} if exports else shown


KIND = Kind(
    name="integration_aws_account_ccm_config",
    api=jsonapi(
        "/api/v2/integration/aws/accounts/{aws_account_config_id}/ccm_config",
        "ccm_config",
        envelope=replace(_ENVELOPE, unwrap=_unwrap),
        list=None,
        read=Call("GET", "/api/v2/integration/aws/accounts/{aws_account_config_id}/ccm_config"),
        update=Call("PATCH", "/api/v2/integration/aws/accounts/{aws_account_config_id}/ccm_config"),
        delete=Call("DELETE", "/api/v2/integration/aws/accounts/{aws_account_config_id}/ccm_config"),
        items="",
        parent=("aws_account_config_id", "integration_aws_account"),
    ),
    key=("aws_account_config_id",),
    read_only=("id",),
    immutable=("aws_account_config_id",),
    references={"aws_account_config_id": "integration_aws_account"},
    permissions={"read": "aws_configuration_read", "write": "aws_configuration_edit"},
    title="AWS Cloud Cost Management config",
    area="Integrations",
    terraform=("datadog_integration_aws_account_ccm_config",),
    tier=3,
    notes="Datadog may still change this API.",
)
