"""A tiny shop that sends logs to Datadog's intake and counts orders with DogStatsD."""

from __future__ import annotations

import json
import socket
import urllib.request
from collections.abc import Mapping


class Shop:
    def __init__(self, environment: Mapping[str, str]) -> None:
        self._url = environment["DD_URL"] + "/api/v2/logs"
        self._key = environment["DD_API_KEY"]
        self._statsd = (environment["DD_AGENT_HOST"], int(environment["DD_DOGSTATSD_PORT"]))

    def order(self, customer: str, amount: float) -> None:
        status = "error" if amount > 1000 else "info"
        self._log(status, f"order customer={customer} amount={amount}")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            udp.sendto(f"shop.orders:1|c|#result:{status}".encode(), self._statsd)

    def _log(self, status: str, message: str) -> None:
        entry = {"message": message, "status": status, "service": "shop", "ddsource": "shop"}
        headers = {"DD-API-KEY": self._key, "Content-Type": "application/json"}
        request = urllib.request.Request(self._url, json.dumps([entry]).encode(), headers)
        urllib.request.urlopen(request, timeout=10).close()
