"""The servers that states lie on, one of each for all stories, and the world that a story plays in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.journeys import stores
from tests.journeys.machine import World, environment
from tests.journeys.organisation import organisation
from tests.journeys.script import Story
from tests.journeys.stores import StateStore
from tests.state.conftest import s3_server

__all__ = ["s3_server"]


@pytest.fixture(scope="session")
def moto(s3_server: str) -> StateStore:
    keys = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "us-east-1"}
    return StateStore(f"s3://{stores.BUCKET}", {**keys, "AWS_ENDPOINT_URL": s3_server})


@pytest.fixture(scope="session")
def versitygw(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StateStore]:
    with stores.versitygw(tmp_path_factory.mktemp("versitygw")) as store:
        yield store


@pytest.fixture(scope="session")
def azurite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StateStore]:
    with stores.azurite(tmp_path_factory.mktemp("azurite")) as store:
        yield store


@pytest.fixture
def world(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    """A folder, an organisation for each that the story names, and a store for its state."""
    story, store_name = request.param
    assert isinstance(story, Story)
    with ExitStack() as stack:
        settings = environment() | {"ORIGIN": str(tmp_path / "origin.git"), "STATE": ".ddconf/state.json"}
        if store_name:
            store: StateStore = request.getfixturevalue(store_name)
            settings |= store.environment | {"STATE": f"{store.prefix}/{story.name}/{store_name}/state.json"}
        for number, name in enumerate(story.listed("organisations") or [""]):
            ending = f"_{name.upper()}" if name else ""
            settings[f"DD_HOST{ending}"] = stack.enter_context(organisation(number))
            settings |= {f"DD_API_KEY{ending}": "a" * 32, f"DD_APP_KEY{ending}": "b" * 40}
        yield World(tmp_path, settings)
