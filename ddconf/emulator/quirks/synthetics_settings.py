"""Where and how many synthetic tests run: locations of Datadog and private ones, the cap of concurrent runs.

https://docs.datadoghq.com/api/latest/synthetics/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.wire import Response, answer

PUBLIC = {  # of Datadog: id -> display name, region
    "aws:af-south-1": ("Cape Town (AWS)", "Africa"),
    "aws:ap-east-1": ("Hong Kong (AWS)", "APAC"),
    "aws:ap-northeast-1": ("Tokyo (AWS)", "APAC"),
    "aws:ap-northeast-2": ("Seoul (AWS)", "APAC"),
    "aws:ap-northeast-3": ("Osaka (AWS)", "APAC"),
    "aws:ap-south-1": ("Mumbai (AWS)", "APAC"),
    "aws:ap-southeast-1": ("Singapore (AWS)", "APAC"),
    "aws:ap-southeast-2": ("Sydney (AWS)", "APAC"),
    "aws:ap-southeast-3": ("Jakarta (AWS)", "APAC"),
    "aws:ca-central-1": ("Canada Central (AWS)", "Americas"),
    "aws:eu-central-1": ("Frankfurt (AWS)", "Europe"),
    "aws:eu-north-1": ("Stockholm (AWS)", "Europe"),
    "aws:eu-south-1": ("Milan (AWS)", "Europe"),
    "aws:eu-west-1": ("Ireland (AWS)", "Europe"),
    "aws:eu-west-2": ("London (AWS)", "Europe"),
    "aws:eu-west-3": ("Paris (AWS)", "Europe"),
    "aws:me-south-1": ("Bahrain (AWS)", "Middle East"),
    "aws:sa-east-1": ("S\u00e3o Paulo (AWS)", "Americas"),
    "aws:us-east-1": ("N. Virginia (AWS)", "Americas"),
    "aws:us-east-2": ("Ohio (AWS)", "Americas"),
    "aws:us-west-1": ("N. California (AWS)", "Americas"),
    "aws:us-west-2": ("Oregon (AWS)", "Americas"),
    "azure:eastus": ("Virginia (Azure)", "Americas"),
}


@route("GET", "/api/v1/synthetics/locations")
def list_locations(call: RouteCall) -> Response:
    private = call.store.all("synthetics_private_location")
    shown = [{"id": item["id"], "name": item["name"]} for item in private]
    return answer(200, {"locations": [*call.store.all("synthetics_location"), *shown]})


@route("GET", "/api/v2/synthetics/settings/on_demand_concurrency_cap")
def read_cap(call: RouteCall) -> Response:
    cap = call.store.fact("on_demand_concurrency_cap", 1)
    attributes = {"on_demand_concurrency_cap": cap}
    return answer(200, {"data": {"type": "on_demand_concurrency_cap", "attributes": attributes}})


@route("POST", "/api/v2/synthetics/settings/on_demand_concurrency_cap")
def write_cap(call: RouteCall) -> Response:
    call.store.set_fact("on_demand_concurrency_cap", call.body["on_demand_concurrency_cap"])
    return read_cap(call)


@route("GET", "/api/v1/synthetics/settings/default_locations")
def default_locations(call: RouteCall) -> Response:
    """Where a new test runs unless it says otherwise: everywhere that is public."""
    return answer(200, call.store.fact("synthetics_default_locations", list(PUBLIC)))
