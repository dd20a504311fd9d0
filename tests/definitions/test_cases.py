"""Every case of every `*.test.yaml` beside the definitions."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ddconf.document import Document
from ddconf.pipelines import Pipelines
from tests.definitions.cases import Case, differences, official, read_cases, run_case
from tests.definitions.conftest import FOLDER

CASES = tuple(read_cases(FOLDER))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_gives_what_it_expects(
    case: Case, pipelines: Mapping[str, Pipelines], documents: Mapping[str, Mapping[str, Document]]
) -> None:
    fields = official(documents["logs_custom_pipeline"][case.pipeline])
    outcome = run_case(case, pipelines[case.pipeline], fields)
    assert list(differences(case, outcome)) == []


def test_every_pipeline_has_cases(documents: Mapping[str, Mapping[str, Document]]) -> None:
    assert {case.pipeline for case in CASES} == set(documents["logs_custom_pipeline"])
