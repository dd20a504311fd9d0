"""How ddconf bears 20,000 objects, and how that grows from 2,000: `python -m benchmarks.scale`.

The stub answers, not the emulator: the emulator works as long for a request as ddconf does, on the same
processors, so it would be what is measured. Beside each run of ddconf stand the requests that it cannot do
without, made by as many bare connections: each page of a list after the one before it.
"""

from __future__ import annotations

import argparse
import http.client
import json
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import local

from benchmarks.large import Collection, Document, large
from benchmarks.measure import Row, Run, run
from benchmarks.plan import DDCONF, KEYS, counts, stub
from ddconf.definitions.yaml import reader, write
from ddconf.kind import Kind, find_kind, kind_names

WORKERS = 16
CHANGES = {"monitor": "message", "dashboard": "description"}
CHANGED = 100
Chain = list[tuple[str, str]]
"""Requests, method and path, of which each needs the one before it."""


@dataclass(frozen=True)
class Measured:
    """One run of ddconf beside the least that it must ask for."""

    run: Run
    requests: int
    least: int
    bare_seconds: float


def least(
    collections: Iterable[Collection], kinds: Iterable[Kind], *, details: bool
) -> tuple[list[Chain], Chain]:
    """Every list of these kinds once; then what lies below them, and the details that lists leave out.

    `details` are asked for even where they are kept by what the list tells.
    """
    at = {one.path: one for one in collections}
    chains: dict[str, Chain] = {}
    then: Chain = []
    for kind in kinds:
        api = kind.api
        if api is None or kind.manual:
            continue
        if (call := api.list or api.read) and not api.unlisted:
            many = len(at[call.path].items) if call.path in at else 0
            pages = range(many // api.pages.limit + 1) if api.pages and _is_paged(kind) else range(1)
            key = f"{call.path} {dict(call.params)} {api.pages if _is_paged(kind) else None}"
            chains[key] = [("GET", _page(kind, number)) for number in pages]
        elif call and not kind.key:
            chains[call.path] = [("GET", call.path)]
        if api.summary and api.read and (details or not api.modified or kind.secrets):
            then += [("GET", api.read.path.replace("{id}", str(item[kind.id]))) for item in own(kind, at)]
        if call and api.parent[1]:
            field = f"{{{api.parent[0]}}}"
            above = own(find_kind(api.parent[1]), at)
            then += [("GET", call.path.replace(field, str(item["id"]))) for item in above]
    return list(chains.values()), then


def _is_paged(kind: Kind) -> bool:
    """Whether no request lists them all."""
    api = kind.api
    return api is not None and api.list is not None and api.pages is not None and not api.pages.optional


def _page(kind: Kind, number: int) -> str:
    api = kind.api
    assert api is not None
    call = api.list or api.read
    assert call is not None
    if not (api.pages and _is_paged(kind)):
        return call.path
    start = api.pages.first + number * (api.pages.limit if api.pages.style == "offset" else 1)
    return f"{call.path}?{api.pages.start}={start}&{api.pages.size}={api.pages.limit}"


def own(kind: Kind, at: Mapping[str, Collection]) -> list[Document]:
    """The objects of a kind, out of the list that has them."""
    if kind.api is None or kind.api.list is None or kind.api.list.path not in at:
        return []
    where = kind.api.where.items()
    found = ({**item, **item.get("attributes", {})} for item in at[kind.api.list.path].items)
    return [
        item for item in found if all((item.get(name) or None) == (value or None) for name, value in where)
    ]


def bare(port: int, first: list[Chain], then: Chain) -> float:
    """Seconds that the requests alone take, on kept connections."""
    mine = local()

    def ask(chain: Chain) -> None:
        if not hasattr(mine, "connection"):
            mine.connection = http.client.HTTPConnection("127.0.0.1", port)
        for method, path in chain:
            mine.connection.request(method, path, b"{}" if method == "PUT" else None)
            mine.connection.getresponse().read()

    started = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(ask, sorted(first, key=len, reverse=True)))
        list(pool.map(ask, ([one] for one in then)))
    return time.perf_counter() - started


