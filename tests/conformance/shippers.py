"""Requests of real shippers sent to a living sandbox: answered as by Datadog, and kept as they were sent."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import zstandard

from ddconf.emulator.store import Store
from ddconf.emulator.wire import Request, Response
from ddconf.living.app import LivingApp, living
from ddconf.living.clock import Clock

Recorded = dict[str, Any]
_PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}
_SECONDS = re.compile(r"\b1[6-9]\d{8}\b")
_MILLISECONDS = re.compile(r"\b1[6-9]\d{11}\b")
_ISO = re.compile(r"\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_ANSWERS: dict[str, tuple[int, Any]] = {
    "/api/v2/logs": (202, {}),
    "/v1/input": (200, {}),
    "/api/v1/series": (202, {"status": "ok"}),
    "/api/v2/series": (202, {"errors": []}),
    "/api/v1/distribution_points": (202, {"status": "ok"}),
    "/api/v1/check_run": (202, {"status": "ok"}),
    "/api/v1/validate": (200, {"valid": True}),
}


def run(corpus: Path) -> list[dict[str, Any]]:
    """A request fails where its answer differs, or what it carries is not found again."""
    file = corpus / "shippers" / "requests.jsonl"
    if not file.is_file():
        return []
    recorded = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    failures = []
    for number, request in enumerate(recorded):
        if why := _judged(request):
            name = f"{number} {request['method']} {request['path'].partition('?')[0]}"
            failures.append({"name": name, "difference": why})
    passed = len(recorded) - len(failures)
    return [{"set": "shippers", "total": len(recorded), "passed": passed, "failures": failures}]


def _judged(recorded: Recorded) -> str:
    """What is wrong with the answer, or with what was kept; empty if all is well."""
    with living(Store(seed=1), clock=Clock(_moment(recorded))) as made:
        response = made.app.handle(_request(recorded))
        path = recorded["path"].partition("?")[0]
        if why := _answer_differs(path, response):
            return why
        if path.endswith(("/logs", "/input")) or path.startswith("/v1/input/"):
            return _logs_differ(recorded, made)
        return _series_differ(recorded, made) if "series" in path or "distribution" in path else ""


def _request(recorded: Recorded) -> Request:
    sent = recorded["body"]
    body = (sent if isinstance(sent, str) else json.dumps(sent)).encode()
    encoding = recorded["headers"].get("content-encoding", "")
    packed = _PACK[encoding](body) if encoding in _PACK else body
    return Request(recorded["method"], recorded["path"], recorded["headers"], packed)


def _moment(recorded: Recorded) -> datetime:
    """The newest time that the request speaks of, as it was sent then."""
    text = f"{recorded['path']} {recorded['body']}"
    times = [int(found) for found in _SECONDS.findall(text)]
    times += [int(found) // 1000 for found in _MILLISECONDS.findall(text)]
    times += [int(datetime.fromisoformat(found).timestamp()) for found in _ISO.findall(text)]
    return datetime.fromtimestamp(max(times) + 1, UTC) if times else datetime.now(UTC)


def _answer_differs(path: str, response: Response) -> str:
    if path in _ANSWERS and (response.status, response.json()) != _ANSWERS[path]:
        return f"answered {response.status} {response.body.decode()!r}"
    if response.status >= 300:
        return f"answered {response.status} {response.body.decode()!r}"
    said = response.json()
    if path == "/api/v1/events" and said["status"] != "ok":
        return f"answered {said}"
    if path == "/api/v1/query" and (said["status"], said["res_type"]) != ("ok", "time_series"):
        return f"answered {said}"
    return f"answered {said}" if path == "/api/v1/metrics" and "metrics" not in said else ""


def _logs_differ(recorded: Recorded, made: LivingApp) -> str:
    """Number, source, service, host, message, tags and time of every log."""
    sent = json.loads(recorded["body"]) if recorded["body"].lstrip().startswith(("[", "{")) else []
    wanted = [entry for entry in (sent if isinstance(sent, list) else [sent]) if entry]
    kept = [stored.log for stored, _, _ in reversed(made.sandbox.logs.newest(5000))]
    if wanted and len(kept) != len(wanted):
        return f"sent {len(wanted)} logs, kept {len(kept)}"
    for entry, log in zip(wanted, kept, strict=False):
        pairs = [
            (entry.get("ddsource"), log.source),
            (entry.get("service"), log.service),
            (entry.get("host", entry.get("hostname")), log.host),
            (entry.get("message", log.message), log.message),
        ]
        tags = [tag for tag in str(entry.get("ddtags") or "").split(",") if tag]
        pairs.append((tags, list(log.tags)[: len(tags)]))
        when = entry.get("@timestamp", entry.get("timestamp"))
        if when is not None:
            pairs.append((_milliseconds(when), log.timestamp))
        for expected, found in pairs:
            if expected != found:
                return f"sent {expected!r}, kept {found!r}"
    return ""


def _milliseconds(value: Any) -> int:
    return int(datetime.fromisoformat(value).timestamp() * 1000) if isinstance(value, str) else int(value)


def _series_differ(recorded: Recorded, made: LivingApp) -> str:
    sent = json.loads(recorded["body"])["series"] if recorded["body"].startswith("{") else []
    names = {item["metric"] for item in sent}
    missing = names - set(made.sandbox.metrics.names())
    return f"not kept: {sorted(missing)}" if missing else ""
