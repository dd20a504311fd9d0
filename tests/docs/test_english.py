"""Messages, help and pages are natural English: turns that read as translated are refused."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

AWKWARD = re.compile(
    r"(?<!there )\bis no (?:kind|name|address|site|environment|command|number|text|file|plan)\b"
    r"|\bnor is any\b|\b[Ff]or who (?:knows|has|wants)\b|\bfor those who\b|\bwho accepts that\b"
    r"|\bis there already\b|\bare there already\b|\bdead run\b|\blose its object for ever\b|\bas if by hand\b"
    r"|\bno longer as ddconf left\b|\btake away a\b|\bsources disagree whether\b|\bread one by one\b"
    r"|\bnot yours to change\b|\bif that is meant\b|\bany day\b"
)
"""What people would say instead: `unknown kind`, `already exists`, `if intended`, `release a stale lock`."""


def messages(file: Path) -> Iterator[tuple[int, str]]:
    """The texts of a module: literals, and the docstrings that are the help of commands."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def test_no_message_or_help_text_reads_as_translated() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line}: {hit[0]}"
        for file in sorted((ROOT / "ddconf").rglob("*.py"))
        for line, text in messages(file)
        for hit in AWKWARD.finditer(text)
    ]
    assert found == []


def test_no_page_reads_as_translated() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    found = [
        f"{page.relative_to(ROOT)}: {hit[0]}"
        for page in pages
        for hit in AWKWARD.finditer(page.read_text(encoding="utf-8"))
    ]
    assert found == []
