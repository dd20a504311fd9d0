"""A raw request to the organisation of the environment, as another hand makes it."""

from __future__ import annotations

import json
import os
import urllib.request
from typing import Any

_SECONDS = 120


def ask(method: str, path: str, body: Any = None) -> Any:
    """The answer's JSON; raises OSError for what is refused."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"content-type": "application/json", "dd-api-key": "web", "dd-application-key": "web"}
    url = os.environ[f"DD_HOST{os.environ.get('ORGANISATION', '')}"]
    request = urllib.request.Request(url + path, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
        text = answer.read()
    return json.loads(text) if text else None
