"""Carry out a plan: changes in order of their references, in parallel where that is safe."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from ddconf.address import Address
from ddconf.errors import DdconfError, StaleError
from ddconf.operations.apply.confirm_writes import confirm
from ddconf.operations.apply.write import Writer
from ddconf.plans.change import Change, Plan, Result, ResultStatus
from ddconf.plans.order import REMOVALS


def apply(
    plan: Plan,
    writer: Writer,
    *,
    workers: int = 16,
    stop: threading.Event | None = None,
    on_start: Callable[[Change], None] = lambda change: None,
) -> Iterator[Result]:
    """Yield a Result per change as it ends; a failed one skips what depends on it, the rest goes on.

    A change that a list contradicts in the end gets a second Result, which counts. When `stop` is set,
    nothing new begins and what is in flight ends.
    """
    stop = stop or threading.Event()
    failed: set[Address] = set()
    removals = [change for change in plan.changes if change.action in REMOVALS]
    writes = [change for change in plan.changes if change.action not in REMOVALS]
    needs = {change.address: set(change.depends_on) for change in writes}
    yield from _phase(writes, needs, failed, writer, workers, stop, on_start)
    for change in writes:
        # What a failed change still uses must not be deleted.
        failed |= set(writer.dependencies(change)) if change.address in failed else set()
    after = {
        change.address: {other.address for other in removals if change.address in other.depends_on}
        for change in removals
    }
    yield from _phase(removals, after, failed, writer, workers, stop, on_start)
    yield from confirm(writer)


def _phase(
    changes: Sequence[Change],
    needs: dict[Address, set[Address]],
    failed: set[Address],
    writer: Writer,
    workers: int,
    stop: threading.Event,
    on_start: Callable[[Change], None],
) -> Iterator[Result]:
    by_address = {change.address: change for change in changes}
    sorter = TopologicalSorter({address: needs[address] & by_address.keys() for address in by_address})
    try:
        sorter.prepare()
    except CycleError as error:
        circle = " -> ".join(map(str, error.args[1]))
        raise DdconfError(f"the plan cannot be applied: its changes wait for one another: {circle}") from None
    ready: deque[Address] = deque()
    running: dict[Future[Result], Address] = {}
    with ThreadPoolExecutor(workers) as pool:
        while sorter.is_active():
            ready += sorter.get_ready()
            # Never more than the workers can begin at once: what waits in the pool would run after a stop.
            while ready and len(running) < workers:
                address = ready.popleft()
                change = by_address[address]
                why = _why_not(change, needs[address], failed, stop)
                if why:
                    failed.add(address)
                    sorter.done(address)
                    yield Result(change, ResultStatus.SKIPPED, why)
                else:
                    on_start(change)
                    running[pool.submit(_one, change, writer)] = address
            if not running:
                continue
            ended, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in ended:
                result = future.result()
                if result.status is not ResultStatus.DONE:
                    failed.add(result.change.address)
                sorter.done(running.pop(future))
                yield result


def _why_not(change: Change, needs: set[Address], failed: set[Address], stop: threading.Event) -> str:
    if stop.is_set():
        return "interrupted"
    if change.address in failed:
        return "something that still uses it failed"
    broken = sorted(str(address) for address in needs & failed)
    return f"{', '.join(broken)} failed" if broken else ""


def _one(change: Change, writer: Writer) -> Result:
    started = time.monotonic()
    try:
        status, note = writer.carry_out(change)
    except StaleError as error:
        return Result(change, ResultStatus.FAILED, str(error), time.monotonic() - started, stale=True)
    except DdconfError as error:
        return Result(change, ResultStatus.FAILED, str(error), time.monotonic() - started)
    # What was created has an id only now.
    entry = writer.entries.get(change.address)
    done = replace(change, id=entry.id) if entry else change
    rewritten = writer.rewritten.get(change.address, ())
    return Result(done, status, note, time.monotonic() - started, rewritten=rewritten)
