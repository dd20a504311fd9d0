"""A little of what `make fuzz` does at length: random definition files, and random answers of the API."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.e2e.conftest import SOAK, Desk
from tests.e2e.trouble import short_waits
from tests.fuzz import answers, definitions

TIMES = 50 if SOAK else 1


@pytest.fixture
def seed() -> int:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    return seed


def test_random_files_give_definitions_or_mistakes(tmp_path: Path, seed: int) -> None:
    pool = definitions.samples()
    well_formed = 0
    for run in range(seed, seed + 400 * TIMES):
        chance = random.Random(run)
        well_formed += definitions.check(tmp_path, definitions.random_text(chance, pool), chance)
    assert well_formed > 50


def test_random_answers_end_in_results_or_mistakes(desk: Desk, seed: int) -> None:
    fresh = desk.checkpoint()
    with short_waits():
        answered = sum(answers.one_run(desk, fresh, run) for run in range(seed, seed + 20 * TIMES))
    assert answered > 100
