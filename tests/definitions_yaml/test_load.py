"""Folders to definitions: files, names, options, variables, for_each, references."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddconf.address import Address
from ddconf.definitions import settings
from ddconf.definitions.definition import MovedBlock, Options
from ddconf.definitions.load import load
from ddconf.errors import DdconfError

from .folder import documents, load_files, write_files

MONITOR = "monitor:\n  {name}: {{name: x}}\n"


def messages(root: Path, files: dict[str, str | bytes], **chosen: str) -> list[str]:
    with pytest.raises(DdconfError) as raised:
        load_files(root, files, **chosen)
    return [item.message for item in raised.value.diagnostics]


def test_files_may_be_nested_and_split_at_will(tmp_path: Path) -> None:
    found = load_files(
        tmp_path,
        {
            "b.yaml": "monitor:\n  one: {name: 1}\n  two: {name: 2}\ndashboard:\n  d: {title: D}\n",
            "a/deep/er.yml": "---\nmonitor:\n  three: {name: 3}\n---\nmonitor:\n  four: {name: 4}\n",
            "c.json": '{"monitor": {"five": {"name": 5}}}',
        },
    )
    assert documents(found) == {
        "monitor.one": {"name": 1}, "monitor.two": {"name": 2}, "dashboard.d": {"title": "D"},
        "monitor.five": {"name": 5}, "monitor.three": {"name": 3}, "monitor.four": {"name": 4},
    }  # fmt: skip


def test_items_come_in_the_order_of_files_and_text(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"{name}.yaml": MONITOR.format(name=name) for name in "cab"}
    files["b/deep.yaml"] = "monitor: {z: {}, y: {}}"
    assert [address.name for address in load_files(tmp_path, files).items] == ["a", "z", "y", "b", "c"]


def test_what_is_no_definition_file_is_left_out(tmp_path: Path) -> None:
    names = [
        *("ddconf.yaml.bak", "README.md", "pipeline.test.yaml", ".ddconf/state.json", ".github/ci.yaml"),
        *("collector.toml", ".hidden.yaml", "x.yaml.tmpl"),
    ]
    files: dict[str, str | bytes] = dict.fromkeys(names, "services: {a: 1}")
    files |= {"ddconf.yaml": "site: datadoghq.eu", "a.yaml": MONITOR.format(name="a")}
    assert list(documents(load_files(tmp_path, files))) == ["monitor.a"]


def test_files_of_other_programs_can_be_named_in_the_settings(tmp_path: Path) -> None:
    files = {
        "ddconf.yaml": "ignore: [docker-compose.yaml, 'collector/*']",
        "docker-compose.yaml": "services: {}",
        "collector/deep/values.yaml": "a: 1",
        "collector/x.yaml": "b: 1",
        "a.yaml": MONITOR.format(name="a"),
    }
    assert list(documents(load_files(tmp_path, files))) == ["monitor.a"]


def test_some_files_can_be_loaded_alone(tmp_path: Path) -> None:
    write_files(
        tmp_path, {"a.yaml": MONITOR.format(name="a"), "b/c.yaml": MONITOR.format(name="c"), "d.yaml": "{"}
    )
    found = load(tmp_path, settings.read(tmp_path), paths=[tmp_path / "b", tmp_path / "a.yaml"])
    assert list(documents(found)) == ["monitor.c", "monitor.a"]


def test_an_empty_folder_has_no_definitions(tmp_path: Path) -> None:
    assert documents(load_files(tmp_path, {})) == {}


def test_a_file_with_nothing_but_comments_is_a_warning(tmp_path: Path) -> None:
    found = load_files(tmp_path, {"a.yaml": "# later\n", "b.yaml": "monitor:\n"})
    assert [(item.source.file, item.message) for item in found.warnings if item.source] == [
        (str(tmp_path / "a.yaml"), "the file holds no definition")
    ]


def test_options_stand_apart_from_the_document(tmp_path: Path) -> None:
    text = "monitor:\n  a:\n    ddconf: {id: 123, protect: true, ignore: [options.silenced]}\n    name: x\n"
    (definition,) = load_files(tmp_path, {"a.yaml": text}).items.values()
    assert definition.document == {"name": "x"}
    assert definition.options == Options(id="123", protect=True, ignore=("options.silenced",))


def test_every_path_of_a_definition_has_its_place(tmp_path: Path) -> None:
    text = "# first\nmonitor:\n  a: {name: x}\n  b:\n    options:\n      list:\n        - 1\n"
    found = load_files(tmp_path, {"a.yaml": text})
    definition = found.items[Address("monitor", "b")]
    places = [
        definition.at(path) for path in ((), ("options", "list", 0), ("options", "list", 5), ("nothing",))
    ]
    assert [(place.line, place.column) for place in places if place] == [(4, 3), (7, 11), (6, 7), (4, 3)]


def test_a_broken_file_hides_no_mistake_of_another(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.yaml": "monitor:\n  a: [\n",
        "b.yaml": "monitor:\n  A: {}\nmonitr: {}\n",
        "c.yaml": b"\xff",
    }
    assert messages(tmp_path, files) == [
        "a value is expected here",
        "'A' is not a name",
        "unknown kind 'monitr'",
        "the byte 0xFF is not UTF-8",
    ]


def test_moved_and_removed_are_read(tmp_path: Path) -> None:
    text = "moved: [{from: monitor.old, to: monitor.a}]\nremoved: [monitor.gone]\nmonitor: {a: {name: x}}\n"
    found = load_files(tmp_path, {"a.yaml": text})
    (move,), (removal,) = found.moved, found.removed
    assert (move.before, move.after) == (Address("monitor", "old"), Address("monitor", "a"))
    assert isinstance(move, MovedBlock) and move.source and move.source.line == 1
    assert str(removal.address) == "monitor.gone"


# Variables


def test_variables_are_replaced_and_keep_their_types(tmp_path: Path) -> None:
    found = load_files(
        tmp_path,
        {
            "ddconf.yaml": "variables: {n: 5, tags: [a, b], env: prod, deep: {default: {x: [7]}}}\n",
            "a.yaml": """\
            monitor:
              a: {n: "${var.n}", t: "${var.tags}", q: "x ${var.env} ${ var.n } ${var.deep.x[0]}"}
            """,
        },
    )
    assert documents(found) == {"monitor.a": {"n": 5, "t": ["a", "b"], "q": "x prod 5 7"}}


def test_a_variable_can_bring_no_reference(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "ddconf.yaml": "variables: {x: a}",
        "a.yaml": "monitor: {a: {n: 'x ${var.x}'}}",
    }
    assert documents(load_files(tmp_path, files, x="${secret.S}")) == {"monitor.a": {"n": "x $${secret.S}"}}


def test_datadogs_templates_and_literals_stay(tmp_path: Path) -> None:
    texts = ["{{host.name}}", "$env", '%{date("x"):d}', "$${x}", "a $ {b}", "^x$"]
    rules = "\n".join(f"      - '{text}'" for text in texts)
    found = load_files(tmp_path, {"a.yaml": f"monitor:\n  a:\n    x:\n{rules}\n"})
    assert documents(found) == {"monitor.a": {"x": texts}}


# for_each


def test_for_each_makes_one_definition_for_each_key(tmp_path: Path) -> None:
    text = """\
    monitor:
      latency:
        for_each:
          checkout: {limit: 5, owner: {team: a}}
          cart/v1: {limit: 7, owner: {team: b}}
        ddconf: {id: "id-${each.key}"}
        name: "${each.key} of ${each.value.owner.team}"
        limit: ${each.value.limit}
    """
    found = load_files(tmp_path, {"a.yaml": text})
    assert documents(found) == {
        "monitor.latency[checkout]": {"name": "checkout of a", "limit": 5},
        "monitor.latency[cart/v1]": {"name": "cart/v1 of b", "limit": 7},
    }
    assert [definition.options.id for definition in found.items.values()] == ["id-checkout", "id-cart/v1"]


def test_for_each_takes_a_list_or_a_variable(tmp_path: Path) -> None:
    files = {
        "ddconf.yaml": "variables: {services: [a, b]}",
        "a.yaml": """\
        monitor:
          x: {for_each: "${var.services}", n: "${each.value}"}
          y: {for_each: [1], n: "${each.value}"}
        """,
    }
    assert documents(load_files(tmp_path, files)) == {
        "monitor.x[a]": {"n": "a"}, "monitor.x[b]": {"n": "b"}, "monitor.y[1]": {"n": 1},
    }  # fmt: skip


def test_one_for_each_can_refer_to_another_by_key(tmp_path: Path) -> None:
    text = """\
    monitor:
      m: {for_each: [a, b], name: x}
    service_level_objective:
      s: {for_each: [a, b], monitor_ids: ["${monitor.m[each.key]}"], n: "${monitor.m[each.key].name}"}
    """
    found = documents(load_files(tmp_path, {"a.yaml": text}))
    assert found["service_level_objective.s[b]"] == {
        "monitor_ids": ["${monitor.m[b]}"],
        "n": "${monitor.m[b].name}",
    }


def test_references_in_for_each_values_are_references(tmp_path: Path) -> None:
    text = "monitor:\n  a: {n: 1}\n  b: {for_each: {k: '${monitor.a}'}, n: '${each.value}'}\n"
    assert documents(load_files(tmp_path, {"a.yaml": text}))["monitor.b[k]"] == {"n": "${monitor.a}"}


def test_an_empty_for_each_makes_none(tmp_path: Path) -> None:
    assert documents(load_files(tmp_path, {"a.yaml": "monitor: {a: {for_each: {}, n: 1}}"})) == {}


# References to all of a kind


def test_a_star_stands_for_all_of_a_kind_in_file_order(tmp_path: Path) -> None:
    files = {
        "order.yaml": "logs_pipeline_order:\n  all:\n    pipeline_ids:\n"
        "      - ${logs_custom_pipeline.z}\n      - ${logs_custom_pipeline.*}\n      - {deep: 1}\n",
        "a.yaml": "logs_custom_pipeline: {y: {name: y}}",
        "b.yaml": "logs_custom_pipeline: {z: {name: z}, x: {name: x}}",
    }
    found = load_files(tmp_path, files)
    definition = found.items[Address("logs_pipeline_order", "all")]
    assert definition.document["pipeline_ids"] == [
        *("${logs_custom_pipeline.z}", "${logs_custom_pipeline.y}", "${logs_custom_pipeline.z}"),
        *("${logs_custom_pipeline.x}", {"deep": 1}),
    ]
    lines = [place.line for index in range(5) if (place := definition.at(("pipeline_ids", index)))]
    assert lines == [4, 5, 5, 5, 6]
    deep = definition.at(("pipeline_ids", 4, "deep"))
    assert deep and deep.column == 10


def test_a_star_of_a_kind_without_definitions_is_nothing(tmp_path: Path) -> None:
    text = "logs_pipeline_order: {all: {pipeline_ids: ['${logs_custom_pipeline.*}']}}"
    assert documents(load_files(tmp_path, {"a.yaml": text})) == {
        "logs_pipeline_order.all": {"pipeline_ids": []}
    }


# Files that must not be read


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "outside.yaml": MONITOR.format(name="a"),
            "other/b.yaml": MONITOR.format(name="b"),
            "in/c.yaml": "monitor: {}",
        },
    )
    (tmp_path / "in" / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "other")
    assert messages(tmp_path / "in", {}) == ["this link leads out of the folder"] * 2


def test_a_link_that_stays_inside_is_followed(tmp_path: Path) -> None:
    write_files(tmp_path, {"..data/a.yaml": MONITOR.format(name="a")})
    (tmp_path / "a.yaml").symlink_to("..data/a.yaml")
    assert list(documents(load_files(tmp_path, {}))) == ["monitor.a"]


def test_a_link_that_would_not_be_read_may_lead_anywhere(tmp_path: Path) -> None:
    write_files(tmp_path, {"README.md": "", "in/a.yaml": MONITOR.format(name="a")})
    (tmp_path / "in" / "README.md").symlink_to("../README.md")
    (tmp_path / "in" / ".venv").symlink_to("/usr")
    assert list(documents(load_files(tmp_path / "in", {}))) == ["monitor.a"]


def test_a_folder_that_cannot_be_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("os.scandir", refuse)
    assert messages(tmp_path, {}) == ["the folder cannot be read: Permission denied"]


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.yaml").open("wb") as file:
        file.truncate(65_000_000)
    assert messages(tmp_path, {}) == ["the file is larger than 64 MB"]


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "a.yaml")
    (tmp_path / "b.yaml").symlink_to("nowhere.yaml")
    assert messages(tmp_path, {}) == [
        "this is not a file",
        "the file cannot be read: No such file or directory",
    ]


@pytest.mark.parametrize(
    "content",
    [
        '{"format": 1, "site": "sandbox", "lineage": "l", "serial": 1, "changes": []}',
        '{"$schema": "https://json-schema.org/draft/2020-12/schema", "properties": {}}',
        '{"create": 1, "update": 0, "delete": 0}',
    ],
)
def test_what_ddconf_itself_writes_is_no_definition_whatever_its_name(tmp_path: Path, content: str) -> None:
    found = load_files(tmp_path, {"a.yaml": MONITOR.format(name="a"), "any.json": content})
    assert list(map(str, found.items)) == ["monitor.a"]


def test_the_dump_of_facets_is_no_definition(tmp_path: Path) -> None:
    files = {
        "ddconf.yaml": "facets: {source: dump, dump: saved/facets.json}",
        "saved/facets.json": '{"facets": {"logs": []}}',
        "a.yaml": MONITOR.format(name="a"),
    }
    assert list(map(str, load_files(tmp_path, files).items)) == ["monitor.a"]
