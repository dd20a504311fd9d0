"""What can go wrong with a request, by name, and waits so short that a test can sit through them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ddconf.datadog.http import client
from ddconf.datadog.http import retry_settings as retry
from ddconf.emulator import faults
from ddconf.operations.apply import create

FAULTS = {
    "429": faults.refuse(429, retry_after=0),
    "500": faults.refuse(500),
    "502": faults.refuse(502),
    "504 before": faults.refuse(504),
    "504 after": faults.lost(504),
    "reset before": faults.reset(after=False),
    "reset after": faults.reset(after=True),
    "slow": faults.slow(0.02),
    "html": faults.html(),
    "html 502": faults.html(502),
    "cut short": faults.cut_short(),
}


@contextmanager
def short_waits() -> Iterator[None]:
    """As many tries as ever, without the time between them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(create, "LOOK_UPS_SECONDS", tuple(0.0 for _ in create.LOOK_UPS_SECONDS))
        patch.setenv("DD_HTTP_CLIENT_RETRY_BACKOFF_MULTIPLIER", "0.0005")
        patch.setattr(client, "LONGEST_BACKOFF_SECONDS", 0.01)
        patch.setattr(retry, "LONGEST_BACKOFF_SECONDS", 0.01)
        yield
