"""Policies in Python: what they are told, what they cannot reach, and what becomes of those that go wrong."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path
from typing import Any

import pytest

from ddconf.errors import DdconfError
from ddconf.operations.policies.folder import keys_at_hand, policy_files
from ddconf.operations.policies.python import PolicyRun, run_python

RESOURCES: list[dict[str, Any]] = [
    {"kind": "monitor", "name": "a", "document": {"name": "A", "tags": ["x"]}, "environment": "prod"},
    {"kind": "dashboard", "name": "b", "document": {"title": "B"}, "environment": "prod"},
]


def run(folder: Path, text: str, *, test: bool = False, seconds: float = 30) -> PolicyRun:
    (folder / "own.py").write_text("from ddconf.policies import policy\n" + textwrap.dedent(text))
    return run_python(policy_files(folder, folder / "elsewhere", []), RESOURCES, test=test, seconds=seconds)


def messages(found: PolicyRun) -> list[str]:
    assert found.mistakes == []
    return [item.message for item in found.violations]


def test_a_policy_sees_resources_of_its_kinds(tmp_path: Path) -> None:
    found = run(
        tmp_path,
        '''
        @policy("named", kinds=["monitor"], severity="warning", owner="ops")
        def named(resource):
            """A name says something."""
            name = resource.document["name"]
            yield "name", f"{resource.kind} {resource.name} {name} {resource.environment}"
        ''',
    )
    (violation,) = found.violations
    assert (violation.policy, violation.resource, violation.path) == ("named", 0, "name")
    assert violation.message == "monitor a A prod"
    assert found.policies["named"]["summary"] == "A name says something."
    assert (found.policies["named"]["severity"], found.policies["named"]["owner"]) == ("warning", "ops")


def test_a_policy_may_return_a_list_or_nothing(tmp_path: Path) -> None:
    found = run(
        tmp_path,
        """
        @policy("all")
        def all_(resource):
            return [resource.name]

        @policy("none")
        def none(resource):
            print("not part of the answer")
        """,
    )
    assert messages(found) == ["a", "b"]


def test_a_policy_does_not_get_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DD_API_KEY", "0123456789")
    monkeypatch.setenv("DDCONF_SECRET_TOKEN", "0123456789")
    found = run(
        tmp_path,
        """
        import os
        @policy("env", kinds=["monitor"])
        def env(resource):
            own = open("/proc/self/environ").read() if os.path.exists("/proc/self/environ") else ""
            yield f"{sorted(os.environ)} {'0123456789' in own + repr(os.environ)}"
        """,
    )
    (message,) = messages(found)
    assert "DD_API_KEY" not in message
    assert "DDCONF_SECRET_TOKEN" not in message
    assert message.endswith("False")


def test_the_working_folder_and_pythonpath_bring_no_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    (checkout / "planted.py").write_text("raise SystemExit('planted')\n")
    (checkout / "json.py").write_text("raise SystemExit('planted')\n")
    monkeypatch.chdir(checkout)
    monkeypatch.setenv("PYTHONPATH", f"{checkout}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    found = run(
        tmp_path,
        """
        @policy("imports", kinds=["monitor"])
        def imports(resource):
            try:
                import planted
            except ImportError:
                yield "not there"
        """,
    )
    assert messages(found) == ["not there"]


def test_a_policy_may_import_a_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "_words.py").write_text("WORD = 'shared'\n")
    found = run(tmp_path, "from _words import WORD\n@policy('w', kinds=['monitor'])\ndef w(r): yield WORD\n")
    assert messages(found) == ["shared"]


@pytest.mark.parametrize("where", [".", "policies", "deep/policies"])
def test_a_folder_of_the_checkout_is_refused_where_keys_are(tmp_path: Path, where: str) -> None:
    (tmp_path / ".git").mkdir()
    root = tmp_path / "definitions"
    folder = tmp_path / where
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "own.py").write_text("")
    with pytest.raises(DdconfError, match=r"Refused: .* lies in the checkout, and DD_API_KEY is set"):
        policy_files(folder, root, ["DD_API_KEY"])
    assert policy_files(folder, root, []) == [folder / "own.py"]


def test_keys_are_known_by_the_names_of_their_variables(tmp_path: Path) -> None:
    for name in ("DD_API_KEY", "DD_APP_KEY_PROD", "DD_BEARER_TOKEN", "AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN"):
        assert keys_at_hand({name: "x"}, tmp_path) == [name]
    assert keys_at_hand({"DD_API_KEY": "", "DD_SITE": "datadoghq.eu", "PATH": "/bin"}, tmp_path) == []


def test_keys_of_the_processes_around_are_at_hand_too(tmp_path: Path) -> None:
    def process(number: int, parent: int, environ: bytes) -> None:
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "environ").write_bytes(environ)
        (folder / "stat").write_text(f"{number} (a (b) c) S {parent} 1 1 0\n")

    process(os.getppid(), 3, b"PATH=/bin\0DD_API_KEY=\0")
    assert keys_at_hand({}, tmp_path) == []
    process(3, 0, b"PATH=/bin\0DD_APP_KEY=x\0")
    assert keys_at_hand({}, tmp_path) == ["DD_APP_KEY"]


def test_a_link_in_the_checkout_is_of_the_checkout(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "root"
    for folder in (outside, root):
        folder.mkdir()
    (outside / "own.py").write_text("")
    (root / "policies").symlink_to(outside)
    with pytest.raises(DdconfError, match="lies in the checkout"):
        policy_files(root / "policies", root, ["DD_API_KEY"])
    assert policy_files(outside, root, ["DD_API_KEY"]) == [outside / "own.py"]


def test_a_submodule_is_of_the_checkout(tmp_path: Path) -> None:
    folder = tmp_path / "root" / "policies"
    folder.mkdir(parents=True)
    (tmp_path / "root" / ".git").mkdir()
    (folder / ".git").write_text("gitdir: ../.git/modules/policies\n")
    (folder / "own.py").write_text("")
    with pytest.raises(DdconfError, match="lies in the checkout"):
        policy_files(folder, tmp_path / "root", ["DD_API_KEY"])


def test_a_folder_without_policies_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "_words.py").write_text("")
    with pytest.raises(DdconfError, match="no policies in"):
        policy_files(tmp_path, tmp_path, [])
    with pytest.raises(DdconfError, match="no folder of policies"):
        policy_files(tmp_path / "other", tmp_path, [])


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("import\n", "invalid syntax", 2),
        ("1 / 0\n", "ZeroDivisionError: division by zero", 2),
        ("@policy('p')\ndef p(r):\n    return 1 / 0\n", "policy p raised ZeroDivisionError", 4),
        ("@policy('p')\ndef p(r):\n    raise SystemExit(0)\n", "policy p raised SystemExit: 0", 4),
        ("@policy('p')\ndef p(r):\n    import os\n    os._exit(0)\n", "policy p ended the process", 2),
        ("@policy('p', severity='fatal')\ndef p(r): ...\n", "severity 'fatal' of policy p", 2),
        ("@policy('p')\n@policy('p')\ndef p(r): ...\n", "two policies are called p", 2),
        ("@policy('p')\ndef p(r):\n    yield 1, 2, 3\n", "policy p raised ValueError", 1),
    ],
)
def test_what_goes_wrong_is_told_with_its_line(tmp_path: Path, text: str, message: str, line: int) -> None:
    (mistake,) = run(tmp_path, text).mistakes
    assert message in mistake.message
    assert mistake.source is not None
    assert (Path(mistake.source.file).name, mistake.source.line) == ("own.py", line)


def test_a_mistake_in_one_policy_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import\n")
    found = run(tmp_path, "@policy('p', kinds=['monitor'])\ndef p(r): yield r.name\n")
    assert [item.message for item in found.violations] == ["a"]
    assert len(found.mistakes) == 1


def test_a_policy_that_never_ends_is_ended_and_named(tmp_path: Path) -> None:
    text = """
        @policy("first", kinds=["monitor"])
        def first(resource):
            yield "found"

        @policy("loops")
        def loops(resource):
            while True:
                pass
        """
    found = run(tmp_path, text, seconds=10)
    (mistake,) = found.mistakes
    assert mistake.message == "policy loops did not end within 10 seconds"
    assert [item.message for item in found.violations] == ["found"]


def test_examples_of_policies_are_judged(tmp_path: Path) -> None:
    text = """
        @policy("named", passes=[{"name": "abc"}, {"name": "a"}], fails=[{"name": "ab"}, {"name": "abc"}])
        def named(resource):
            if len(resource.document["name"]) < 3:
                yield "name", "too short"
        """
    found = run(tmp_path, text, test=True)
    assert found.violations == []
    assert found.wrong_examples == [
        ("named", "example 2 of 'passes': too short"),
        ("named", "example 2 of 'fails': nothing is found"),
    ]
