"""Files as the parser gives them, each definition packed; kept, so that no file is parsed twice.

Most files hold nothing but definitions without `${`, `for_each:` or `ddconf:`, so those are kept as rows, of
which nothing is copied that nobody looks at. Many new files are parsed by other processes, since the parser
holds the interpreter's lock while this one reads from the network.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from ddconf.address import is_name
from ddconf.cache.store import Cache, unmarshal
from ddconf.definitions.files import decode, read_bytes
from ddconf.definitions.yaml.positions import spans
from ddconf.document import JSON, pack
from ddconf.errors import DdconfError
from ddconf.kind import kind_names

_OURS = ("ddconf", "for_each")
_WORTH_A_PROCESS = 1_000_000
"""Bytes; parsing so much takes several times as long as starting a process."""
_SLICE = 500_000
"""Bytes that a process parses at once: few, so that all end at the same time."""

Body = tuple[bytes, bytes]
"""What stands in a parsed document for a definition without `${`, `for_each:` or `ddconf:`: packed, with its
marks. JSON has no tuples, so it cannot be taken for anything else."""
Document = tuple[JSON, bytes]
"""One YAML document and its marks, in which a Body counts as one."""
Row = tuple[str, str, int, int, int]
"""A definition of a plain file: its kind and name, and where among `content` its body begins, where that
ends and its marks begin, and where those end."""
_HEAD = 4
"""Bytes that tell how long what comes before the content is."""


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """The documents of a file; or the rows of one that holds nothing but plain definitions."""

    documents: list[Document]
    rows: list[Row]
    content: memoryview


def key_of(content: bytes, file: str) -> bytes:
    """What the parsed form of a file is kept under."""
    suffix = b".json" if file.endswith(".json") else b""
    return sha256(content + suffix).digest()


@dataclass(frozen=True, slots=True)
class File:
    """A file that was read once; its content is not kept, since all together would be large."""

    path: str
    shown: str
    key: bytes
    size: int


def parse(file: File, cache: Cache) -> ParsedFile:
    """What a file holds; raises DdconfError with every mistake."""
    kept = cache.get(file.key)
    if kept is not None and (parsed := _kept(kept)):
        return parsed
    key, packed = parse_text(read_bytes(file.path), file.shown)
    cache.put(key, packed)
    return read(packed)


def read(packed: bytes) -> ParsedFile:
    """What `parse_text` gave."""
    parsed = _kept(memoryview(packed))
    assert parsed is not None
    return parsed


def _kept(packed: memoryview) -> ParsedFile | None:
    """None where it is not what `parse_text` gives."""
    end = _HEAD + int.from_bytes(packed[:_HEAD])
    content = packed[end:]

    def checked(found: object) -> ParsedFile | None:
        match found:
            case (list(documents), list(rows)):
                is_whole = all(_are_marks(len(marks)) for _, marks in documents) and all(
                    0 <= start <= middle <= end <= len(content) and _are_marks(end - middle)
                    for _, _, start, middle, end in rows
                )
                return ParsedFile(documents, rows, content) if is_whole else None
        return None

    return unmarshal(packed[_HEAD:end], checked)


def _are_marks(length: int) -> bool:
    return length % array("Q").itemsize == 0


def parse_in_workers(files: Iterable[File], cache: Cache) -> None:
    """Parse what the cache does not have, by other processes if it is much. Mistakes are left to `parse`."""
    new = [file for file in files if file.key not in cache]
    if sum(file.size for file in new) < _WORTH_A_PROCESS:
        return
    from ddconf.cache.worker_pool import WorkerProcesses

    with WorkerProcesses(f"{__name__}:parser") as apart:
        for parsed in [apart.submit(files) for files in _slices(new)]:
            with suppress(OSError):
                for key, documents in parsed.result().items():
                    cache.put(key, documents)


def _slices(files: Iterable[File]) -> Iterator[list[tuple[str, str]]]:
    """Paths and shown names of as much as a process is given at once."""
    taken: list[tuple[str, str]] = []
    size = 0
    for file in files:
        taken.append((file.path, file.shown))
        size += file.size
        if size >= _SLICE:
            yield taken
            taken, size = [], 0
    yield taken


def parser(_about: None) -> Callable[[list[tuple[str, str]]], dict[bytes, bytes]]:
    """What another process does: files, each with its shown name -> their parsed forms by key."""

    def parsed(files: list[tuple[str, str]]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        for path, name in files:
            with suppress(DdconfError):
                key, documents = parse_text(read_bytes(path), name)
                found[key] = documents
        return found

    return parsed


def parse_text(content: bytes, shown: str) -> tuple[bytes, bytes]:
    """The parsed form of a file's content, and the key it is kept under."""
    from ddconf.definitions.yaml import reader

    documents = [_packed(*document) for document in reader.parse(decode(content, shown), shown)]
    rows: list[Row] = []
    bodies: list[bytes] = []
    if all(map(_is_plain, documents)):
        end = 0
        for kind, name, body, marks in _bodies(documents):
            start, middle, end = end, end + len(body), end + len(body) + len(marks)
            rows.append((kind, name, start, middle, end))
            bodies += (body, marks)
        documents = [] if rows else documents
    head = marshal.dumps((documents, rows))
    return key_of(content, shown), b"".join((len(head).to_bytes(_HEAD), head, *bodies))


def _is_plain(document: Document) -> bool:
    """Whether there is nothing but packed definitions, and no mistake to tell of."""
    value, _ = document
    return isinstance(value, dict) and all(
        section in kind_names()
        and isinstance(names, dict)
        and all(isinstance(body, tuple) and is_name(name) for name, body in names.items())
        for section, names in value.items()
    )


def _bodies(documents: Iterable[Document]) -> Iterator[tuple[str, str, bytes, bytes]]:
    for value, _ in documents:
        for kind, names in value.items():
            for name, (body, marks) in names.items():
                yield kind, name, body, marks


def _packed(value: JSON, marks: array[int]) -> Document:
    """The document with its plain definitions packed."""
    if not isinstance(value, dict):
        return value, marks.tobytes()
    packed: dict[str, JSON] = {}
    kept = marks[:1]
    for section, names, start, stop in spans(value, 0, len(marks)):
        if section not in kind_names() or not isinstance(names, dict):
            packed[section] = names
            kept += marks[start:stop]
            continue
        packed[section] = {}
        kept.append(marks[start])
        for name, body, first, last in spans(names, start, stop):
            content = pack(body)
            if isinstance(body, dict) and b"${" not in content and not any(key in body for key in _OURS):
                packed[section][name] = (content, marks[first:last].tobytes())
                kept.append(marks[first])
            else:
                packed[section][name] = body
                kept += marks[first:last]
    return packed, kept.tobytes()
