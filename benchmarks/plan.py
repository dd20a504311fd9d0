"""How much longer a plan takes than the requests that no plan can do without: `python -m benchmarks.plan`."""

from __future__ import annotations

import argparse
import http.client
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import local

from benchmarks.measure import Row, interleaved, run

WORKERS = 16
DDCONF = [sys.executable, "-m", "ddconf"]
KEYS = {"DD_API_KEY": "0" * 32, "DD_APP_KEY": "0" * 40}


@contextmanager
def stub(dashboards: int = 0, monitors: int = 0, pipelines: int = 0, *, total: int = 0) -> Iterator[int]:
    """A stub server in a process of its own, with so many of each or a large organisation; gives its port."""
    sizes = [f"--dashboards={dashboards}", f"--monitors={monitors}", f"--pipelines={pipelines}"]
    sizes.append(f"--total={total}")
    command = [sys.executable, "-m", "benchmarks.stub", *sizes]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def get(connection: http.client.HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    return connection.getresponse().read()


def bare(port: int, monitors: int) -> int:
    """The least: every list, then every dashboard, on kept connections; returns the number of requests."""
    mine = local()

    def fetch(path: str) -> bytes:
        if not hasattr(mine, "connection"):
            mine.connection = http.client.HTTPConnection("127.0.0.1", port)
        return get(mine.connection, path)

    # A list has ended when a page is not full.
    pages = [f"/api/v1/monitor?page={page}&page_size=1000" for page in range(monitors // 1000 + 1)]
    lists = ["/api/v1/dashboard", "/api/v1/logs/config/pipelines", *pages]
    with ThreadPoolExecutor(WORKERS) as pool:
        answers = list(pool.map(fetch, lists))
        ids = [one["id"] for one in json.loads(answers[0])["dashboards"]]
        list(pool.map(fetch, (f"/api/v1/dashboard/{id_}" for id_ in ids)))
    return len(lists) + len(ids)


def counts(port: int) -> tuple[int, int]:
    """Requests and connections since the last call."""
    requests, connections = json.loads(get(http.client.HTTPConnection("127.0.0.1", port), "/counts"))
    return requests, connections - 1


def timed_bare(port: int, monitors: int) -> float:
    started = time.perf_counter()
    bare(port, monitors)
    return time.perf_counter() - started


class Workspace:
    """A folder of definitions exported from the stub, so that its plan is empty."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.caches = folder / "work", folder / "caches"
        self.folder.mkdir()
        host = f"http://127.0.0.1:{port}"
        self.env = {**KEYS, "DD_HOST": host, "DDCONF_CACHE_DIR": str(self.caches)}
        self.cpu: dict[str, float] = {}
        """Of the last plan; what a busy machine does not change."""
        kinds = [f"--kind={name}" for name in ("dashboard", "monitor", "logs_custom_pipeline")]
        self.exported = run([*DDCONF, "export", *kinds], self.env, self.folder)

    def plan(self, kept: str) -> float:
        """Seconds of a plan; `kept` says what there is from earlier ones: nothing, parsed YAML, or all."""
        for file in self.caches.glob("*/*"):
            if kept == "nothing" or (kept == "yaml" and file.name != "definitions"):
                file.unlink()
        ended = run(
            [*DDCONF, "plan", "--detailed-exitcode", f"--parallelism={WORKERS}"], self.env, self.folder
        )
        self.megabytes = ended.megabytes
        self.cpu[kept] = ended.cpu
        return ended.seconds


def rows(dashboards: int, monitors: int, pipelines: int, times: int) -> Iterator[Row]:
    """Wall time and requests of plans with nothing to do, cold and warm."""
    with tempfile.TemporaryDirectory() as folder, stub(dashboards, monitors, pipelines) as port:
        work = Workspace(Path(folder), port)
        counts(port)
        least = bare(port, monitors)
        counts(port)
        work.plan("nothing")
        cold_requests, connections = counts(port)
        work.plan("all")
        warm_requests, _ = counts(port)
        taken = interleaved(
            {
                "bare": lambda: timed_bare(port, monitors),
                "nothing": lambda: work.plan("nothing"),
                "yaml": lambda: work.plan("yaml"),
                "all": lambda: work.plan("all"),
            },
            times,
        )
    size = f"{dashboards} dashboards, {monitors} monitors, {pipelines} pipelines"
    first = f"{taken['nothing']:.2f} s, {work.cpu['nothing']:.2f} s of work"
    yield Row(f"first plan / bare requests ({size})", taken["nothing"] / taken["bare"], 1.35, first)
    parsed = f"{taken['yaml']:.2f} s, {work.cpu['yaml']:.2f} s of work"
    yield Row("  the same with YAML that was parsed before", taken["yaml"] / taken["bare"], 1.2, parsed)
    yield Row("  requests / least", cold_requests / least, 1.0, f"{cold_requests} of {least}")
    yield Row("  connections / workers", connections / WORKERS, (WORKERS + 1) / WORKERS, str(connections))
    again = f"{warm_requests} requests, {work.cpu['all']:.2f} s of work"
    yield Row("plan with nothing changed, warm, seconds", taken["all"], 0.5, again)
    yield Row("  requests / least", warm_requests / (least - dashboards), 1.0)
    yield Row(
        "export / bare requests",
        work.exported.seconds / taken["bare"],
        None,
        f"{work.exported.seconds:.2f} s",
    )


def memory(dashboards: int) -> Iterator[Row]:
    """Peak memory of a plan of dashboards alone."""
    with tempfile.TemporaryDirectory() as folder, stub(dashboards) as port:
        work = Workspace(Path(folder), port)
        work.plan("nothing")
    yield Row(f"peak memory of a plan of {dashboards} dashboards, MB", work.megabytes, 400)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--dashboards", type=int, default=1000)
    parser.add_argument(
        "--large", type=int, default=5000, help="dashboards of the memory measurement; 0 skips it"
    )
    options = parser.parse_args()
    for row in rows(options.dashboards, 1000, 200, options.times):
        print(row, flush=True)
    if options.large:
        for row in memory(options.large):
            print(row, flush=True)


if __name__ == "__main__":
    main()
