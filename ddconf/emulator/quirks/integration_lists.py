"""What integrations can be told to read, and the accounts that are connected by hand.

https://docs.datadoghq.com/api/latest/aws-integration/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.ids import hexadecimal
from ddconf.emulator.wire import Response, answer

_AWS = "/api/v2/integration/aws"
_NAMESPACES = (
    "AWS/ApiGateway",
    "AWS/ApplicationELB",
    "AWS/AutoScaling",
    "AWS/DynamoDB",
    "AWS/EBS",
    "AWS/EC2",
    "AWS/ECS",
    "AWS/ElastiCache",
    "AWS/ElasticMapReduce",
    "AWS/Kinesis",
    "AWS/Lambda",
    "AWS/RDS",
    "AWS/Redshift",
    "AWS/S3",
    "AWS/SNS",
    "AWS/SQS",
)
SERVICES = ("apigw-access-logs", "cloudfront", "elb", "elbv2", "lambda", "redshift", "s3", "states", "waf")
_PERMISSIONS = (
    "cloudwatch:Get*",
    "cloudwatch:List*",
    "ec2:Describe*",
    "s3:ListAllMyBuckets",
    "tag:GetResources",
)


def _told(type_: str, field: str, values: object) -> Response:
    return answer(200, {"data": {"id": type_, "type": type_, "attributes": {field: values}}})


@route("GET", f"{_AWS}/available_namespaces")
def namespaces(_call: RouteCall) -> Response:
    return _told("namespaces", "namespaces", list(_NAMESPACES))


@route("GET", f"{_AWS}/logs/services")
def log_services(_call: RouteCall) -> Response:
    return _told("logs_services", "logs_services", list(SERVICES))


@route("POST", f"{_AWS}/generate_new_external_id")
def new_external_id(call: RouteCall) -> Response:
    return _told("external_id", "external_id", hexadecimal(call.store.random))


@route("GET", f"{_AWS}/iam_permissions")
@route("GET", f"{_AWS}/iam_permissions/standard")
@route("GET", f"{_AWS}/iam_permissions/resource_collection")
def permissions(_call: RouteCall) -> Response:
    return _told("permissions", "permissions", list(_PERMISSIONS))


@route("GET", "/api/v2/integration/google-chat/organizations")
@route("GET", "/api/v2/integration/jira/accounts")
@route("GET", "/api/v2/integration/salesforce-incidents/organizations")
@route("GET", "/api/v2/integration/servicenow/instances")
def accounts(_call: RouteCall) -> Response:
    """Only a person connects these, so that a fresh organisation has none."""
    return answer(200, {"data": []})
