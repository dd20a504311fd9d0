"""Accounts of AWS and Google Cloud as the first API and Terraform's older resources know them.

https://docs.datadoghq.com/api/v1/aws-integration/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.ids import hexadecimal
from ddconf.emulator.quirks.integration_lists import SERVICES
from ddconf.emulator.wire import Document, Response, answer, texts

_AWS, _GCP = "/api/v1/integration/aws", "/api/v1/integration/gcp"
_ON = ("metrics_collection_enabled",)
_OFF = (
    "cspm_resource_collection_enabled",
    "extended_resource_collection_enabled",
    "resource_collection_enabled",
)
_RULES = (
    "api_gateway",
    "application_elb",
    "auto_scaling",
    "ebs",
    "ec2",
    "elasticache",
    "lambda",
    "rds",
    "s3",
)


def _key(sent: Document) -> str:
    return f"{sent.get('account_id') or ''}:{sent.get('role_name') or sent.get('access_key_id') or ''}"


def _account(call: RouteCall, sent: Document) -> Document:
    found = call.store.get("aws_v1", _key(sent))
    if found is None:
        raise texts(400, f"AWS account {sent.get('account_id')} does not exist in integration")
    return found


def _whole(sent: Document) -> Document:
    lists: Document = {"excluded_regions": [], "filter_tags": [], "host_tags": []}
    flags = dict.fromkeys(_ON, True) | dict.fromkeys(_OFF, False)
    told = {key: value for key, value in sent.items() if value is not None and key != "secret_access_key"}
    return {**lists, "account_specific_namespace_rules": {}, **flags, **told}


@route("GET", _AWS)
def list_accounts(call: RouteCall) -> Response:
    wanted = {
        key: call.query[key] for key in ("account_id", "role_name", "access_key_id") if key in call.query
    }
    found = [
        item
        for item in call.store.all("aws_v1")
        if all(item.get(key) == value for key, value in wanted.items())
    ]
    return answer(200, {"accounts": found})


@route("POST", _AWS)
def make_account(call: RouteCall) -> Response:
    key = _key(call.body)
    if call.store.get("aws_v1", key) is not None:
        raise texts(409, f"AWS account {call.body.get('account_id')} already exists")
    call.store.put("aws_v1", key, _whole(call.body))
    return answer(200, {"external_id": hexadecimal(call.store.random)})


@route("PUT", _AWS)
def change_account(call: RouteCall) -> Response:
    """Which account is in the query; another role in the body moves it."""
    before = _account(call, dict(call.query))
    after = _whole({**before, **call.body})
    call.store.delete("aws_v1", _key(before))
    call.store.put("aws_v1", _key(after), after)
    return answer(200, {})


@route("DELETE", _AWS)
def delete_account(call: RouteCall) -> Response:
    call.store.delete("aws_v1", _key(_account(call, call.body)))
    return answer(200, {})


@route("PUT", f"{_AWS}/generate_new_external_id")
def new_external_id(call: RouteCall) -> Response:
    _account(call, call.body)
    return answer(200, {"external_id": hexadecimal(call.store.random)})


@route("GET", f"{_AWS}/available_namespace_rules")
def namespace_rules(_call: RouteCall) -> Response:
    return answer(200, list(_RULES))


@route("GET", f"{_AWS}/filtering")
def list_filters(call: RouteCall) -> Response:
    return answer(200, {"filters": call.store.all(f"aws_filter/{call.query.get('account_id', '')}")})


@route("POST", f"{_AWS}/filtering")
def write_filter(call: RouteCall) -> Response:
    shown = {key: call.body[key] for key in ("namespace", "tag_filter_str")}
    call.store.put(f"aws_filter/{call.body['account_id']}", shown["namespace"], shown)
    return answer(200, {})


@route("DELETE", f"{_AWS}/filtering")
def delete_filter(call: RouteCall) -> Response:
    call.store.delete(f"aws_filter/{call.body['account_id']}", call.body["namespace"])
    return answer(200, {})


def _logs(call: RouteCall, account: str) -> Document:
    return call.store.get("aws_logs", account) or {"account_id": account, "lambdas": [], "services": []}


@route("GET", f"{_AWS}/logs")
def list_logs(call: RouteCall) -> Response:
    return answer(200, call.store.all("aws_logs"))


@route("POST", f"{_AWS}/logs")
def add_lambda(call: RouteCall) -> Response:
    before, arn = _logs(call, call.body["account_id"]), {"arn": call.body["lambda_arn"]}
    others = [item for item in before["lambdas"] if item != arn]
    call.store.put("aws_logs", before["account_id"], {**before, "lambdas": [*others, arn]})
    return answer(200, {})


@route("DELETE", f"{_AWS}/logs")
def drop_lambda(call: RouteCall) -> Response:
    before, arn = _logs(call, call.body["account_id"]), {"arn": call.body["lambda_arn"]}
    others = [item for item in before["lambdas"] if item != arn]
    call.store.put("aws_logs", before["account_id"], {**before, "lambdas": others})
    return answer(200, {})


@route("GET", f"{_AWS}/logs/services")
def log_services(_call: RouteCall) -> Response:
    return answer(200, [{"id": name, "label": name.replace("-", " ").title()} for name in SERVICES])


@route("POST", f"{_AWS}/logs/services")
def choose_services(call: RouteCall) -> Response:
    before = _logs(call, call.body["account_id"])
    call.store.put("aws_logs", before["account_id"], {**before, "services": call.body["services"]})
    return answer(200, {})


def _project(sent: Document) -> str:
    return f"{sent.get('project_id')}:{sent.get('client_email')}"


@route("GET", _GCP)
def list_projects(call: RouteCall) -> Response:
    return answer(200, call.store.all("gcp_v1"))


@route("POST", _GCP)
@route("PUT", _GCP)
def write_project(call: RouteCall) -> Response:
    """The keys are never shown."""
    before = call.store.get("gcp_v1", _project(call.body)) or {
        "automute": False,
        "errors": [],
        "host_filters": "",
    }
    secret = ("private_key", "private_key_id")
    sent = {key: value for key, value in call.body.items() if key not in secret and value is not None}
    call.store.put("gcp_v1", _project(call.body), {**before, **sent})
    return answer(200, {})


@route("DELETE", _GCP)
def delete_project(call: RouteCall) -> Response:
    if not call.store.delete("gcp_v1", _project(call.body)):
        raise texts(404, f"GCP project {call.body.get('project_id')} not found")
    return answer(200, {})
