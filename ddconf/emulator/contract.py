"""Reads Datadog's client for TypeScript as a contract: the status an operation answers, its kind of errors.

The package tells both for every operation, which the Python client does not. Only what differs from the usual
(200, errors as texts) is kept: `python -m ddconf.emulator.contract PACKAGE` writes `operations.json`; PACKAGE
is the unpacked npm package `@datadog/datadog-api-client`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from ddconf.emulator.operations import blank

FILE = Path(__file__).with_name("operations.json")
_REQUEST = re.compile(r"\n    (?=\w+\([^)]*\) \{\n        return __awaiter)")
_ANSWER = re.compile(r"\n    (?=\w+\(response\) \{)")
_STATUS = re.compile(r"httpStatusCode === (\d+)")


def main() -> None:
    found = dict(sorted(operations(Path(sys.argv[1]))))
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(facts)}" for name, facts in found.items())
    FILE.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


def operations(package: Path) -> Iterator[tuple[str, list[object]]]:
    """`METHOD /path` with its fields blank, then the status and whether errors are JSON:API's."""
    for file in sorted(package.glob("dist/packages/datadog-api-client-v[12]/apis/*Api.js")):
        requests, _, answers = file.read_text(encoding="utf-8").partition("ApiResponseProcessor {")
        calls = dict(_calls(requests))
        for text in _ANSWER.split(answers)[1:]:
            name = text.partition("(")[0]
            known = text.partition("// Work around")[0]
            success = [int(code) for code in _STATUS.findall(known) if code.startswith("2")]
            objects = '"JSONAPIErrorResponse"' in known
            if name in calls and success and (success[0] != 200 or objects):
                yield calls[name], [success[0], objects]


def _calls(text: str) -> Iterator[tuple[str, str]]:
    for part in _REQUEST.split(text)[1:]:
        path = re.search(r'localVarPath = "([^"]+)"', part)
        method = re.search(r"HttpMethod\.(\w+)", part)
        if path and method:
            yield part.partition("(")[0], f"{method[1]} {blank(path[1])}"


if __name__ == "__main__":
    main()