class Workspace:
    """A folder that has nothing yet, before a stub."""

    def __init__(self, folder: Path, port: int, total: int) -> None:
        self.folder, self.caches, self.port = folder / "work", folder / "caches", port
        self.folder.mkdir()
        self.collections = large(total)
        host = f"http://127.0.0.1:{port}"
        self.env = {**KEYS, "DD_HOST": host, "DDCONF_CACHE_DIR": str(self.caches)}

    def measure(self, first: list[Chain], then: Chain, *words: str) -> Measured:
        seconds = bare(self.port, first, then)
        counts(self.port)
        done = run([*DDCONF, *words, f"--parallelism={WORKERS}"], self.env, self.folder)
        requests, _ = counts(self.port)
        return Measured(done, requests, sum(map(len, first)) + len(then), seconds)

    def kinds(self) -> list[Kind]:
        """Those that have definitions."""
        return [find_kind(name) for name in kind_names() if (self.folder / name).is_dir()]

    def change(self) -> Chain:
        """Edit so many definitions; gives the reads and writes that this must lead to."""
        chain: Chain = []
        entries = json.loads((self.folder / ".ddconf" / "state.json").read_text(encoding="utf-8"))["entries"]
        for name, field in CHANGES.items():
            path = {"monitor": "/api/v1/monitor", "dashboard": "/api/v1/dashboard"}[name]
            for file in sorted((self.folder / name).iterdir())[: CHANGED // len(CHANGES)]:
                ((document, _),) = reader.load(file.read_text(encoding="utf-8"), str(file))
                for body in document[name].values():
                    body[field] = "changed by the benchmark"
                file.write_text(write.dump(document), encoding="utf-8")
                id_ = entries[f"{name}.{next(iter(document[name]))}"]["id"]
                chain += [("GET", f"{path}/{id_}"), ("PUT", f"{path}/{id_}")]
        return chain


def measured(total: int) -> dict[str, Measured]:
    """Every run at one size."""
    with tempfile.TemporaryDirectory() as name, stub(total=total) as port:
        work = Workspace(Path(name), port, total)
        written = [kind for kind in map(find_kind, kind_names()) if not kind.opt_in]
        found = {"export": work.measure(*least(work.collections, written, details=True), "export", "--all")}
        kinds = work.kinds()
        shutil.rmtree(work.caches)
        everything, lists = (least(work.collections, kinds, details=details) for details in (True, False))
        found["first plan"] = work.measure(*everything, "plan")
        found["plan, nothing to do"] = work.measure(*lists, "plan")
        writes = work.change()
        allowed = f"--allow-updates={CHANGED}"
        found["plan of 100 changes"] = work.measure(*lists, "plan", allowed)
        again, _ = least(work.collections, [find_kind("monitor")], details=False)
        first, then = lists
        found["apply of 100 changes"] = work.measure(
            [*first, *again], [*then, *writes], "apply", "--auto-approve", allowed
        )
        return found


def rows(sizes: tuple[int, int]) -> Iterator[Row]:
    small, large_ = (measured(total) for total in sizes)
    for name, one in large_.items():
        size, few = f"{sizes[1]:,} objects", small[name]
        note = f"{one.run.seconds:.1f} s, {one.run.cpu:.1f} s of work; bare {one.bare_seconds:.1f} s"
        yield Row(f"{name} / bare requests ({size})", one.run.seconds / one.bare_seconds, 1.5, note)
        told = f"{one.requests:,} of {one.least:,}"
        yield Row("  requests / least", one.requests / one.least, 1.01, told)
        yield Row("  peak memory, MB", one.run.megabytes, 1000, f"{few.run.megabytes:.0f} MB at {sizes[0]:,}")
        growth = one.run.cpu / few.run.cpu / (sizes[1] / sizes[0])
        yield Row(f"  work, growth from {sizes[0]:,} / linear", growth, 1.1, f"{few.run.cpu:.1f} s of work")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=2_000)
    parser.add_argument("--large", type=int, default=20_000)
    options = parser.parse_args()
    for row in rows((options.small, options.large)):
        print(row, flush=True)


if __name__ == "__main__":
    main()
