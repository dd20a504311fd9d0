"""Every set of a corpus folder as a table and JSON: `python -m tests.conformance [CORPUS] [--json FILE]`."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from tests.conformance import _ratchet
from tests.conformance.scenarios import write_shares
from tests.conftest import CORPUS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", default=Path(os.environ.get("DDCONF_CORPUS", CORPUS)))
    parser.add_argument("--json", type=Path, dest="json_file")
    parser.add_argument(
        "--only", metavar="MODULE", choices=_ratchet.modules(), help="measure one module's sets"
    )
    parser.add_argument(
        "--shrink", action="store_true", help="strike what passes now from the known failures"
    )
    parser.add_argument(
        "--begin", action="store_true", help="list the failures of groups that have no list yet"
    )
    options = parser.parse_args()
    if not options.corpus.is_dir():
        parser.error(f"{options.corpus}: no such folder; name one, or set DDCONF_CORPUS")
    modules = [options.only] if options.only else _ratchet.modules()
    reports = [report for module in modules for report in _ratchet.measure(module, options.corpus)]
    for report in reports:
        new = len(_ratchet.new_failures(report))
        print(
            f"{report['set']:60} {report['passed']:6} of {report['total']:6}"
            + (f"  {new} new" if new else "")
        )
    for basis, (exact, total) in write_shares(reports).items():
        print(f"creates, updates and deletes with the exact status, {basis}: {exact} of {total}")
    if options.shrink:
        _ratchet.shrink(reports)
    if options.begin:
        _ratchet.begin(reports)
    if options.json_file:
        options.json_file.write_text(json.dumps(reports, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
