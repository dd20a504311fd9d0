"""Run logs through the pipelines of a folder, offline, on several processes where there are many."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from ddconf.address import Address
from ddconf.document import Document
from ddconf.pipelines.enrichment import Enrichment

if TYPE_CHECKING:
    from ddconf.pipelines import Outcome

_WORTH_PROCESSES = 1.0
"""Seconds of work after which other processes are started: each must be started, and compiles."""
_MOST_WAITING = 4
"""Blocks under way for each process, so that memory stays the same however many lines there are."""
_FULL = 32_000
"""Characters of a block from which on lines come faster than they are run; smaller ones are run at once."""


@dataclass(frozen=True, slots=True)
class LogOrigin:
    """Where logs come from, as the Agent would tell."""

    source: str | None = None
    service: str | None = None
    tags: tuple[str, ...] = ()


UNKNOWN_ORIGIN = LogOrigin()


@dataclass(frozen=True)
class Simulation:
    """Pipelines, and what is said of the logs that run through them.

    With `meant`, logs that come with no source, service or tags get what the filter of the first pipeline
    asks for.
    """

    pipelines: Mapping[Address, Document]
    origin: LogOrigin = UNKNOWN_ORIGIN
    preprocess: bool = True
    enrichment: Enrichment = field(default_factory=Enrichment)
    meant: bool = False


@dataclass(frozen=True, slots=True)
class SimulatedBlock:
    """A block of lines: the logs as lines of JSON, how many there were, how many some pipeline took."""

    text: str
    logs: int
    taken: int


def traced(simulation: Simulation, lines: Iterable[str]) -> Iterator[tuple[str, Outcome]]:
    """Each line with its outcome and all steps: a text, or a JSON object, as Datadog's intake takes it."""
    run = _runner(simulation)
    for line in lines:
        if line.strip():
            text = line.rstrip("\r\n")
            yield text, run(text, True)


def simulate(
    simulation: Simulation, blocks: Iterable[Sequence[str]], processes: int | None = None
) -> Iterator[SimulatedBlock]:
    """Each block of lines as it is done, in order; on all processors after the first second of work."""
    run_block = _block_runner(simulation)
    wanted = processes or os.cpu_count() or 1
    rest = iter(blocks)
    started = perf_counter()
    for block in rest:
        yield run_block(block)
        if wanted > 1 and (processes or perf_counter() - started > _WORTH_PROCESSES):
            yield from _in_processes(simulation, rest, wanted, run_block)


def _in_processes(
    simulation: Simulation,
    blocks: Iterable[Sequence[str]],
    processes: int,
    run_block: Callable[[Sequence[str]], SimulatedBlock],
) -> Iterator[SimulatedBlock]:
    from ddconf.cache.worker_pool import WorkerProcesses

    waiting: deque[tuple[Sequence[str], Future[Any]]] = deque()

    def first() -> SimulatedBlock:
        block, future = waiting.popleft()
        try:
            return SimulatedBlock(*future.result())
        except OSError:  # that process is gone, for whatever reason
            return run_block(block)

    with WorkerProcesses(f"{__name__}:worker", _packed(simulation), processes) as workers:
        for block in blocks:
            if sum(map(len, block)) < _FULL:
                while waiting:
                    yield first()
                yield run_block(block)
                continue
            waiting.append((block, workers.submit(list(block))))
            while waiting and (len(waiting) > _MOST_WAITING * processes or waiting[0][1].done()):
                yield first()
        while waiting:
            yield first()


def worker(packed: Any) -> Callable[[list[str]], tuple[str, int, int]]:
    """What a process does with each block."""
    run_block = _block_runner(_unpacked(packed))

    def work(block: list[str]) -> tuple[str, int, int]:
        done = run_block(block)
        return done.text, done.logs, done.taken

    return work


def _packed(simulation: Simulation) -> Any:
    """In plain values, for another process."""
    origin, enrichment = simulation.origin, simulation.enrichment
    return (
        [(str(address), document) for address, document in simulation.pipelines.items()],
        (origin.source, origin.service, origin.tags),
        (simulation.preprocess, simulation.meant),
        (
            [str(path) for path in enrichment.geoip],
            {name: str(path) for name, path in enrichment.tables.items()},
            [str(path) for path in enrichment.threat_intel],
        ),
    )


def _unpacked(packed: Any) -> Simulation:
    pipelines, origin, (preprocess, meant), (geoip, tables, threat_intel) = packed
    enrichment = Enrichment(
        tuple(map(Path, geoip)),
        {name: Path(path) for name, path in tables.items()},
        tuple(map(Path, threat_intel)),
    )
    documents = {Address(*address.split(".", 1)): document for address, document in pipelines}
    return Simulation(documents, LogOrigin(*origin), preprocess, enrichment, meant)


def _block_runner(simulation: Simulation) -> Callable[[Sequence[str]], SimulatedBlock]:
    run = _runner(simulation)

    def run_block(block: Sequence[str]) -> SimulatedBlock:
        lines, taken = [], 0
        for line in block:
            if line and not line.isspace():
                outcome = run(line, False)
                lines.append(outcome.log.as_json_line())
                taken += outcome.taken > 0
        return SimulatedBlock("".join(f"{line}\n" for line in lines), len(lines), taken)

    return run_block


def _runner(simulation: Simulation) -> Callable[[str, bool], Outcome]:
    """The function (line, trace) -> outcome."""
    from ddconf.pipelines import Log, compile_pipelines
    from ddconf.pipelines.sample_context import fields_asked_for

    documents = list(simulation.pipelines.values())
    compiled = compile_pipelines(documents, enrichment=simulation.enrichment)
    official = {"source": simulation.origin.source, "service": simulation.origin.service}
    origin: dict[str, Any] = {**official, "tags": simulation.origin.tags}
    if simulation.meant and not any(origin.values()):
        origin = fields_asked_for(documents[0])
    preprocess = simulation.preprocess

    def run(line: str, trace: bool) -> Outcome:
        return compiled.run(Log.from_text(line, preprocess=preprocess, **origin), trace=trace)

    return run
