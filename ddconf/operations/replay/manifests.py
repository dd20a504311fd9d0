"""What a shard of a replay has done: a folder with a report of each file, and a manifest that lists them.

A run that was stopped goes on where it was; a second one does nothing. Manifests of all shards add up to the
report of one run.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ddconf.document import digest
from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.replay.log_file import RecordedFile
from ddconf.operations.replay.replay import FileReport
from ddconf.operations.replay.report import ReplayReport, ReplayTally
from ddconf.operations.replay.shards import Shard
from ddconf.operations.write_files import write_file


@dataclass(frozen=True)
class ManifestHead:
    """What a shard is a part of; `files` is how many it has."""

    shard: str
    pipelines: str
    """Digest of the pipelines before and after."""
    listing: str
    """Digest of the names and etags of all files, of every shard."""
    files: int

    @classmethod
    def of(cls, shard: Shard, pipelines: str, files: Sequence[RecordedFile]) -> ManifestHead:
        """Of a shard of these files, which are those of all shards."""
        listing = digest([[file.name, file.etag] for file in files])
        return cls(str(shard), pipelines, listing, len(shard.of(files)))


class Manifest:
    """The manifest of a shard in a folder, which is made where there is none."""

    def __init__(self, folder: Path, head: ManifestHead) -> None:
        self._folder, self._head = folder, head
        self._path = folder / f"manifest-{head.shard.replace('/', '-of-')}.jsonl"
        self._done: dict[tuple[str, str], str] = {}

    def begin(self, files: Iterable[RecordedFile]) -> list[RecordedFile]:
        """The files that are still to do; notes of other files, or of other pipelines, go."""
        wanted = {(file.name, file.etag): file for file in files}
        if self._path.exists():
            old, lines = _read(self._path)
            if old.pipelines == self._head.pipelines:
                noted = {(line["name"], line["etag"]): line["output"] for line in lines}
                self._done = {
                    key: output
                    for key, output in noted.items()
                    if key in wanted and (self._folder / output).is_file()
                }
        text = "".join(f"{json.dumps(line)}\n" for line in (vars(self._head), *self._lines()))
        write_file(self._path, text)
        return [file for key, file in wanted.items() if key not in self._done]

    def add(self, done: FileReport) -> None:
        """Write the report of a file, and then its line."""
        key = (done.file.name, done.file.etag)
        output = f"{digest([*key, self._head.pipelines])}.json"
        write_file(self._folder / output, json.dumps(done.report.as_plain(), ensure_ascii=False))
        self._done[key] = output
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps(_line(key, output, done.report))}\n")

    def _lines(self) -> Iterator[dict[str, Any]]:
        for key, output in self._done.items():
            yield _line(key, output, _report(self._folder / output))

    def report(self) -> ReplayReport:
        """Of all its files together."""
        return _sum(self._folder / output for output in self._done.values())


def _line(key: tuple[str, str], output: str, report: ReplayReport) -> dict[str, Any]:
    return {
        "name": key[0],
        "etag": key[1],
        "logs": report.logs,
        "changed": report.changed,
        "output": output,
    }


def merged(folders: Iterable[Path]) -> ReplayReport:
    """The report of all shards whose manifests lie there; raises DdconfError where one is not whole."""
    paths = [path for folder in folders for path in sorted(folder.glob("manifest-*.jsonl"))]
    if not paths:
        hint = "each shard writes one: ddconf replay ... --shard 1/2 --out FOLDER"
        raise DdconfError(Diagnostic("no manifest of a replay in these folders", hint=hint))
    read = {path: _read(path) for path in paths}
    if mistakes := list(_mistakes({path: head for path, (head, _) in read.items()})):
        raise DdconfError(*mistakes)
    short = [
        Diagnostic(
            f"{path}: shard {head.shard} has {len(lines)} of {head.files} files",
            hint="run that shard again: it goes on where it was",
        )
        for path, (head, lines) in read.items()
        if len(lines) != head.files
    ]
    if short:
        raise DdconfError(*short)
    return _sum(path.parent / line["output"] for path, (_, lines) in read.items() for line in lines)


def _mistakes(heads: dict[Path, ManifestHead]) -> Iterator[Diagnostic]:
    first = next(iter(heads.values()))
    for path, head in heads.items():
        if head.pipelines != first.pipelines:
            yield Diagnostic(f"{path} is of other pipelines", hint="run all shards from the same definitions")
        elif head.listing != first.listing:
            yield Diagnostic(f"{path} is of other files", hint="run its shard again: files came or went")
    shards = [Shard.parse(head.shard) for head in heads.values()]
    counts = {shard.count for shard in shards}
    if len(counts) > 1:
        yield Diagnostic(f"these shards are parts of {' and of '.join(map(str, sorted(counts)))}")
    elif len(set(shards)) < len(shards):
        yield Diagnostic("a shard is there twice", hint="name each folder once")
    elif missing := {Shard(number + 1, *counts) for number in range(*counts)} - set(shards):
        yield Diagnostic(f"no manifest of shard {', '.join(map(str, sorted(missing)))}")


def _read(path: Path) -> tuple[ManifestHead, list[dict[str, str]]]:
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    try:
        head = ManifestHead(**json.loads(first))
        Shard.parse(head.shard)
    except (TypeError, ValueError, DdconfError):
        raise DdconfError(f"{path} is not the manifest of a replay") from None
    return head, list(_whole_lines(rest))


def _whole_lines(text: str) -> Iterator[dict[str, str]]:
    """Lines up to one that was cut off as it was written."""
    for line in text.splitlines():
        try:
            document = json.loads(line)
            yield {key: str(document[key]) for key in ("name", "etag", "output")}
        except (KeyError, TypeError, ValueError):
            return


def _sum(outputs: Iterable[Path]) -> ReplayReport:
    tally = ReplayTally()
    for output in outputs:
        tally.add(_report(output))
    return tally.report()


def _report(path: Path) -> ReplayReport:
    try:
        return ReplayReport.from_plain(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        hint = "remove it, and run its shard again"
        raise DdconfError(Diagnostic(f"{path} is not the report of a file", hint=hint)) from None
