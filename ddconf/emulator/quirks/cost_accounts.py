"""Accounts of clouds whose bills are read: Azure and Google Cloud tell other fields than they take.

https://docs.datadoghq.com/api/latest/cloud-cost-management/
"""

from __future__ import annotations

from dataclasses import replace

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.collections import plain
from ddconf.emulator.crud import update
from ddconf.emulator.error_styles import refusal
from ddconf.emulator.ids import number
from ddconf.emulator.server_fields import made
from ddconf.emulator.wire import Document, Response, answer

_STATE = {
    "status": "active",
    "status_updated_at": "$now",
    "error_messages": None,
    "months": 15,
    "created_at": "$now",
    "updated_at": "$now",
}
_GCP, _AZURE = plain("gcp_uc_config"), plain("azure_uc_config")
_TAKEN_AS = {"billing_account_id": "account_id", "export_dataset_name": "dataset"}
_BILLS = (("amortized", "amortized_bill_config"), ("actual", "actual_bill_config"))


def _status(sent: Document) -> Document:
    enabled = sent.get("is_enabled")
    return {} if enabled is None else {"status": "active" if enabled else "archived"}


def _gcp(call: RouteCall, sent: Document, before: Document | None) -> Document:
    mail = sent.get("service_account")
    if call.validates and mail is not None and "@" not in mail:
        raise refusal("title detail", 400, "not a valid service_account")
    told = {_TAKEN_AS.get(key, key): value for key, value in sent.items() if key != "is_enabled"}
    prefix = {"export_prefix": "datadog_cloud_cost_usage_export", "project_id": ""}
    return {**prefix, **(before or {}), **told, **made(call, _STATE, before), **_status(sent)}


def _azure(call: RouteCall, sent: Document, before: Document | None) -> Document:
    """A bill of each sort is an account of its own."""
    if before is not None:
        changed = [{**config, **_status(sent)} for config in before.get("configs", [])]
        return {"configs": changed}
    own = {key: sent[key] for key in ("account_id", "client_id", "scope") if key in sent}
    configs = []
    for sort, field in _BILLS:
        if bill := sent.get(field):
            id = str(number(3)(call.store.random))
            configs.append({**own, **bill, **made(call, _STATE, None), "id": id, "dataset_type": sort})
    return {"configs": configs}


@route("PATCH", "/api/v2/cost/aws_cur_config/{id}")
def update_aws(call: RouteCall) -> Response:
    """The answer is a list of one."""
    return answer(200, {"data": [update(plain("aws_cur_config"), call).json()["data"]]})


GCP = replace(_GCP, complete=_gcp)
AZURE = replace(_AZURE, complete=_azure)
