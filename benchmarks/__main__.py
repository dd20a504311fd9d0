"""Every benchmark, one after the other: `make bench`. Each is a file here and runs alone too."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import benchmarks

PARTS = ("__main__", "measure", "organisation", "stub")


def main() -> None:
    for module in pkgutil.iter_modules(benchmarks.__path__):
        if module.name not in PARTS:
            print(f"-- {module.name}", flush=True)
            subprocess.run([sys.executable, "-m", f"benchmarks.{module.name}"], check=True)


if __name__ == "__main__":
    main()
