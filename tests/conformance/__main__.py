"""Every set of a corpus folder as a table and as JSON: `python -m tests.conformance CORPUS [--json FILE]`."""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
from pathlib import Path

import tests.conformance


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--json", type=Path, dest="json_file")
    options = parser.parse_args()
    sets = [
        result
        for module in pkgutil.iter_modules(tests.conformance.__path__)
        if not module.name.startswith(("_", "test_"))
        for result in importlib.import_module(f"tests.conformance.{module.name}").run(options.corpus)
    ]
    for result in sets:
        print(f"{result['set']:40} {result['passed']:6} of {result['total']:6}")
    if options.json_file:
        options.json_file.write_text(json.dumps(sets, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
