"""Somebody at Datadog's web interface: `webui show|set|delete|create KIND NAME [FIELD=JSON]...`.

`webui list KIND` prints the names, `webui fault TEXT` lets the next requests go wrong. FIELD may be a path
such as `options.thresholds.critical`. With `ORGANISATION=_PROD` it is the organisation at DD_HOST_PROD.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from tests.journeys.organisation import CONTROL
from tests.journeys.request import ask

_PATHS = {
    "monitor": ("/api/v1/monitor", "name", ""),
    "dashboard": ("/api/v1/dashboard", "title", "dashboards"),
    "service_level_objective": ("/api/v1/slo", "name", "data"),
    "logs_custom_pipeline": ("/api/v1/logs/config/pipelines", "name", ""),
    "webhook": ("/api/v1/integration/webhooks/configuration/webhooks", "name", ""),
}


def main(verb: str, kind: str = "", name: str = "", *fields: str) -> None:
    """Do what was asked; prints one line."""
    if verb == "fault":
        ask("POST", f"{CONTROL}fault", {"text": kind})
        return
    path, title, envelope = _PATHS[kind]
    if verb == "list":
        print(*sorted(item[title] for item in _listed(path, envelope)), sep="\n")
    elif verb == "create":
        ask("POST", path, {title: name, **dict(map(_field, fields))})
        print(f"created {name}")
    else:
        _one(verb, path, next(item for item in _listed(path, envelope) if item[title] == name), fields)


def _one(verb: str, path: str, item: dict[str, Any], fields: tuple[str, ...]) -> None:
    item_path = f"{path}/{item['id']}"
    if verb == "delete":
        ask("DELETE", item_path)
        print(f"deleted {item['id']}")
        return
    document = ask("GET", item_path)
    document = document.get("data", document)
    if verb == "set":
        for field, value in map(_field, fields):
            _put(document, field.split("."), value)
        ask("PUT", item_path, document)
    print(json.dumps(document, indent=1))


def _listed(path: str, envelope: str) -> list[dict[str, Any]]:
    found = ask("GET", path)
    return list(found[envelope] if envelope else found)


def _field(text: str) -> tuple[str, Any]:
    name, _, value = text.partition("=")
    return name, json.loads(value)


def _put(document: Any, path: list[str], value: Any) -> None:
    *before, last = path
    for step in before:
        document = document[int(step) if isinstance(document, list) else step]
    document[int(last) if isinstance(document, list) else last] = value


if __name__ == "__main__":
    main(*sys.argv[1:])
