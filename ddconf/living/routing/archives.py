"""Archives: the first whose query matches keeps a log, in files laid out as Datadog lays them out.

https://docs.datadoghq.com/logs/log_configuration/archives/#format-of-the-archives
"""

from __future__ import annotations

import gzip
import json
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ddconf.document import Document
from ddconf.pipelines.log import Log
from ddconf.pipelines.query import Query, parse_query


@dataclass(frozen=True, slots=True)
class Archive:
    id: str
    name: str
    query: Query
    include_tags: bool = False
    prefix: str = ""


def read_archive(document: Document) -> Archive:
    """From the API's document; raises QueryError for a query that cannot be read."""
    destination = document.get("destination") or {}
    return Archive(
        str(document["id"]),
        str(document.get("name", "")),
        parse_query(str(document.get("query") or "")),
        bool(document.get("include_tags")),
        str(destination.get("path") or "").strip("/"),
    )


def archived_event(id: str, log: Log, *, include_tags: bool) -> Document:
    """The log as a line of an archive."""
    moment = datetime.fromtimestamp((log.timestamp or 0) / 1000, UTC)
    event: Document = {
        "_id": id,
        "date": moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z",
        "status": log.status,
        "service": log.service,
        "source": log.source,
        "host": log.host,
        "message": log.message,
        "attributes": log.attributes,
    }
    kept = {key: value for key, value in event.items() if value is not None}
    return kept | ({"tags": list(log.tags)} if include_tags else {})


def write_archive(folder: Path, archive: Archive, events: Iterable[tuple[int, Document]]) -> list[Path]:
    """Write events, each with its time in milliseconds, one file an hour; gives the files."""
    by_hour: dict[str, list[tuple[int, Document]]] = {}
    for moment, event in events:
        by_hour.setdefault(_hour(moment), []).append((moment, event))
    return [_write(folder / _safe(archive) / hour, items) for hour, items in by_hour.items()]


def _hour(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1000, UTC).strftime("dt=%Y%m%d/hour=%H")


def _safe(archive: Archive) -> Path:
    """The archive's folder: its name, since several archives of other clouds stand side by side here."""
    parts = [
        re.sub(r"[^\w. -]+", "_", part).strip(". ") for part in (archive.name, *archive.prefix.split("/"))
    ]
    return Path(*(part for part in parts if part)) if any(parts) else Path(archive.id)


def _write(folder: Path, items: list[tuple[int, Document]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    first = datetime.fromtimestamp(items[0][0] / 1000, UTC)
    name = f"archive_{first:%H%M%S}.{first.microsecond // 100:04}.{uuid.uuid4()}.json.gz"
    lines = "".join(json.dumps(event, ensure_ascii=False) + "\n" for _, event in items)
    unfinished = folder / f".{name}"
    unfinished.write_bytes(gzip.compress(lines.encode()))
    return unfinished.rename(folder / name)
