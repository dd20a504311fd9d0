"""When the files of an export are written: each after all that its definition needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddconf.address import Address
from ddconf.operations.export.files import Files

CPU, DISK, UP = (
    Address("monitor", "cpu"),
    Address("monitor", "disk"),
    Address("service_level_objective", "up"),
)
TEXT = "monitor:\n  cpu:\n    name: x\n"


def there(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*.yaml")}


def test_a_file_is_written_at_once_if_all_that_it_needs_is(tmp_path: Path) -> None:
    files = Files(tmp_path)
    files.add(CPU, TEXT, ())
    files.add(UP, TEXT, (CPU,))
    assert there(tmp_path) == {"monitor/cpu.yaml", "service_level_objective/up.yaml"}


def test_a_file_waits_for_what_it_needs(tmp_path: Path) -> None:
    files = Files(tmp_path)
    files.add(UP, TEXT, (CPU, DISK))
    files.add(CPU, TEXT, ())
    assert there(tmp_path) == {"monitor/cpu.yaml"}
    files.add(DISK, TEXT, ())
    written, lost = files.save([(CPU, DISK), (UP,)])
    assert (len(written), lost) == (3, set())
    assert written[-1] == tmp_path / "service_level_objective" / "up.yaml"


@pytest.mark.parametrize("layout", ["object", "kind"])
def test_what_shares_a_file_waits_for_the_rest(tmp_path: Path, layout: str) -> None:
    files = Files(tmp_path, layout=layout)
    files.add(Address("monitor", "a[b]"), TEXT, ())
    files.add(Address("monitor", "a_b_"), TEXT, ())
    files.save([[Address("monitor", "a[b]"), Address("monitor", "a_b_")]])
    (file,) = tmp_path.rglob("*.yaml")
    assert file.read_text().count("name: x") == 2


def test_what_cannot_be_written_is_told_and_lost(tmp_path: Path) -> None:
    (tmp_path / "monitor").touch()
    files = Files(tmp_path)
    files.add(CPU, TEXT, ())
    assert files.save([(CPU,)]) == ([], {CPU})
    assert "cannot write" in files.problems[0].message
