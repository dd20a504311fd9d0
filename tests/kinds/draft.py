"""Drafts a kind's file from the client's endpoints and models: `python -m tests.kinds.draft NAME [PATH]`.

PATH is the collection's, as `/api/v2/team/{team_id}/links`. Where the catalogue of kinds is at hand
(`DDCONF_CORPUS`) it tells the path, and what models cannot say: keys, defaults, references. What is printed
is a beginning: the facts that no model holds are for a person to add.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from ddconf.datadog.schema.client_library import Schemas, endpoints, find_endpoint
from ddconf.document import Document, parse_path
from ddconf.kind import Call, kind_names
from tests.kinds.shapes import exists, flat

CORPUS = Path(os.environ.get("DDCONF_CORPUS", Path(__file__).parents[3] / "shared" / "corpus2"))
VERBS = {"list": "list", "get": "read", "create": "create", "update": "update", "delete": "delete"}
Calls = dict[str, tuple[str, str]]


@cache
def catalogue() -> dict[str, Document]:
    """The catalogue's entries by name; empty where it is not at hand."""
    file = CORPUS / "kinds.json"
    return {entry["kind"]: entry for entry in json.loads(file.read_text())} if file.is_file() else {}


def draft(name: str, path: str = "") -> str:
    """The text of a kind's file."""
    entry = catalogue().get(name, {})
    calls = _from_catalogue(entry) if entry and not path else _from_table(path)
    models = Models(calls)
    fields = {
        "name": repr(name),
        "api": _api(entry, calls, models),
        **_identity(entry),
        **_tables(entry, models),
        **_words(entry, name),
    }
    head = (
        f'"""{fields.pop("doc")}"""\n\nfrom ddconf.kind import Call, Kind, Pages, enveloped, jsonapi, plain\n'
    )
    body = ", ".join(f"{key}={value}" for key, value in fields.items() if value)
    return _formatted(f"{head}from ddconf.kind import rest, singleton\n\nKIND = Kind({body},)\n")


class Models:
    """What the client's models say of a kind's bodies and answers, flat."""

    def __init__(self, calls: Calls) -> None:
        self.schemas = Schemas()
        found = {verb: find_endpoint(Call(*call)) for verb, call in calls.items()}
        self.created = self._flat(found.get("create"), "body")
        self.updated = self._flat(found.get("update"), "body")
        answers = [self._flat(found.get(verb), "answer") for verb in ("read", "create", "update")]
        self.accepted = self.created | self.updated
        self.shown: Document = {name: value for answer in answers for name, value in answer.items()}
        self.body = next((one.body for one in map(found.get, ("create", "update")) if one and one.body), None)

    def _flat(self, endpoint: Any, what: str) -> Document:
        model = getattr(endpoint, what, None)
        return flat(self.schemas, model) if model else {}

    def has(self, path: str) -> bool:
        return any(
            exists(self.schemas, {"properties": one}, parse_path(path))
            for one in (self.accepted, self.shown)
            if one
        )

    def is_enveloped(self) -> bool:
        return "data" in self.schemas.resolved(self.schemas.of((self.body,))).get("properties", {})

    def has_id(self, accepted: Document) -> bool:
        return "id" in accepted


def _from_catalogue(entry: Document) -> Calls:
    calls = {VERBS[verb]: (entry[verb]["method"], entry[verb]["path"]) for verb in VERBS if entry.get(verb)}
    parent = (entry.get("parent") or {}).get("path_param", "")
    return {verb: (method, _with_id(path, parent, verb)) for verb, (method, path) in calls.items()}


def _with_id(path: str, parent: str, verb: str) -> str:
    """The path with its last field called `id`, unless that is the parent's."""
    found = re.findall(r"\{(\w+)\}", path)
    if not found or found[-1] == parent or (verb in ("list", "create") and path.endswith("}") is False):
        return path
    return re.sub(rf"\{{{found[-1]}\}}", "{id}", path)


