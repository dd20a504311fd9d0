"""Collections whose one write makes and replaces: the object's key is in the body, not in the path.

https://docs.datadoghq.com/api/latest/cloud-cost-management/ and others
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.collections import plain
from ddconf.emulator.crud import upsert
from ddconf.emulator.ids import hexadecimal, uuid
from ddconf.emulator.wire import Document, Json, Response, answer, texts


@dataclass(frozen=True)
class _WrittenCollection:
    """A collection of JSON:API objects, under the id that they bring or a new one."""

    name: str
    type: str
    key: str = "id"

    def write(self, call: RouteCall) -> Response:
        data = call.body.get("data") if isinstance(call.body, dict) else None
        if not isinstance(data, dict):
            raise texts(400, "'data' is a required property")
        id = data.get("id") or data.get("attributes", {}).get(self.key) or uuid(call.store.random)
        document = {"id": id, "type": self.type, "attributes": data.get("attributes", {})}
        call.store.put(self.name, id, document)
        return answer(200, {"data": document})

    def read(self, call: RouteCall) -> Response:
        return answer(200, {"data": self._found(call)})

    def delete(self, call: RouteCall) -> Response:
        self._found(call)
        call.store.delete(self.name, call.args["id"])
        return answer(204)

    def list_all(self, call: RouteCall) -> Response:
        return answer(200, {"data": call.store.all(self.name)})

    def _found(self, call: RouteCall) -> Document:
        found = call.store.get(self.name, call.args["id"])
        if found is None:
            raise texts(404, f"{call.args['id']} not found")
        return found


@route("PUT", "/api/v2/static-analysis/custom/rulesets")
def write_ruleset(call: RouteCall) -> Response:
    data = call.body["data"]
    id = data.get("id") or data.get("attributes", {}).get("name") or uuid(call.store.random)
    one = replace(call, path=f"{call.path}/{id}", args={"id": id})
    return upsert(replace(plain("static_analysis_custom_ruleset"), rules={}), one)


_AZURE = "/api/v1/integration/azure"


def _azure_key(account: Json) -> str:
    return f"{text_of(account, 'tenant_name')}/{text_of(account, 'client_id')}"


def text_of(document: Json, key: str) -> str:
    """A text that an object is told apart by; anything else is refused."""
    value = document.get(key) if isinstance(document, dict) else None
    if not isinstance(value, str):
        raise texts(400, f"'{key}' is a required property and a text")
    return value


@route("GET", _AZURE)
def list_azure(call: RouteCall) -> Response:
    return answer(200, call.store.all("azure"))


@route("POST", _AZURE)
@route("PUT", _AZURE)
def write_azure(call: RouteCall) -> Response:
    """The secret is never shown."""
    shown = {key: value for key, value in call.body.items() if key != "client_secret"}
    call.store.put("azure", _azure_key(call.body), shown)
    return answer(200, {})


@route("DELETE", _AZURE)
def delete_azure(call: RouteCall) -> Response:
    call.store.delete("azure", _azure_key(call.body))
    return answer(200, {})


_BRIDGE = "/api/v2/integration/aws/event_bridge"


def _bridge(call: RouteCall) -> tuple[str, Document]:
    source = call.body["data"]["attributes"]
    name, account, region = (text_of(source, key) for key in ("event_generator_name", "account_id", "region"))
    return f"{account}/{region}/{name}", source


@route("GET", _BRIDGE)
def list_bridges(call: RouteCall) -> Response:
    """Grouped by account."""
    accounts: dict[str, list[Document]] = {}
    for source in call.store.all("event_bridge"):
        hub = {"name": source["event_source_name"], "region": source["region"]}
        accounts.setdefault(source["account_id"], []).append(hub)
    grouped = [{"account_id": id, "event_hubs": hubs, "tags": []} for id, hubs in accounts.items()]
    attributes = {"accounts": grouped, "is_installed": bool(grouped)}
    return answer(200, {"data": {"id": "get_event_bridge", "type": "event_bridge", "attributes": attributes}})


@route("POST", _BRIDGE)
def make_bridge(call: RouteCall) -> Response:
    """The name ends in what the server adds to it."""
    _, sent = _bridge(call)
    ending = hexadecimal(call.store.random)[:8]
    source = {**sent, "event_source_name": f"{sent['event_generator_name']}-{ending}"}
    id = f"{sent['account_id']}/{sent['region']}/{source['event_source_name']}"
    call.store.put("event_bridge", id, source)
    told = {"has_bus": bool(source.get("create_event_bus")), "region": source["region"]}
    attributes = {"event_source_name": source["event_source_name"], "status": "created", **told}
    return answer(
        200, {"data": {"id": "create_event_bridge", "type": "event_bridge", "attributes": attributes}}
    )


@route("DELETE", _BRIDGE)
def delete_bridge(call: RouteCall) -> Response:
    """By the whole name, as the list tells it."""
    id, _ = _bridge(call)
    call.store.delete("event_bridge", id)
    data = {"id": "delete_event_bridge", "type": "event_bridge", "attributes": {"status": "empty"}}
    return answer(200, {"data": data})


@route("GET", "/api/v1/tags/hosts")
def hosts_by_tag(call: RouteCall) -> Response:
    found: dict[str, list[str]] = {}
    for host in call.store.all("host_tags"):
        for tag in host.get("tags", []):
            found.setdefault(tag, []).append(host["host"])
    return answer(200, {"tags": found})


@route("POST", "/api/v2/llm-obs/v1/projects/delete")
def delete_projects(call: RouteCall) -> Response:
    for id in call.body["data"]["attributes"]["project_ids"]:
        call.store.delete("llm_obs_project", id)
    return answer(204)
