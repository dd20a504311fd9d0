"""The app behind the `responses` library."""

from __future__ import annotations

import pytest
import requests

from ddconf.emulator import faults
from ddconf.emulator.mock import mocked
from tests.emulator.conftest import KEYS, Api

URL = "https://api.datadoghq.com/api/v1/dashboard/lists/manual"


def test_requests_are_answered_by_the_app(api: Api) -> None:
    with mocked(api.app):
        made = requests.post(URL, json={"name": "l"}, headers=KEYS, timeout=1)
        assert made.status_code == 200
        assert requests.get(f"{URL}/{made.json()['id']}", headers=KEYS, timeout=1).json() == made.json()
        assert requests.get(URL, timeout=1).status_code == 401


def test_a_reset_is_a_connection_error(api: Api) -> None:
    api.app.faults.on(faults.reset())
    with mocked(api.app), pytest.raises(ConnectionError):
        requests.get(URL, headers=KEYS, timeout=1)
