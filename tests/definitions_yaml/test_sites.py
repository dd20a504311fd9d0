"""No file of a pull request has the keys sent to a host that is not Datadog's."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.definitions import settings
from ddconf.definitions.sites import SITES
from ddconf.errors import DdconfError

TEMPLATES = ("site: {}", "environments: {{prod: {{site: {}}}}}")


def read(folder: Path, text: str) -> settings.Settings:
    (folder / "ddconf.yaml").write_text(text)
    return settings.read(folder)


@pytest.mark.parametrize("site", SITES)
def test_every_site_of_datadog_may_be_named(tmp_path: Path, site: str) -> None:
    assert read(tmp_path, f"site: {site}").site == site


@given(
    st.from_regex(r"[a-z0-9.-]{1,12}", fullmatch=True)
    | st.sampled_from(
        [f"{site}{end}" for site in SITES for end in (".evil.example", "/", ":8443", "@evil.example")]
    ),
    st.sampled_from(TEMPLATES),
)
def test_law_no_other_host_is_accepted(
    tmp_path_factory: pytest.TempPathFactory, host: str, text: str
) -> None:
    if host in SITES:
        return
    with pytest.raises(DdconfError, match=r"not a site of Datadog|must be"):
        read(tmp_path_factory.mktemp("sites"), text.format(f"'{host}'"))


def test_a_misspelt_site_is_guessed(tmp_path: Path) -> None:
    with pytest.raises(DdconfError) as raised:
        read(tmp_path, "site: datadoghq.e")
    (problem,) = raised.value.diagnostics
    assert problem.hint == "did you mean 'datadoghq.eu'?"
    assert problem.source is not None and problem.source.line == 1
