"""Observability pipelines: groups of processors are told under two names; a pipeline can be checked before.

https://docs.datadoghq.com/api/latest/observability-pipelines/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.collections import plain
from ddconf.emulator.wire import Document, Json, Refusal, Response, answer

_LISTS = ("processor_groups", "processors")


def _complete(call: RouteCall, sent: Document, _before: Document | None) -> Document:
    config = dict(sent.get("config") or {})
    if call.validates and (wrong := list(_problems(config))):
        raise Refusal(answer(400, {"errors": wrong}))
    groups: list[Document] = next((config[key] for key in _LISTS if config.get(key)), [])
    return {**sent, "config": {**config, **dict.fromkeys(_LISTS, groups)}}


def _show(_call: RouteCall, pipeline: Document) -> Document:
    """Which kind of pipeline it is is told by reads even where nobody said so."""
    content = pipeline["attributes"]
    config = {"pipeline_type": "logs", **content.get("config", {})}
    return {**pipeline, "attributes": {**content, "config": config}}


PIPELINES = replace(
    plain("observability_pipeline"),
    complete=_complete,
    show=_show,
    show_listed=_show,
    show_written=lambda _call, pipeline: pipeline,
)


@route("POST", "/api/v2/obs-pipelines/pipelines/validate")
def validate_pipeline(call: RouteCall) -> Response:
    """All that is wrong, each with the component and its field."""
    wrong = list(_problems(call.body["data"]["attributes"].get("config") or {}))
    return answer(400 if wrong else 200, {"errors": wrong})


def _problems(config: Document) -> Iterator[Document]:
    groups = config.get("processor_groups") or config.get("processors") or []
    for component in (*groups, *(inner for group in groups for inner in group.get("processors") or ())):
        if "include" not in component:
            yield _problem("include", component, "Field 'include' is required")
        for index, mapping in enumerate(component.get("mappings") or ()):
            version = mapping.get("version") if isinstance(mapping, dict) else None
            if version is not None and not (isinstance(version, int) and version > 0):
                yield _problem(
                    f"mappings.{index}.version", component, "Schema version must be a positive integer"
                )
    known = {item.get("id") for key in ("sources", *_LISTS) for item in config.get(key) or ()}
    for component in (*groups, *(config.get("destinations") or ())):
        for name in component.get("inputs") or ():
            if name not in known:
                yield _problem("inputs", component, f"Component with ID {name} is an unknown component")


def _problem(field: str, component: Document, text: str) -> Json:
    return {"title": text, "meta": {"field": field, "id": component.get("id", ""), "message": text}}