def _from_table(path: str) -> Calls:
    """The usual calls under a path, as far as the client has them."""
    usual = {
        "list": [("GET", path)],
        "create": [("POST", path)],
        "read": [("GET", f"{path}/{{id}}")],
        "update": [("PATCH", f"{path}/{{id}}"), ("PUT", f"{path}/{{id}}")],
        "delete": [("DELETE", f"{path}/{{id}}")],
    }
    found = {
        verb: next((one for one in calls if find_endpoint(Call(*one))), None) for verb, calls in usual.items()
    }
    return {verb: call for verb, call in found.items() if call}


def _api(entry: Document, calls: Calls, models: Models) -> str:
    """The expression that makes the Api, with what differs from the usual."""
    enveloped = entry.get("envelope") == "jsonapi" if entry else models.is_enveloped()
    path = calls.get("create", calls.get("list", ("", "")))[1]
    if entry.get("scope") in ("singleton", "order") or not path:
        return _singleton(entry, calls, enveloped)
    usual = {
        "list": ("GET", path),
        "create": ("POST", path),
        "read": ("GET", f"{path}/{{id}}"),
        "update": ("PATCH" if enveloped else "PUT", f"{path}/{{id}}"),
        "delete": ("DELETE", f"{path}/{{id}}"),
    }
    odd = {verb: _call(calls.get(verb)) for verb in usual if calls.get(verb) != usual[verb]}
    listing = entry.get("list") or {}
    items = listing.get("items") or ""
    if items != ("data" if enveloped else ""):
        odd["items"] = repr(items)
    odd |= _pages(listing.get("pagination") or {})
    merges = (entry.get("update_semantics") or {}).get("mode") == "merge"
    if merges != enveloped and "update" in calls:
        odd["merges"] = repr(merges)
    if entry.get("list_is_complete") is False and "read" in calls:
        odd["summary"] = "True"
    if parent := entry.get("parent"):
        odd["parent"] = repr((parent["path_param"], parent["kind"] if "(" not in parent["kind"] else ""))
    if entry.get("select"):
        odd["where"] = repr({_flat_path(key): value for key, value in entry["select"].items()})
    extra = "".join(f", {key}={value}" for key, value in odd.items())
    if not enveloped:
        at = (entry.get("get") or {}).get("item") or ""
        inside = f", envelope=plain({at!r})" if at else ""
        return f"rest({path!r}{inside}{extra})"
    types = entry.get("jsonapi_type_by_operation", {})
    type_ = entry.get("jsonapi_type") or "TYPE"
    ids = tuple(
        verb
        for verb, accepted in (("create", models.created), ("update", models.updated))
        if models.has_id(accepted)
        and (verb == "update" or "id" in (entry.get("natural_key") or {}).get("fields", ()))
    )
    id_in = "" if ids == ("update",) else f", id_in={ids!r}"
    told = {verb: types[verb] for verb in ("create", "update") if types.get(verb, type_) != type_}
    if told:
        named = "".join(f", {verb}={value!r}" for verb, value in told.items())
        return f"jsonapi({path!r}, {type_!r}, envelope=enveloped({type_!r}{id_in}{named}){extra})"
    return f"jsonapi({path!r}, {type_!r}{id_in}{extra})"


def _singleton(entry: Document, calls: Calls, enveloped: bool) -> str:
    path = calls.get("read", calls.get("update", ("", "")))[1]
    odd = {"envelope": f"enveloped({entry.get('jsonapi_type')!r}, id_in=())"} if enveloped else {}
    if calls.get("update") != ("PUT", path):
        odd["update"] = _call(calls.get("update"))
    if "create" in calls:
        odd["create"] = _call(calls["create"])
    if calls.get("update", ("",))[0] == "PATCH":
        odd["merges"] = "True"
    return f"singleton({path!r}" + "".join(f", {key}={value}" for key, value in odd.items()) + ")"


def _call(call: tuple[str, str] | None) -> str:
    return f"Call({call[0]!r}, {call[1]!r})" if call else "None"


