"""Edits in place: what changes is changed, what does not stays to the letter."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ddconf.address import Address
from ddconf.definitions.yaml import edit, reader, write
from ddconf.definitions.yaml.edit import REMOVED
from ddconf.document import Path
from ddconf.errors import DdconfError

from .documents import keys, values

CPU = Address("monitor", "cpu")

TEXT = """\
# Who owns this: the platform team.
monitor:
  mem: {name: Memory}  # the other one

  # CPU, the one that matters.
  cpu:
    name: "CPU is high"   # shown in the title
    type: metric alert
    # Changed twice a year.
    query: avg(last_5m):avg:system.cpu.user{*} > 90
    message: |
      Look at it.

      @team
    tags:
      # sorted
      - team:a   # ours
      - service:b
    options: {thresholds: {critical: 90, warning: 80}, silenced: {}}
    steps:
    - name: one
      wait: 1  # second
    - name: two
  # the end
"""


def changed(changes: dict[Path, Any], text: str = TEXT) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    after = edit.update(text, "a.yaml", CPU, changes)
    before, now = text.splitlines(), after.splitlines()
    return [line for line in before if line not in now], [line for line in now if line not in before]


TITLE = "# shown in the title"
NAME, TYPE = [f'    name: "CPU is high"   {TITLE}'], ["    type: metric alert"]
MESSAGE = ["    message: |", "      Look at it.", "      @team"]
TEAM, SERVICE, WAIT = "      - team:a   # ours", "      - service:b", "      wait: 1  # second"


@pytest.mark.parametrize(
    ("changes", "gone", "came"),
    [
        ({("name",): "CPU"}, NAME, [f'    name: "CPU"   {TITLE}']),
        ({("name",): "a\nb"}, NAME, [f'    name: "a\\nb"   {TITLE}']),
        ({("type",): "query alert"}, TYPE, ["    type: query alert"]),
        ({("type",): "on"}, TYPE, ['    type: "on"']),
        ({("type",): 5}, TYPE, ["    type: 5"]),
        ({("type",): REMOVED}, TYPE, []),
        ({("type",): "a\nb\n"}, TYPE, ["    type: |", "      a", "      b"]),
        ({("message",): "Short"}, MESSAGE, ["    message: Short"]),
        ({("message",): "Look at it.\n\n@other\n"}, MESSAGE[2:], ["      @other"]),
        ({("message",): REMOVED}, MESSAGE, []),
        ({("priority",): 3}, [], ["    priority: 3"]),
        ({("a",): {"b": [1, {"c": "d"}]}}, [], ["    a:", "      b:", "        - 1", "        - c: d"]),
        ({("tags",): ["team:a", "new", "service:b"]}, [], ["      - new"]),
        ({("tags",): ["new", "team:a", "service:b"]}, [], ["      - new"]),
        ({("tags",): ["team:a"]}, [SERVICE], []),
        ({("tags",): ["service:b"]}, [TEAM], []),
        ({("tags",): ["team:a", "service:c"]}, [SERVICE], ["      - service:c"]),
        ({("tags", 0): "team:x"}, [TEAM], ["      - team:x   # ours"]),
        ({("tags",): []}, [TEAM, SERVICE], ["      []"]),
        ({("steps", 0, "wait"): 2}, [WAIT], ["      wait: 2  # second"]),
        ({("steps", 1, "wait"): 3}, [], ["      wait: 3"]),
        ({("steps", 0, "name"): REMOVED}, ["    - name: one", WAIT], ["    - wait: 1  # second"]),
        ({("steps",): [{"name": "one", "wait": 1}, {"name": "x"}, {"name": "two"}]}, [], ["    - name: x"]),
    ],
)
def test_only_the_lines_of_the_change_change(
    changes: dict[Path, Any], gone: list[str], came: list[str]
) -> None:
    assert changed(changes) == (gone, came)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {("options", "thresholds", "critical"): 95},
            "{thresholds: {critical: 95, warning: 80}, silenced: {}}",
        ),
        ({("options", "thresholds", "warning"): REMOVED}, "{thresholds: {critical: 90}, silenced: {}}"),
        ({("options", "thresholds", "critical"): REMOVED}, "{thresholds: {warning: 80}, silenced: {}}"),
        (
            {("options", "locked"): True},
            '{thresholds: {critical: 90, warning: 80}, silenced: {}, "locked": true}',
        ),
        (
            {("options", "silenced"): {"a": 1}},
            '{thresholds: {critical: 90, warning: 80}, silenced: {"a": 1}}',
        ),
        (
            {("options", "thresholds"): {"ok": 1}},
            '{thresholds: {"ok": 1}, silenced: {}}',
        ),
    ],
)
def test_braces_stay_braces(changes: dict[Path, Any], line: str) -> None:
    old = "    options: {thresholds: {critical: 90, warning: 80}, silenced: {}}"
    assert changed(changes) == ([old], [f"    options: {line}"])


ANCHORS = """\
monitor:
  base: &base
    name: base
    options: &options {a: 1, b: 2}
  cpu:
    <<: *base
    type: x
  mem:
    name: mem
    options: *options
