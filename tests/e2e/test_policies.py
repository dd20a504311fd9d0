"""A plan that breaks a policy is refused; nothing that a pull request holds runs beside keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.conftest import Desk

MONITOR = """
    monitor:
      cpu:
        name: CPU
        type: query alert
        query: avg(last_5m):avg:system.cpu.user{{*}} > 90
        message: "Busy. @slack-ops"
        tags: [{tags}]
        options: {{thresholds: {{critical: 90}}}}
    """
OWN = """
    from ddconf.policies import policy

    @policy("pages", kinds=["monitor"], owner="ops")
    def pages(resource):
        if "@pagerduty" not in resource.document["message"]:
            yield "message", "pages nobody"
    """


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Policies that the operator names, outside of what is checked."""
    return tmp_path_factory.mktemp("policies")


def test_a_plan_that_breaks_a_policy_is_refused(desk: Desk) -> None:
    desk.write("ddconf.yaml", "policies: {team-tag: monitor.tags has team:*}\n")
    desk.write("monitors.yaml", MONITOR.format(tags="env:prod"))
    ran = desk.ddconf("plan")
    assert ran.code == 3
    assert "Refused by policies/team-tag: monitor.cpu: tags has no team:*" in ran.err
    assert "monitors.yaml:8:" in ran.err
    assert desk.ddconf("apply", "--auto-approve").code == 3
    assert not desk.app.store.snapshot() or "CPU" not in str(desk.app.store.snapshot())

    desk.write("monitors.yaml", MONITOR.format(tags="env:prod, team:shop"))
    desk.done("apply", "--auto-approve")


def test_what_is_not_changed_is_not_refused(desk: Desk) -> None:
    desk.write("monitors.yaml", MONITOR.format(tags="env:prod"))
    desk.done("apply", "--auto-approve")
    desk.write("ddconf.yaml", "policies: {team-tag: monitor.tags has team:*}\n")
    assert "No changes" in desk.done("plan")
    assert desk.ddconf("lint").code == 1


def test_a_warning_refuses_no_plan_and_a_waiver_lets_it_pass(desk: Desk) -> None:
    desk.write("monitors.yaml", MONITOR.format(tags="env:prod"))
    desk.write("ddconf.yaml", "policies: {p: {require: monitor.tags has team:*, severity: warning}}\n")
    ran = desk.ddconf("plan")
    assert ran.code == 0
    assert "warning[policies/p]: monitor.cpu: tags has no team:*" in ran.err
    waived = "lint: {waive: [{rule: policies/p, at: monitor.cpu, reason: nobody's}]}\n"
    desk.write("ddconf.yaml", "policies: {p: monitor.tags has team:*}\n" + waived)
    assert desk.ddconf("plan").code == 0


def test_a_saved_plan_is_held_against_policies_when_it_is_applied(desk: Desk) -> None:
    desk.write("monitors.yaml", MONITOR.format(tags="env:prod"))
    desk.done("plan", "--out", str(desk.folder / "plan.json"))
    desk.write("ddconf.yaml", "policies: {team-tag: monitor.tags has team:*}\n")
    assert desk.ddconf("apply", str(desk.folder / "plan.json")).code == 3


def test_python_policies_run_on_plans_where_the_operator_names_their_folder(desk: Desk, folder: Path) -> None:
    desk.write("monitors.yaml", MONITOR.format(tags="env:prod"))
    desk.write(str(folder / "own.py"), OWN)
    assert desk.ddconf("plan").code == 0
    ran = desk.ddconf("plan", f"--policies={folder}")
    assert ran.code == 3
    assert "Refused by policies/pages: monitor.cpu: pages nobody" in ran.err


def test_a_policy_is_shown_no_secret(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DDCONF_SECRET_PAGER", "not-to-be-seen")
    headers = '{"a": "${secret.PAGER}"}'
    hook = f"webhook: {{pager: {{name: pager, url: https://example.com, custom_headers: '{headers}'}}}}\n"
    desk.write("webhooks.yaml", hook)
    show = "from ddconf.policies import policy\n@policy('show')\ndef show(r): yield str(r.document)\n"
    desk.write(str(folder / "own.py"), show)
    for command in ("lint", "validate", "plan"):
        ran = desk.ddconf(command, f"--policies={folder}")
        assert ran.code == (3 if command == "plan" else 1)
        assert "${secret.PAGER}" in ran.out + ran.err
        assert "not-to-be-seen" not in ran.out + ran.err


def test_python_policies_of_the_checkout_do_not_run_beside_keys(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = desk.folder / "ran"
    desk.write("monitors.yaml", MONITOR.format(tags="env:prod"))
    desk.write("policies/own.py", f"open({str(mark)!r}, 'w').close()\n")
    desk.ddconf("plan")
    monkeypatch.setenv("DD_API_KEY", "0123456789abcdef0123456789abcdef")
    for command in ("lint", "validate", "plan"):
        ran = desk.ddconf(command, f"--policies={desk.folder / 'policies'}")
        assert ran.code == 1
        assert "lies in the checkout, and DD_A" in ran.err
    monkeypatch.setenv("DDCONF_POLICIES", str(desk.folder / "policies"))
    assert desk.ddconf("plan").code == 1
    assert not mark.exists()
