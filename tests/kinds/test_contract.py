"""Every kind held against the official client; and the check itself, against mistakes planted in kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from ddconf.datadog.schema.client_library import SCHEMAS
from ddconf.kind import Call, Envelope, Kind, enveloped, find_kind, kind_names
from tests.kinds.contract import calls, complaints, unknown_calls

UNDOCUMENTED = ("logs_view",)
PUBLIC = [name for name in kind_names() if not find_kind(name).manual and name not in UNDOCUMENTED]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_kind_is_as_the_client_says(name: str) -> None:
    assert complaints(find_kind(name)) == []


@pytest.mark.parametrize("name", kind_names())
def test_a_kind_has_the_name_of_its_file(name: str) -> None:
    assert find_kind(name).name == name


@pytest.mark.parametrize("name", kind_names())
def test_references_and_queues_name_what_there_is(name: str) -> None:
    kind = find_kind(name)
    above = {kind.api.parent[1]} - {""} if kind.api else set()
    targets = {target.partition(".")[0] for _, found in kind.targets for target in found}
    assert {*targets, *above} <= {*kind_names()}
    assert kind.title
    assert kind.area
    assert kind.page.startswith(("", "/"))
    assert kind.key == () or not kind.api or not kind.api.singleton


RENAMED_BY_AN_UPDATE = ("webhook", "webhook_custom_variable")


@pytest.mark.parametrize("name", PUBLIC)
def test_an_id_that_is_chosen_here_never_changes(name: str) -> None:
    """Else an update under another id would make a second object, and nobody would own the first."""
    kind = find_kind(name)
    chosen = (kind.id,) if kind.id else kind.key
    if kind.api and kind.api.update and set(chosen) <= set(kind.key) and name not in RENAMED_BY_AN_UPDATE:
        assert set(chosen) <= set(kind.immutable)


def test_every_schema_that_ships_is_of_a_kind() -> None:
    assert {file.stem for file in SCHEMAS.glob("*.json")} <= set(kind_names())


def spoilt(kind: Kind) -> Iterator[tuple[str, Kind]]:
    """The kind with one mistake each: what was done, and to what."""
    api = kind.api
    assert api is not None
    for verb in ("list", "read", "create", "update", "delete"):
        call: Call | None = getattr(api, verb)
        if call is None:
            continue
        yield (
            f"path of {verb}",
            replace(
                kind, api=replace(api, **{verb: replace(call, path=call.path.replace("/api", "/apis", 1))})
            ),
        )
        yield f"method of {verb}", replace(kind, api=replace(api, **{verb: replace(call, method="TRACE")}))
        odd = replace(call, params={**call.params, "nonsense": "1"})
        yield f"parameter of {verb}", replace(kind, api=replace(api, **{verb: odd}))
    if api.pages and api.list:
        yield "page's parameter", replace(kind, api=replace(api, pages=replace(api.pages, start="nonsense")))
        if api.pages.total:
            wrong = replace(api.pages, total="meta.nonsense")
            yield "total of pages", replace(kind, api=replace(api, pages=wrong))
    if isinstance(api.items, str) and api.items and api.list:
        yield "place of items", replace(kind, api=replace(api, items="nonsense"))
    for table in ("read_only", "computed", "unordered", "immutable", "secrets", "text_ids"):
        for path in getattr(kind, table)[:1]:
            others = tuple(one for one in getattr(kind, table) if one != path)
            yield f"misspelt {table} {path}", replace(kind, **{table: (*others, f"{path}x")})
    for table in ("defaults", "references", "identity"):
        for path, value in list(getattr(kind, table).items())[:1]:
            others_ = {one: item for one, item in getattr(kind, table).items() if one != path}
            yield f"misspelt {table} {path}", replace(kind, **{table: {**others_, f"{path}x": value}})
    yield from ((f"type {type_!r}", made) for type_, made in _retyped(kind))


def _retyped(kind: Kind) -> Iterator[tuple[str, Kind]]:
    """The kind with another JSON:API type, where its envelope is the usual one and it is written."""
    api = kind.api
    assert api is not None
    usual: Envelope = api.envelope
    plain = usual.wrap({}, None) if not usual.shape else None
    writes = [call for call in (api.create, api.update) if call and call.body is None]
    if writes and isinstance(plain, dict) and set(plain) == {"data"} and "type" in plain["data"]:
        yield "nonsense", replace(kind, api=replace(api, envelope=enveloped("nonsense")))


TYPE = "type 'nonsense'"
OPEN = {
    "cost_budget": TYPE,
    "dashboard": "misspelt text_ids widgets[*].definition.alert_id",
    "dashboard_list": "misspelt references dashboards[*].id",
    "downtime_schedule": "misspelt computed schedule.start",
    "logs_archive": TYPE,
    "logs_restriction_query": "misspelt references roles[*].id",
    "network_device_tags": TYPE,
    "network_interface_tags": TYPE,
    "observability_pipeline": TYPE,
    "powerpack": (TYPE, "group_widget.definition.widgets[*].definition.alert_id"),
    "reference_table": "misspelt secrets file_metadata.upload_id",
    "software_catalog": "misspelt",
    "static_analysis_custom_ruleset": "misspelt unordered rules[*].last_revision.tags",
    "widget": TYPE,
}
"""By kind: what the client's models do not say, so that no mistake in it can be found."""
MISTAKES = [(name, what, kind) for name in PUBLIC for what, kind in spoilt(find_kind(name))]


def test_thousands_of_mistakes_are_planted() -> None:
    assert len(MISTAKES) > 3000
    assert {what.split()[0] for _, what, _ in MISTAKES} >= {"path", "misspelt", "type", "place", "parameter"}


@pytest.mark.parametrize("name", PUBLIC)
def test_a_mistake_in_a_kind_is_found(name: str) -> None:
    missed = [what for owner, what, kind in MISTAKES if owner == name and not complaints(kind)]
    known = OPEN.get(name, ())
    beyond = (known,) if isinstance(known, str) else known
    assert [what for what in missed if not any(one in what for one in beyond)] == []


def test_a_field_that_a_model_calls_read_only_is_missed() -> None:
    kind = find_kind("monitor")
    less = replace(kind, read_only=tuple(path for path in kind.read_only if path != "creator"))
    assert complaints(less) == ["a model says that 'creator' is read-only"]


def test_a_complaint_is_a_sentence_that_names_the_call() -> None:
    kind = find_kind("team")
    assert kind.api
    wrong = replace(kind, api=replace(kind.api, list=Call("GET", "/api/v2/teams")))
    assert list(unknown_calls(wrong)) == ["the client has no GET /api/v2/teams"]
    assert len(list(calls(kind))) == 5
