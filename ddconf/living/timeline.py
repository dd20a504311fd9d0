"""What happens as time passes: flushes, archives, retention, and whatever else is due every minute."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import groupby

from ddconf.living.monitors.engine import evaluate_monitors
from ddconf.living.routing.archives import archived_event, write_archive
from ddconf.living.sandbox import Sandbox

_STEP = timedelta(minutes=1)
_FURTHEST = timedelta(days=31)


def advance(sandbox: Sandbox, span: timedelta) -> None:
    """Move a clock that stands still, minute by minute; what is due is done when this returns.

    Raises ValueError for more than a month.
    """
    if span > _FURTHEST:
        raise ValueError(f"the clock is moved by {_FURTHEST.days} days at most, not by {span}")
    sandbox.clock.hold()
    end = sandbox.clock() + span
    while sandbox.clock() < end:
        now = sandbox.clock()
        minute = now.replace(second=0, microsecond=0) + _STEP
        sandbox.clock.hold(min(minute, end))
        if minute <= end:
            run_due(sandbox)
    sandbox.flush_statsd()


def run_due(sandbox: Sandbox) -> None:
    """Do what is done every minute."""
    sandbox.flush_statsd()
    write_archives(sandbox)
    kept = sandbox.settings
    if not kept.any_age:
        oldest = sandbox.clock.seconds - kept.hours * 3600
        sandbox.metrics.trim(oldest)
    sandbox.logs.trim(
        kept.most_logs, 0 if kept.any_age else (sandbox.clock.seconds - kept.hours * 3600) * 1000
    )
    evaluate_monitors(sandbox)


def write_archives(sandbox: Sandbox) -> None:
    """Write what has come in since the last time; without a folder, note only that it would be written."""
    waiting = list(sandbox.logs.to_archive())
    if not waiting:
        return
    archives = {archive.id: archive for archive in sandbox.routing().archives}
    folder = sandbox.settings.archive_folder
    for id, group in groupby(sorted(waiting, key=lambda item: item[0]), key=lambda item: item[0]):
        archive, logs = archives.get(id), [stored for _, stored in group]
        if folder is not None and archive is not None:
            events = (
                (one.moment, archived_event(one.id, one.log, include_tags=archive.include_tags))
                for one in logs
            )
            write_archive(folder, archive, events)
    with sandbox.database.transaction():
        sandbox.logs.archived(stored.number for _, stored in waiting)


@contextmanager
def passing(sandbox: Sandbox) -> Iterator[None]:
    """Do what is due whenever a minute of the machine's clock begins, while the context lasts."""
    ended = threading.Event()

    def run() -> None:
        while not ended.wait(60 - sandbox.clock().timestamp() % 60):
            if not sandbox.clock.is_held:
                run_due(sandbox)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        write_archives(sandbox)
