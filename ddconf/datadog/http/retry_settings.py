"""How often and how long a request is repeated, from the variables that Terraform's provider reads too.

client.py repeats, rate_limit.py waits for Datadog's limits.

https://registry.terraform.io/providers/DataDog/datadog/latest/docs
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from ddconf.errors import DdconfError

LONGEST_BACKOFF_SECONDS = 20.0
_PREFIXES = ("DD_HTTP_CLIENT_RETRY_", "DATADOG_HTTP_CLIENT_RETRY_")
_WORDS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Retry:
    """`patience` bounds one request with all its repeats, in seconds; waits for rate limits count as well."""

    tries: int = 6
    patience: float = 600.0
    base: float = 2.0
    multiplier: float = 0.25

    def pause(self, tries: int) -> float:
        """Seconds before the next try, at random so that workers do not return all at once."""
        longest = min(self.multiplier * self.base**tries, LONGEST_BACKOFF_SECONDS)
        return random.uniform(longest / 2, longest)


def read(env: Mapping[str, str]) -> Retry:
    """What `DD_HTTP_CLIENT_RETRY_ENABLED`, `_TIMEOUT`, `_MAX_RETRIES` and `_BACKOFF_...` say.

    Raises DdconfError with every mistake.
    """
    usual, mistakes = Retry(), []

    def number(name: str, default: float) -> float:
        variable, text = _variable(env, name)
        try:
            value = float(text) if text else default
        except ValueError:
            value = -1.0
        if not 0 <= value < 1e6:
            mistakes.append(f"{variable}: {text!r} is not a usable number")
        return value

    variable, text = _variable(env, "ENABLED")
    if text and text.lower() not in _WORDS:
        mistakes.append(f"{variable}: {text!r} is neither true nor false")
    retries = number("MAX_RETRIES", usual.tries - 1)
    found = Retry(
        tries=int(retries) + 1 if _WORDS.get(text.lower(), True) else 1,
        patience=number("TIMEOUT", usual.patience),
        base=number("BACKOFF_BASE", usual.base),
        multiplier=number("BACKOFF_MULTIPLIER", usual.multiplier),
    )
    if mistakes:
        raise DdconfError(*mistakes)
    return found


def _variable(env: Mapping[str, str], name: str) -> tuple[str, str]:
    """The variable that is set, and its text."""
    names = [prefix + name for prefix in _PREFIXES]
    chosen = next((one for one in names if env.get(one, "").strip()), names[0])
    return chosen, env.get(chosen, "").strip()
