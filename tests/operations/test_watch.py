"""Files are watched by looking at them again."""

from __future__ import annotations

import os
from pathlib import Path

from ddconf.operations.watch import changes


def test_each_change_of_a_file_is_told_once(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("1")
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        match len(slept):
            case 3:
                os.utime(file, ns=(1, 1))
            case 5:
                (tmp_path / "b").write_text("new")
            case 8:
                file.unlink()

    told = changes(lambda: sorted(tmp_path.iterdir()), interval=0.25, sleep=sleep)
    assert [(next(told), len(slept))[1] for _ in range(3)] == [3, 5, 8]
    assert set(slept) == {0.25}


def test_a_file_that_goes_while_it_is_looked_at_is_no_error(tmp_path: Path) -> None:
    rounds = iter([[tmp_path / "gone"], [tmp_path / "gone"], [tmp_path]])
    assert next(changes(lambda: next(rounds), sleep=lambda _: None)) is None
