"""What an export leaves out, and why."""

from __future__ import annotations

from collections.abc import Collection

from ddconf.definitions.settings import Settings
from ddconf.kind import find_kind, kind_names

REMOVED = "`removed:` names it"


def closed_kinds(settings: Settings) -> dict[str, str]:
    """The kinds that may not be written, and why: those that `allow_writes` would have to name."""
    names = [name for name in kind_names() if name not in settings.allow_writes]
    return {name: why for name in names if (why := find_kind(name).opt_in)}


def exportable_kinds(closed: Collection[str], *, everything: bool, owned: Collection[str] = ()) -> list[str]:
    """The kinds that an export writes where none is named.

    Users and settings are among them with `everything`, and where the state has some already (`owned`).
    """
    written = [kind for kind in map(find_kind, kind_names()) if not (kind.api and kind.api.system_owned)]
    wanted = [kind for kind in written if everything or kind.name in owned or not kind.asked_only]
    return [kind.name for kind in wanted if kind.name not in closed]