def _pages(pagination: Document) -> dict[str, str]:
    style = pagination.get("style", "none")
    if style == "none":
        return {}
    size = pagination.get("size_param") or {}
    start = pagination.get("page_param") or pagination.get("offset_param") or pagination.get("cursor_param")
    limit = max(size.get("max") or size.get("default") or 100, 1)
    arguments = [repr(style), repr(start), repr(size.get("name")), f"limit={limit}"]
    totals = pagination.get("total") or []
    if totals := [totals] if isinstance(totals, str) else totals:
        arguments.append(f"total={totals[0]!r}")
    if pagination.get("first_page"):
        arguments.append(f"first={pagination['first_page']}")
    if style == "cursor":
        arguments.append(
            f"next={pagination.get('cursor_path') or pagination.get('next') or 'meta.page.next_cursor'!r}"
        )
    return {"pages": f"Pages({', '.join(arguments)})"}


def _identity(entry: Document) -> dict[str, str]:
    found = {}
    id_field = entry.get("id_field", "id")
    if id_field not in ("id", None):
        found["id"] = repr(_flat_path(id_field))
    if entry.get("id_type") == "integer":
        found["integer_id"] = "True"
    key = tuple(_flat_path(path) for path in (entry.get("natural_key") or {}).get("fields", ["name"]))
    if (parent := entry.get("parent")) and parent["path_param"] not in key:
        key = (parent["path_param"], *key)
    if key != ("name",):
        found["key"] = repr(key)
    if (entry.get("natural_key") or {}).get("basis") == "server":
        found["unique_key"] = "True"
    return found


def _tables(entry: Document, models: Models) -> dict[str, str]:
    """Read-only fields, defaults and the like: the models' differences, and the catalogue's facts."""
    key = [_flat_path(path) for path in (entry.get("natural_key") or {}).get("fields", ["name"])]
    hidden = [*entry.get("read_only", ()), *entry.get("secrets_in_response", ())]
    known = {*models.accepted, "id", "relationships", *key}
    parent = (entry.get("parent") or {}).get("path_param", "")
    kept = {*key, parent, entry.get("id_field")} - {"id"} | ({"id"} if "id" in key else set())
    read_only = [name for name in models.shown if name not in known and name != "type"]
    read_only += _existing(hidden, models)
    if entry.get("id_field", "id") == "id":
        read_only.insert(0, "id")
    read_only = [path for path in dict.fromkeys(read_only) if path not in kept]
    fixed = [
        name for name in models.created if models.updated and name not in models.updated and name != "id"
    ]
    fixed += _existing(entry.get("immutable", ()), models)
    fixed = [*([parent] if parent else []), *fixed, *(["id"] if key == ["id"] else [])]
    defaults = {**entry.get("defaults", {}), **entry.get("server_defaults_observed", {})}
    return {
        "read_only": _tuple(_shortest(read_only)),
        "defaults": _dict(
            {
                path: defaults[raw]
                for raw in defaults
                if defaults[raw] not in (None, [], {}) and models.has(path := _flat_path(raw))
            }
        ),
        "unordered": _tuple(_existing(entry.get("unordered_lists", ()), models)),
        "immutable": _tuple([path for path in dict.fromkeys(fixed) if path not in read_only]),
        "secrets": _tuple(_existing(entry.get("secrets", ()), models)),
        "references": _dict(dict(_references(entry, models, parent))),
    }


def _existing(paths: Any, models: Models) -> list[str]:
    return [path for raw in paths if models.has(path := _flat_path(raw))]


def _shortest(paths: Any) -> list[str]:
    """Without paths below others."""
    return [path for path in paths if not any(path.startswith((f"{other}.", f"{other}[")) for other in paths)]


def _references(entry: Document, models: Models, parent: str) -> Iterator[tuple[str, str]]:
    if parent and "(" not in entry["parent"]["kind"]:
        yield parent, entry["parent"]["kind"]
    for item in entry.get("references", ()):
        path = _flat_path(item["path"].removesuffix("?"))
        by_id = item.get("by") == "id" and isinstance(item["kind"], str)
        if by_id and item["kind"] in {*catalogue(), *kind_names()} and models.has(path):
            yield path, item["kind"]


