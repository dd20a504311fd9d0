"""A plan and its changes, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ddconf.address import Address
from ddconf.document import JSON, Document, Path
from ddconf.errors import Source

FORMAT = 1


class Action(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    DELETE = "delete"
    ADOPT = "adopt"
    FORGET = "forget"
    """Leave the object alone and drop its entry: it is gone, or its kind cannot be deleted."""
    MANUAL = "manual"
    NOOP = "noop"


class Cause(StrEnum):
    CONFIG = "config"
    DRIFT = "drift"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One leaf that changes; a list counts as one leaf. None stands for absent. Secrets are digests."""

    path: Path
    before: JSON
    after: JSON
    cause: Cause


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one address, and why."""

    address: Address
    action: Action
    id: str = ""
    before: Document | None = None
    """The normalized live document; None where there is none."""
    desired: Document | None = None
    """The definition with `${kind.name}` and `${secret.X}` still unresolved; None for delete and forget."""
    fields: tuple[FieldChange, ...] = ()
    depends_on: tuple[Address, ...] = ()
    moved_from: Address | None = None
    reason: str = ""
    source: Source | None = None
    ignore: tuple[str, ...] = ()
    protect: bool = False
    owner: str = ""
    """The mark of another state that the object bears: the change would take it from there."""
    adopt: bool = False
    """The definition says that it may."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Id -> address or name, for the ids of other objects that stand in `fields`."""
    looked_up: Mapping[str, str] = field(default_factory=dict)
    """Reference -> id, for the look-ups in `desired`: `permission[logs_read_data]`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Changes in a valid order: dependencies first, deletes last and reversed. NOOP changes are left out."""

    changes: tuple[Change, ...]
    site: str
    lineage: str
    serial: int
    created: str
    """ISO 8601, UTC."""
    unchanged: int = 0
    unmanaged: int = 0
    """Live objects of the kinds looked at that are not ours."""
    format: int = FORMAT


class ResultStatus(StrEnum):
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Result:
    """How one change went."""

    change: Change
    status: ResultStatus
    error: str = ""
    seconds: float = 0.0
    stale: bool = False
    """It failed since the object is no longer what the plan saw."""
    rewritten: tuple[Path, ...] = ()
    """The fields that Datadog shows with a value of its own since."""

    @property
    def is_deleted(self) -> bool:
        return self.status is ResultStatus.DONE and self.change.action is Action.DELETE
