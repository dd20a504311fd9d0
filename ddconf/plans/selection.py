"""Which addresses a plan is about, after `--target` and `--exclude`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ddconf.address import Address
from ddconf.errors import Diagnostic

Edges = Mapping[Address, Iterable[Address]]


def select(
    needs: Edges, orphans: Edges, targets: Sequence[str], excludes: Sequence[str]
) -> tuple[set[Address], list[Diagnostic]]:
    """The chosen addresses, and targets that name nothing.

    `needs` are the references of what is defined, `orphans` those of what goes. A target brings with it
    what it refers to, or if it goes, what refers to it; an exclusion works the other way round.
    """
    every = {*needs, *orphans}
    wanted, mistakes = named("--target", targets, every)
    unwanted, more = named("--exclude", excludes, every)
    mistakes += more
    chosen = every
    if targets:
        chosen = _closure(wanted, needs) | _closure(wanted & orphans.keys(), _reversed(orphans))
    without = _closure(unwanted, _reversed(needs)) | _closure(unwanted & orphans.keys(), orphans)
    return (chosen - without) & every, mistakes


def named(flag: str, texts: Sequence[str], every: Iterable[Address]) -> tuple[set[Address], list[Diagnostic]]:
    """The addresses that a flag's texts name, and a mistake for each that names nothing."""
    found: set[Address] = set()
    mistakes = []
    for text in texts:
        meant = {address for address in every if _names(text, address)}
        if not meant:
            message = f"{flag} {text}: neither defined nor in the state"
            mistakes.append(Diagnostic(message, hint=_nearest(text, every)))
        found |= meant
    return found, mistakes


def _nearest(text: str, every: Iterable[Address]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(text, map(str, every), 1)
    return f"did you mean '{near[0]}'?" if near else "`ddconf state list` shows what the state has"


def _names(text: str, address: Address) -> bool:
    """`monitor.latency` also names every `monitor.latency[...]`."""
    return str(address) == text or str(address).startswith(f"{text}[")


def _closure(start: Iterable[Address], edges: Edges) -> set[Address]:
    found: set[Address] = set()
    waiting = list(start)
    while waiting:
        address = waiting.pop()
        if address not in found:
            found.add(address)
            waiting += edges.get(address, ())
    return found


def _reversed(edges: Edges) -> Edges:
    back: dict[Address, list[Address]] = defaultdict(list)
    for address, others in edges.items():
        for other in others:
            back[other].append(address)
    return back
