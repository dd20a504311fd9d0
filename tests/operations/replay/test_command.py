"""`ddconf replay` as a stranger types it: what is wrong is named, and the exit code tells."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from ddconf.cli.group import run
from tests.operations.replay.shop import RETURNED, SOLD, archive, define, pipeline


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The pipeline of a shop before and after a rule is lost, and an archive."""
    define(tmp_path / "live", pipeline(SOLD, RETURNED))
    define(tmp_path / "changed", pipeline(SOLD))
    archive(tmp_path / "archive")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def replay(*arguments: str) -> int:
    return run(["-C", "changed", "replay", *arguments])


FILES = {
    "empty": (b"", 0, "0 of 0 logs come out otherwise"),
    "blank lines": (b"\n\n  \n", 0, "0 of 0 logs come out otherwise"),
    "no JSON": (b'{"message"\nsold 1\n\x00\xff\xfe\n[1]\n', 0, "0 of 4 logs come out otherwise"),
    "one lost": (b"sold 1 for 2\nreturned 1\n", 2, "1 of 2 logs come out otherwise"),
}


@pytest.mark.parametrize(("content", "code", "told"), FILES.values(), ids=FILES.keys())
def test_any_file_is_logs(
    folder: Path, capsys: pytest.CaptureFixture[str], content: bytes, code: int, told: str
) -> None:
    (folder / "logs.log").write_bytes(content)
    assert replay("logs.log", "--before", "live") == code
    assert told in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("archive", "--before", "live", "--shard", "0/0"), "no shard '0/0'"),
        (("archive", "--before", "live", "--shard", "5/3"), "no shard '5/3'"),
        (("archive", "--before", "live", "--shard", "1/2"), "--out FOLDER"),
        (("archive",), "there is no state"),
        (("nowhere", "--before", "live"), "there is no file or folder nowhere"),
        (("live", "--before", "changed", "--from", "1d"), "come out otherwise"),
        (("empty", "--before", "live"), "no logs in empty"),
        (("cut.json.gz", "--before", "live"), "cut.json.gz cannot be read"),
        (("--merge", "archive"), "no manifest of a replay"),
        (("archive", "--before", "live", "--from", "2026-11-24"), "no logs in archive from 2026-11-24"),
        (("archive", "--before", "live", "--from", "yesterday"), "no time 'yesterday'"),
        (("archive", "--before", "live", "--from", "1h", "--to", "2h"), "--from 1h is not before --to 2h"),
        (("archive", "--before", "live", "--runner", "ray"), "no runner 'ray'"),
    ],
)
def test_what_is_wrong_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    (folder / "empty").mkdir()
    (folder / "cut.json.gz").write_bytes(gzip.compress(b"sold 1\n" * 9_000)[:-12])
    code = replay(*arguments)
    captured = capsys.readouterr()
    assert told in captured.out + captured.err
    assert code == (1 if "otherwise" not in told else 0)


def test_shards_are_merged_to_what_one_run_prints(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay("archive", "--before", "live") == 2
    whole = capsys.readouterr().out
    assert replay("archive", "--before", "live", "--shard", "1/2", "--out", "a") == 2
    assert "4 files run, 0 done before" in capsys.readouterr().err
    assert replay("archive", "--before", "live", "--shard", "1/2", "--out", "a") == 2
    assert "0 files run, 4 done before" in capsys.readouterr().err
    assert replay("--merge", "a") == 1
    assert "no manifest of shard 2/2" in capsys.readouterr().err
    assert replay("archive", "--before", "live", "--shard", "2/2", "--out", "b") == 2
    capsys.readouterr()
    assert replay("--merge", "a", "b") == 2
    assert capsys.readouterr().out == whole


def test_hours_of_an_archive_are_chosen(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    times = ("--from", "2026-11-23T02", "--to", "2026-11-23T04:00")
    assert replay("archive", "--before", "live", *times) == 2
    assert "2 of 11 logs come out otherwise" in capsys.readouterr().out
