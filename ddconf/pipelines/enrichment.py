"""What some processors need beside the log: a geo database, reference tables, threat intelligence.

Datadog keeps these on its side; offline they are files that the user names. Nothing else here opens files.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ddconf.errors import DdconfError, Diagnostic

Rows = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Enrichment:
    """Files by what they are for; a CSV file has column names in its first row, keys in its first column."""

    geoip: tuple[Path, ...] = ()
    tables: Mapping[str, Path] = field(default_factory=dict)
    threat_intel: tuple[Path, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        return (*self.geoip, *self.tables.values(), *self.threat_intel)


def read_rows(path: Path) -> Rows:
    """A CSV file as key -> the other columns of its row; raises DdconfError when it cannot be read."""
    try:
        return _read_rows(path, path.stat().st_mtime_ns)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DdconfError(Diagnostic(f"cannot read the table {path}: {error}")) from error


@lru_cache(maxsize=64)
def _read_rows(path: Path, written: int) -> Rows:
    """As `read_rows`, once for each time the file was `written`."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines)
        _, *columns = next(reader, [""])
        return {row[0]: dict(zip(columns, row[1:], strict=False)) for row in reader if row}


@lru_cache(maxsize=8)
def open_geoip(path: Path) -> Any:
    """A MaxMind database opened for reading; raises DdconfError when that fails."""
    try:
        import maxminddb
    except ImportError as error:
        hint = "install the extra `geoip`, such as pip install '.[geoip]' in a checkout of ddconf"
        raise DdconfError(Diagnostic("a geo database needs the library maxminddb", hint=hint)) from error
    try:
        return maxminddb.open_database(str(path))
    except (OSError, ValueError, maxminddb.InvalidDatabaseError) as error:
        raise DdconfError(Diagnostic(f"cannot read the geo database {path}: {error}")) from error