def _words(entry: Document, name: str) -> dict[str, str]:
    needed = entry.get("permissions") or {}
    permissions = {
        what: (" and " if needed.get(f"{what}_mode") == "all" else " or ").join(needed[what])
        for what in ("read", "write")
        if needed.get(what)
    }
    section = entry.get("doc_section") or "AREA"
    slug = re.sub(r"[^a-z0-9]+", "-", section.lower()).strip("-")
    title = entry.get("title") or name.replace("_", " ").capitalize()
    notes = "Datadog may still change this API." if entry.get("unstable") else ""
    return {
        "doc": f"{title}: https://docs.datadoghq.com/api/latest/{slug}/",
        "permissions": _dict(permissions),
        "title": repr(title),
        "area": repr(_area(section)),
        "terraform": _tuple(entry.get("terraform_resource") or ()),
        "tier": repr(entry.get("tier", 3)),
        "notes": repr(notes) if notes else "",
    }


_AREAS = {
    "Access": "Role|User|Service Acc|Key|AuthN|Restriction Pol|Org|IP All|Domain|Identity|OAuth|Team|Datas",
    "Security": "Security|CSM|Application Sec|Agentless|Cloud Auth|Static",
    "Logs": "Logs|Observability|Reference",
    "Dashboards": "Dashboard|Powerpack|Notebook|Widget|Report|Annotation",
    "Monitors": "Monitor|Service Level|Downtime",
    "Integrations": "Integration|Webhook|Confluent|Fastly",
    "Service management": "Incident|Case|On-Call|Status Pages|Workflow|App Builder|Action|Execution|Forms",
    "Software delivery": "Software|Service Def|Scorecard|Entity|API Man|Deploy|Feature|CI |DEM|Experiment",
    "Digital experience": "RUM|Rum|Synthetics",
    "Metrics": "Metrics|Tags",
    "APM": "APM|Spans",
    "Cost": "Cost|Tag Rules|Governance",
    "Infrastructure": "Fleet|Network|High Avail|Agent Obs",
}
"""Product area, as the menu has it -> pattern of the documentation's sections."""


def _area(section: str) -> str:
    if re.match("Sensitive", section):
        return "Security"
    if "Integration" in section:
        return "Integrations"
    first = {name: pattern for name, pattern in _AREAS.items() if re.match(pattern, section)}
    other = {name: pattern for name, pattern in _AREAS.items() if re.search(pattern, section)}
    return next(iter(first | other), section)


def _flat_path(path: str) -> str:
    """A path of the catalogue as kinds write it: without the envelope, `[*]` for every item."""
    return re.sub(r"^attributes\.", "", path.replace("[]", "[*]"))


def _tuple(items: Any) -> str:
    items = tuple(dict.fromkeys(items))
    return repr(items) if items else ""


def _dict(items: Any) -> str:
    return repr(items) if items else ""


def _formatted(text: str) -> str:
    """The text as ruff formats it, without the imports that it does not need."""
    ruff = [sys.executable, "-m", "ruff"]
    checked = [
        *ruff,
        "check",
        "--quiet",
        "--select",
        "F401,I",
        "--fix-only",
        "--stdin-filename",
        "ddconf/kinds/x.py",
        "-",
    ]
    text = subprocess.run(checked, input=text, capture_output=True, text=True, check=True).stdout
    return subprocess.run(
        [*ruff, "format", "-"], input=text, capture_output=True, text=True, check=True
    ).stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("path", nargs="?", default="")
    chosen = parser.parse_args()
    if not chosen.path and chosen.name not in catalogue():
        near = sorted({path for _, path in endpoints() if chosen.name.split("_")[-1] in path})[:10]
        such = f", such as: {' '.join(near)}" if near else "; none is like the name"
        parser.error(f"give the collection's path as API_PATH{such}")
    print(draft(chosen.name, chosen.path), end="")


if __name__ == "__main__":
    main()
