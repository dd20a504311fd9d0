"""Run Python policies in a process that has nothing of this one's environment, for a bounded time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ddconf
from ddconf.errors import Diagnostic, Severity, Source

SECONDS = 30.0
_START = """import sys
sys.path.insert(0, sys.argv[1])
from ddconf.operations.policies import child
sys.path[:1] = []
sys.path.append(sys.argv[2])
child.main()
"""
_ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


@dataclass(frozen=True, slots=True)
class PythonViolation:
    """What a policy found; `resource` counts those of the request."""

    policy: str
    resource: int
    path: str
    message: str


@dataclass(slots=True)
class PolicyRun:
    """All that the process said; `policies` holds severity, owner, summary, file and line by name."""

    policies: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    violations: list[PythonViolation] = field(default_factory=list)
    wrong_examples: list[tuple[str, str]] = field(default_factory=list)
    mistakes: list[Diagnostic] = field(default_factory=list)


def run_python(
    files: Sequence[Path],
    resources: Sequence[Mapping[str, Any]],
    *,
    test: bool = False,
    seconds: float = SECONDS,
) -> PolicyRun:
    """Run the files' policies on the resources, or with `test` on their own examples."""
    request = {"files": [str(file) for file in files], "resources": resources, "test": test}
    output, in_time = _answer(json.dumps(request).encode(), files[0].parent, seconds)
    run, begun, ended = PolicyRun(), "", False
    for line in _lines(output):
        begun, ended = line.get("begin", begun), ended or "end" in line
        _note(line, run)
    if not ended:
        why = "ended the process" if in_time else f"did not end within {seconds:g} seconds"
        described = run.policies.get(begun, {"file": begun, "line": 1})
        source = Source(described["file"], described["line"], 1) if begun else None
        run.mistakes.append(_mistake(f"policy {Path(begun).name} {why}", source))
    return run


def _answer(request: bytes, folder: Path, seconds: float) -> tuple[bytes, bool]:
    """What the process writes, and whether it ended in time."""
    # Isolated: neither the working folder nor PYTHONPATH may bring modules of their own.
    here = str(Path(ddconf.__file__).parents[1])
    command = [sys.executable, "-I", "-c", _START, here, str(folder)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_ENVIRONMENT,
        cwd=folder,
        start_new_session=True,
    ) as process:
        try:
            return process.communicate(request, seconds)[0], True
        except subprocess.TimeoutExpired:
            return _killed(process), False
        except BaseException:
            _kill(process)
            raise


def _killed(process: subprocess.Popen[bytes]) -> bytes:
    """End the process and what it started; what it had written."""
    _kill(process)
    return process.communicate()[0]


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _lines(output: bytes) -> Iterator[Mapping[str, Any]]:
    for line in output.splitlines():
        with suppress(ValueError):  # the last may be cut short
            yield json.loads(line)


def _note(line: Mapping[str, Any], run: PolicyRun) -> None:
    match line:
        case {"begin": name, "policy": described}:
            run.policies[name] = described
        case {"violation": name, "resource": resource, "path": path, "message": message}:
            run.violations.append(PythonViolation(name, resource, path, message))
        case {"example": name, "message": message}:
            run.wrong_examples.append((name, message))
        case {"file_error": file, "message": message, "line": number, "column": column}:
            run.mistakes.append(_mistake(message, Source(file, number, column)))
        case {"policy_error": name, "message": message, "line": number, "column": column}:
            source = Source(run.policies[name]["file"], number, column)
            run.mistakes.append(_mistake(f"policy {name} raised {message}", source))


def _mistake(message: str, source: Source | None) -> Diagnostic:
    return Diagnostic(message, source, severity=Severity.ERROR, rule="policy")
