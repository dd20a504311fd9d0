"""The process that runs Python policies: reads a request on standard input, writes JSON lines.

`{"begin": NAME}` stands before what a policy finds, so that the one that never ends is known.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ddconf.policies import POLICIES, Policy, Resource

Say = Callable[..., None]


def main() -> None:
    """Run the policies of the working folder on the request's resources."""
    lines = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), 1)  # what policies print is not part of the answer

    def say(**line: Any) -> None:
        lines.write(json.dumps(line) + "\n")
        lines.flush()

    request = json.loads(sys.stdin.buffer.read())
    resources = [Resource(**item) for item in request["resources"]]
    for file in request["files"]:
        say(begin=file)
        for policy in _loaded(Path(file), say):
            say(begin=policy.name, policy=_described(policy, file))
            try:
                if request["test"]:
                    _test(policy, say)
                else:
                    _run(policy, resources, say)
            except (Exception, SystemExit) as error:
                say(policy_error=policy.name, **_mistake(error, file))
    say(end=True)


def _loaded(file: Path, say: Say) -> Iterator[Policy]:
    """The policies that a file registers."""
    before = set(POLICIES)
    try:
        spec = importlib.util.spec_from_file_location(f"_policies_{file.stem}", file)
        assert spec is not None
        assert spec.loader is not None
        spec.loader.exec_module(importlib.util.module_from_spec(spec))
    except (Exception, SystemExit) as error:
        say(file_error=str(file), **_mistake(error, str(file)))
        return
    yield from (POLICIES[name] for name in POLICIES if name not in before)


def _described(policy: Policy, file: str) -> dict[str, Any]:
    documentation = (policy.check.__doc__ or "").strip().split("\n")[0]
    line = getattr(getattr(policy.check, "__code__", None), "co_firstlineno", 1)
    described = {"severity": policy.severity, "owner": policy.owner, "summary": documentation}
    return {**described, "file": file, "line": line, "examples": len(policy.passes) + len(policy.fails)}


def _run(policy: Policy, resources: list[Resource], say: Say) -> None:
    for number, resource in enumerate(resources):
        if not policy.kinds or resource.kind in policy.kinds:
            for path, message in _violations(policy, resource):
                say(violation=policy.name, resource=number, path=path, message=message)


def _violations(policy: Policy, resource: Resource) -> Iterator[tuple[str, str]]:
    for found in policy.check(resource) or ():
        path, message = ("", found) if isinstance(found, str) else found
        yield str(path), str(message)


def _test(policy: Policy, say: Say) -> None:
    """Whether each example is judged as the policy says."""
    kind = next(iter(policy.kinds), "monitor")
    for expected, examples in (("passes", policy.passes), ("fails", policy.fails)):
        for number, document in enumerate(examples, 1):
            found = list(_violations(policy, Resource(kind, "example", document)))
            if bool(found) != (expected == "fails"):
                said = found[0][1] if found else "nothing is found"
                say(example=policy.name, message=f"example {number} of '{expected}': {said}")


def _mistake(error: BaseException, file: str) -> dict[str, Any]:
    """What went wrong, and the line of the file where."""
    if isinstance(error, SyntaxError) and error.filename == file:
        return {"message": error.msg, "line": error.lineno or 1, "column": error.offset or 1}
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    message = f"{type(error).__name__}: {error}"
    return {"message": message, "line": (frames[-1].lineno or 1) if frames else 1, "column": 1}


if __name__ == "__main__":
    main()
