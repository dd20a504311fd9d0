"""What a person chose for one run: a frozen value for each group of flags in `flags.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ddconf.errors import DdconfError

if TYPE_CHECKING:
    from ddconf.pipelines import Enrichment

_NOT_GIVEN = (None, False, ())


@dataclass(frozen=True, kw_only=True)
class CommonOptions:
    """Where a command works, and how it prints."""

    chdir: Path | None = None
    sandbox: bool = False
    site: str | None = None
    allow_unknown: tuple[str, ...] = ()
    environment: str | None = None
    variables: tuple[str, ...] = ()
    variable_files: tuple[Path, ...] = ()
    no_color: bool = False
    debug: bool = False

    @classmethod
    def merged(cls, *layers: Mapping[str, Any]) -> CommonOptions:
        """The options of all layers, such as the program's and its command's: a later one wins if given."""
        given = {key: value for layer in layers for key, value in layer.items() if value not in _NOT_GIVEN}
        return cls(**{field.name: given[field.name] for field in fields(cls) if field.name in given})


@dataclass(frozen=True)
class RemoteOptions:
    """How Datadog is asked."""

    parallelism: int | None = None


@dataclass(frozen=True)
class LockOptions:
    """Whether to hold the state's lock, and how long to wait for it, as in `30s`."""

    lock: bool = True
    lock_timeout: str = "0s"


@dataclass(frozen=True)
class PlanOptions:
    """What a plan is to hold, and what it may do."""

    asks: bool = True
    policies: Path | None = None
    targets: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    destroy: bool = False
    refresh_only: bool = False
    check: bool = True
    adopt: bool = False
    allow_deletes: int | None = None
    allow_updates: int | None = None
    allow_irreversible: tuple[str, ...] = ()


@dataclass(frozen=True)
class LintOptions:
    """What `lint` is to print or to change; `policies` is the folder of those in Python."""

    output: str = "text"
    rules: bool = False
    explain: str | None = None
    fix: bool = False
    diff: bool = False
    policies: Path | None = None
    test_policies: bool = False


@dataclass(frozen=True)
class ApplyOptions:
    """All that `apply` and `destroy` were told; without a `plan_file` they make a plan.

    A `detached` plan file is not held against the definitions.
    """

    common: CommonOptions
    remote: RemoteOptions
    planning: PlanOptions
    locking: LockOptions
    auto_approve: bool = False
    plan_file: Path | None = None
    detached: bool = False


@dataclass(frozen=True)
class ShowOptions:
    """How a plan is printed."""

    output: str = "text"
    full: bool = False


@dataclass(frozen=True)
class EnrichmentOptions:
    """Files that enrich logs."""

    geoip: tuple[Path, ...] = ()
    tables: tuple[str, ...] = ()
    threat_intel: tuple[Path, ...] = ()

    def sources(self) -> Enrichment:
        """The files as the log pipelines take them; raises DdconfError for a table without a name."""
        from ddconf.pipelines import Enrichment

        wrong = [pair for pair in self.tables if "=" not in pair]
        if wrong:
            raise DdconfError(*(f"--table {pair}: expected NAME=FILE" for pair in wrong))
        pairs = (pair.split("=", 1) for pair in self.tables)
        return Enrichment(self.geoip, {name: Path(file) for name, file in pairs}, self.threat_intel)
