"""`ddconf preview` as a person calls it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from ddconf.cli.group import run
from tests.e2e.processes import INTERRUPTIBLE
from tests.preview.reading import read, widgets

DEFINITIONS = """\
dashboard:
  shop:
    title: Shop
    layout_type: ordered
    widgets:
      - definition:
          title: Orders
          type: query_value
          requests:
            - response_format: scalar
              queries:
                - data_source: logs
                  name: a
                  search: {query: "source:shop $size"}
                  compute: {aggregation: sum, metric: "@price"}
              formulas: [{formula: a * 2}]
    template_variables: [{name: size, prefix: "@price", defaults: ["*"]}]
logs_custom_pipeline:
  shop:
    name: Shop pipeline
    is_enabled: true
    filter: {query: "source:shop"}
    processors:
      - type: grok-parser
        name: Order
        is_enabled: true
        source: message
        samples: ["order 3"]
        grok: {match_rules: "order order %{integer:price}", support_rules: ""}
"""
TESTS = """\
logs_custom_pipeline.shop:
  - log: order 4
    expect: {price: 4}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "shop.yaml").write_text(DEFINITIONS)
    (tmp_path / "shop.test.yaml").write_text(TESTS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def orders(file: Path) -> str:
    return widgets(file.read_text())["Orders"].words


def test_the_logs_are_those_of_the_tests_and_samples(folder: Path) -> None:
    assert run(["preview", "dashboard.shop", "--out", "page.html"]) == 0
    assert orders(folder / "page.html") == "14"


def test_files_take_their_place_and_may_name_a_pipeline(folder: Path) -> None:
    (folder / "lines.log").write_text("order 10\n\norder 20\n")
    (folder / "events.jsonl").write_text('{"ddsource": "shop", "message": "order 30"}\n')
    files = ["--logs", "shop=lines.log", "--logs", "events.jsonl"]
    assert run(["preview", "dashboard.shop", *files, "--out", "page.html"]) == 0
    assert orders(folder / "page.html") == "120"


def test_lines_that_no_pipeline_takes_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "lines.log").write_text("order 10\norder 20\n")
    assert run(["preview", "dashboard.shop", "--logs", "lines.log", "--out", "page.html"]) == 0
    assert "2 of 2 logs pass the filter of no pipeline; name one" in capsys.readouterr().err


def test_a_template_variable_may_be_set(folder: Path) -> None:
    assert run(["preview", "dashboard.shop", "--set", "size=4", "--out", "page.html"]) == 0
    assert orders(folder / "page.html") == "8"


def test_a_pipeline_is_written_too(folder: Path) -> None:
    assert run(["preview", "pipeline.shop", "--out", "page.html"]) == 0
    page = read((folder / "page.html").read_text())
    assert [badge.text for badge in page.all("b", "match")] == ["match: order"] * 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "page.html"], "name the dashboard, pipeline or monitor to write"),
        (["nix", "--out", "page.html"], "no dashboard, pipeline or monitor nix"),
        (["dashboard.shop", "--out", "page.pdf"], "cannot write page.pdf"),
        (["dashboard.shop", "--logs", "nix=shop.yaml", "--out", "page.html"], "no pipeline nix"),
        (["dashboard.shop", "--logs", "missing.log", "--out", "page.html"], "cannot read missing.log"),
        (["dashboard.shop", "--set", "size", "--out", "page.html"], "expected NAME=VALUE"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert run(["preview", *arguments]) == 1
    assert said in capsys.readouterr().err
    assert not list(folder.glob("page.*"))


def test_without_a_browser_a_picture_says_what_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("DDCONF_BROWSER", raising=False)
    assert run(["preview", "dashboard.shop", "--out", "page.png"]) == 1
    assert "install chromium" in capsys.readouterr().err


def test_the_server_follows_the_definitions_and_ends_with_the_keyboard(folder: Path) -> None:
    program = f"{INTERRUPTIBLE}\nfrom ddconf.cli.main import program\nprogram()"
    command = [sys.executable, "-u", "-c", program, "preview", "dashboard.shop", "--port", "0"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            address = server.stdout.readline().split()[1]
            assert address.startswith("http://127.0.0.1:") and address.endswith("/dashboard/shop")
            assert page(address) == ("Shop", "14")
            (folder / "shop.yaml").write_text(
                DEFINITIONS.replace("a * 2", "a * 3").replace("title: Shop", "title: New")
            )
            assert page(address) == ("New", "21")
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(10) == 0


def page(address: str) -> tuple[str, str]:
    with urlopen(address, timeout=10) as answer:
        text = answer.read().decode()
    return read(text).all("h1")[0].text, widgets(text)["Orders"].words
