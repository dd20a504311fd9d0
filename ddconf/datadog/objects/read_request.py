"""What is to be read of an organisation, and what is known of it before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from ddconf.datadog.objects.nested import ObjectHints
from ddconf.kind import NONE, Kind, Live

Listed = Mapping[str, Sequence[Live]]
HintsFor = Callable[[Listed], Mapping[str, ObjectHints]]
"""Gives what is known of objects that no one list shows, by kind, from what the lists show."""


def no_hints(_listed: Listed) -> Mapping[str, ObjectHints]:
    """Of objects that no one list shows, those below listed ones are enough."""
    return NONE


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """The kinds to read whole, and those of which the list is enough (`list_only`).

    Of kinds that no one list shows, those objects are found that lie below a listed parent or that `hints`
    gives. Such kinds may be `deferrable`: they need not be there before somebody asks for them.
    `already_listed` are objects of other kinds, `expected_counts` how many objects of a kind should be there.
    With `skips_unreadable`, an object that cannot be read by itself is left out and noted; without, its kind
    has failed.
    """

    kinds: tuple[Kind, ...]
    list_only: tuple[Kind, ...] = ()
    hints: HintsFor = no_hints
    already_listed: Listed = NONE
    expected_counts: Mapping[str, int] = NONE
    deferrable: Collection[str] = ()
    skips_unreadable: bool = False
