"""Who runs the files of a replay: this machine, a Dask cluster, or what another package plugs in.

A package offers a runner as an entry point of the group `ddconf.runners`: a function of the work and the
files, which gives what the work gives for each, in any order.

>>> def run(work, files):  # of a package that uses Ray
...     remote = ray.remote(work.func)
...     yield from ray.get([remote.remote(*work.args, file) for file in files])
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib.metadata import entry_points
from typing import Any

from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.replay.log_file import RecordedFile
from ddconf.operations.replay.replay import FileReport, PipelineChange, replay_file

Work = Callable[[RecordedFile], FileReport]
Runner = Callable[[Work, Sequence[RecordedFile]], Iterable[FileReport]]
GROUP = "ddconf.runners"
_RETRIES = 3
"""Of a file whose worker was lost; Dask itself moves the work of a dead worker elsewhere."""


def work_of(change: PipelineChange) -> Work:
    """The function that is mapped over files; it can be pickled."""
    return partial(replay_file, change)


def find_runner(name: str) -> Runner:
    """A runner that an installed package offers; raises DdconfError for an unknown one."""
    found = {entry.name: entry for entry in entry_points(group=GROUP)}
    if name not in found:
        known = ", ".join(sorted(found)) or "none"
        hint = f"installed are: {known}; a package offers one as an entry point of {GROUP}"
        raise DdconfError(Diagnostic(f"no runner '{name}'", hint=hint))
    try:
        runner: Runner = found[name].load()
    except (ImportError, AttributeError) as error:
        raise DdconfError(f"the runner '{name}' cannot be loaded: {error}") from None
    return runner


def run_on_dask(address: str) -> Runner:
    """A runner on the cluster of a scheduler, such as tcp://scheduler:8786; its workers need ddconf too."""

    def run(work: Work, files: Sequence[RecordedFile]) -> Iterator[FileReport]:
        client, as_completed = _connected(address)
        with client:
            futures = client.map(work, files, pure=False, retries=_RETRIES)
            names = {future.key: file.name for future, file in zip(futures, files, strict=True)}
            for future in as_completed(futures):
                yield _result(future, names[future.key])
                future.release()

    return run


def _result(future: Any, name: str) -> FileReport:
    try:
        report: FileReport = future.result()
    except DdconfError:
        raise
    except Exception as error:  # whatever a worker, its machine or the scheduler may run into
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        hint = "see the scheduler's log; workers need this ddconf, and the files by the same path"
        raise DdconfError(Diagnostic(f"Dask could not run {name}: {reason}", hint=hint)) from None
    return report


def _connected(address: str) -> tuple[Any, Any]:
    try:
        import distributed
    except ImportError:
        hint = "install the extra `dask`, such as pip install '.[dask]' in a checkout of ddconf"
        raise DdconfError(Diagnostic("--dask needs the package distributed", hint=hint)) from None
    try:
        connect: Any = distributed.Client  # which has no types
        return connect(address, timeout="20s"), distributed.as_completed
    except (OSError, ValueError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise DdconfError(f"no Dask scheduler at {address}: {reason}") from None
