"""YAML: reading with positions and writing, beside PyYAML on the same real dashboards."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml as pyyaml

from benchmarks.measure import Row, interleaved
from benchmarks.organisation import organisation
from ddconf.cache.parse_cache import File, key_of, parse
from ddconf.cache.store import Cache
from ddconf.definitions.yaml import reader, write

DASHBOARDS, TIMES = 100, 7


def main() -> None:
    documents = organisation(DASHBOARDS, 0, 0).dashboards
    texts = [write.dump(document) for document in documents]
    with tempfile.TemporaryDirectory() as folder:
        files = [kept(Path(folder), number, text.encode()) for number, text in enumerate(texts)]
        cache = Cache(None)
        seconds = interleaved(
            {
                "read": lambda: timed(lambda text: reader.load(text, "a.yaml"), texts),
                "read by PyYAML": lambda: timed(lambda text: pyyaml.load(text, pyyaml.CSafeLoader), texts),
                "read from the cache": lambda: timed(lambda file: parse(file, cache), files),
                "write": lambda: timed(write.dump, documents),
                "write by PyYAML": lambda: timed(pyyaml_dump, documents),
            },
            TIMES,
        )
    milliseconds = {name: f"{1000 * value / DASHBOARDS:.2f} ms each" for name, value in seconds.items()}
    for name, peer, goal in (
        ("read", "read by PyYAML", 0.3),
        ("read from the cache", "read by PyYAML", 0.1),
        ("write", "write by PyYAML", 0.2),
    ):
        ratio = seconds[name] / seconds[peer]
        print(Row(f"YAML: {name} / {peer}", ratio, goal, f"{milliseconds[name]}, {milliseconds[peer]}"))


def kept(folder: Path, number: int, content: bytes) -> File:
    path = folder / f"{number}.yaml"
    path.write_bytes(content)
    return File(str(path), path.name, key_of(content, path.name), len(content))


def pyyaml_dump(document: Any) -> str:
    return pyyaml.dump(document, Dumper=pyyaml.CSafeDumper, sort_keys=False, allow_unicode=True)


def timed(work: Callable[[Any], object], items: list[Any]) -> float:
    """Seconds for all items; results are kept, as a plan keeps them."""
    started = time.perf_counter()
    kept = [work(item) for item in items]
    seconds = time.perf_counter() - started
    assert len(kept) == len(items)
    return seconds


if __name__ == "__main__":
    main()