"""


def test_a_merged_key_that_changes_is_written_beside_the_merge() -> None:
    assert changed({("name",): "own"}, ANCHORS) == ([], ["    name: own"])
    after = edit.update(ANCHORS, "a.yaml", Address("monitor", "mem"), {("options", "a"): 5})
    assert after == ANCHORS.replace("    options: *options\n", "    options:\n      a: 5\n      b: 2\n")


@pytest.mark.parametrize("ending", ["\n\t", "\n \t", "\n\t\n", "\t", "\n\t\nb", "\n\t\t\n\t"])
@pytest.mark.parametrize("new", ["1", "0\n\t2", "a\nb\n", {"x": 1}, REMOVED])
def test_a_block_that_ends_in_tabs_is_changed_as_a_whole(ending: str, new: Any) -> None:
    body = {"on": f"0{ending}", "z": 1}
    text = write.dump({"monitor": {"cpu": body, "other": {"a": f"0{ending}"}}})
    after = edit.update(text, "a.yaml", CPU, {("on",): new})
    wanted = {"z": 1} if new is REMOVED else {**body, "on": new}
    assert reader.load(after, "a.yaml")[0][0] == {"monitor": {"cpu": wanted, "other": {"a": f"0{ending}"}}}


def test_text_that_others_share_is_not_changed_silently() -> None:
    with pytest.raises(DdconfError, match="cannot be changed alone"):
        edit.update(ANCHORS, "a.yaml", Address("monitor", "base"), {("options", "a"): 5})


def test_another_document_of_the_file_stays() -> None:
    text = "# one\nmonitor: {cpu: {name: a}}\n---\n# two\nmonitor: {mem: {name: b}}\n"
    after = edit.update(text, "a.yaml", Address("monitor", "mem"), {("name",): "c"})
    assert after == text.replace("name: b", 'name: "c"')


def test_a_json_file_stays_json() -> None:
    after = edit.update('{"monitor": {"cpu": {"name": "a"}}}', "a.json", CPU, {("name",): "ü"})
    assert json.loads(after) == {"monitor": {"cpu": {"name": "ü"}}}


def test_a_definition_that_is_not_there_is_said() -> None:
    with pytest.raises(DdconfError, match=r"'monitor.cpu' is not in a.yaml"):
        edit.update("monitor: {mem: {}}", "a.yaml", CPU, {("name",): "a"})


bodies = st.dictionaries(keys, values, min_size=1, max_size=4)


@given(
    bodies, st.dictionaries(keys, st.one_of(st.just(REMOVED), values), min_size=1, max_size=3), st.booleans()
)
@settings(max_examples=300, deadline=None)
def test_law_an_edit_does_what_is_asked_and_nothing_else(
    body: dict[str, Any], changes: dict[str, Any], flow: bool
) -> None:
    assume("*" not in changes and "<<" not in {*body, *changes})
    document = {"monitor": {"cpu": body, "mem": body}, "other": {"x": 1}}
    text = f"# top\n{write.flow(document) if flow else write.dump(document)}\n# end\n"
    after = edit.update(text, "a.yaml", CPU, {(key,): value for key, value in changes.items()})
    wanted = {**body, **changes}
    document["monitor"] = {
        "cpu": {key: wanted[key] for key in wanted if wanted[key] is not REMOVED},
        "mem": body,
    }
    ((value, _),) = reader.load(after, "a.yaml")
    assert json.dumps(value, sort_keys=True) == json.dumps(document, sort_keys=True)
    assert "# top" in after and "# end" in after


def test_a_block_in_place_of_a_list_does_not_swallow_the_blank_lines_behind_it() -> None:
    text = write.dump({"monitor": {"cpu": {"a": [["x\n  \n"]], "b": 1}}})
    after = edit.update(text, "a.yaml", CPU, {("a",): "y\n"})
    assert after == "monitor:\n  cpu:\n    a: |\n      y\n    b: 1\n"
