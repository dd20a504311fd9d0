"""What plan, apply and destroy share: making a plan in a workspace, and showing it."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ddconf.address import Address
from ddconf.cli.arguments import place_flags, scope_flags
from ddconf.cli.options import CommonOptions, PlanOptions, ShowOptions
from ddconf.cli.progress import StatusLine, elapsed
from ddconf.cli.workspace import Workspace
from ddconf.errors import BlockedError, DdconfError, Diagnostic, Severity
from ddconf.kind import find_kind
from ddconf.operations.alert_tests.addresses import MONITOR
from ddconf.operations.pipeline_tests.defined_pipelines import KIND as PIPELINE
from ddconf.operations.plan.fetch import kinds_for
from ddconf.operations.plan.plan import plan
from ddconf.plans.change import Action, Plan
from ddconf.plans.redact import redact
from ddconf.plans.scope import PlanScope
from ddconf.state.model import State

if TYPE_CHECKING:
    from ddconf.alerting.comparison import MonitorEffect
    from ddconf.datadog.http.client import Client
    from ddconf.definitions.definition import Definition
    from ddconf.definitions.load import Definitions
    from ddconf.pipelines.log import Log
    from ddconf.render.view import NextCommand


def make_workspace_plan(
    workspace: Workspace, client: Client, planning: PlanOptions, state: State | None = None
) -> Plan:
    """A plan of the workspace within the command's scope; raises where Datadog would refuse what it sends."""
    took = elapsed()
    line = StatusLine(lambda: f"Reading the live configuration: {client.requests} requests, {took()}")
    state, scope = state or read_state(workspace, client), scope_of(planning)
    definitions: dict[Address, Definition] = {}

    def load() -> Definitions:
        loaded = workspace.definitions(line.echo)
        definitions.update(loaded.items)
        return loaded

    with line.running():
        made = plan(
            client,
            workspace.settings,
            load,
            state,
            scope,
            sandbox=workspace.sandbox,
            warn=lambda warning: workspace.warn(warning, line.echo),
        )
        if planning.check and scope.applies_definitions and made.changes:
            _check_online(workspace, client, made, definitions, state)
    if state.serial == 0 and any(change.action is Action.ADOPT for change in made.changes):
        workspace.warn(_without_state(workspace))
    return made


def _without_state(workspace: Workspace) -> Diagnostic:
    """What cannot be seen where there is no state, though there are objects already; louder in CI."""
    is_ci = bool(workspace.settings.env.get("CI"))
    return Diagnostic(
        f"no state was found ({workspace.backend.name}): objects of removed definitions are not deleted",
        hint="if there was one, restore it before you apply; keep it where every run finds it, as in "
        "`state: s3://BUCKET/ddconf.json` in ddconf.yaml",
        severity=Severity.WARNING if is_ci else Severity.NOTE,
    )


def _check_online(
    workspace: Workspace,
    client: Client,
    plan: Plan,
    definitions: Mapping[Address, Definition],
    state: State,
) -> None:
    from ddconf.operations.plan.online_checks import OnlineChecks

    kinds = kinds_for(workspace.settings, sandbox=workspace.sandbox)
    checks = OnlineChecks(client, definitions, state, kinds, workspace.settings.secret)
    if refusals := checks.refusals(plan):
        raise DdconfError(*refusals)


def read_state(workspace: Workspace, client: Client) -> State:
    """What was applied so far; a new state where nothing was."""
    from ddconf.state.journal import load_state, new_state

    return load_state(workspace.backend, site=client.site) or new_state(client.site)


def blocked(workspace: Workspace, plan: Plan, state: State, planning: PlanOptions) -> BlockedError | None:
    """Every reason not to apply the plan, for the command to raise; None where there is none."""
    from ddconf.plans.drift import deleted_though_changed
    from ddconf.plans.limits import Allowances, OwnedCounts, check

    settings = workspace.settings
    kinds = kinds_for(settings, sandbox=workspace.sandbox)
    protected = {address for address, entry in state.entries.items() if entry.protected}
    owned = OwnedCounts(
        state.entries.keys(),
        protected,
        state.recent_deletes(),
        deleted_though_changed(plan, state, kinds),
        names_organisation=bool(state.organisation),
    )
    allowed = Allowances(
        planning.allow_updates,
        planning.allow_deletes,
        irreversible={*planning.allow_irreversible, *settings.allow_deletes},
        writes=settings.allow_writes,
        destroy=planning.destroy,
        adopt=planning.adopt,
    )
    reasons = [
        *check(plan, settings.limits, owned, allowed, kinds),
        *_policy_violations(workspace, plan, planning.policies),
    ]
    return BlockedError(*reasons) if reasons else None


def _policy_violations(workspace: Workspace, plan: Plan, folder: Path | None) -> Sequence[Diagnostic]:
    """What the team's policies refuse of the plan; what they only warn of is printed."""
    if not workspace.settings.policies and folder is None:
        return ()
    from ddconf.operations.policies.plan import plan_violations

    definitions: Mapping[Address, Definition] = {}
    with suppress(DdconfError):  # a saved plan may be applied where its definitions are not
        definitions = workspace.definitions(lambda *_, **__: None).items
    found = plan_violations(plan, definitions, workspace.settings, folder)
    for warning in found:
        if warning.severity is Severity.WARNING:
            workspace.warn(warning)
    return [item for item in found if item.severity is Severity.ERROR]


def scope_of(planning: PlanOptions) -> PlanScope:
    """The planning options as a scope; raises for what is not an address."""
    wrong = []
    for text in (*planning.targets, *planning.excludes, *planning.replaces):
        try:
            Address.parse(text)
        except ValueError as error:
            wrong.append(str(error))
    if wrong:
        raise DdconfError(*wrong)
    return PlanScope(
        targets=planning.targets,
        excludes=planning.excludes,
        replaces=planning.replaces,
        destroy=planning.destroy,
        refresh_only=planning.refresh_only,
        adopt=planning.adopt,
    )


def load_plan(file: Path) -> Plan:
    """A saved plan; raises DdconfError where the file is none."""
    from ddconf.kind import kind_names
    from ddconf.plans.plan_json import loads

    try:
        return loads(file.read_text(encoding="utf-8"), kind_names())
    except FileNotFoundError:
        raise DdconfError(f"no plan file {file}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise DdconfError(f"{file} is not a plan file: {error}") from None


FORMATS = ("text", "json", "markdown", "html", "gitlab", "terraform")
_FOR_OTHERS = ("gitlab", "terraform")
"""Formats that somebody else defines."""
_TEXTS = ("text", "markdown")


@dataclass(frozen=True)
class Next:
    """What the next command can go on with: the same options, and the file of the plan.

    Where the run does not end with the plan, it names no next command.
    """

    common: CommonOptions
    planning: PlanOptions = PlanOptions()
    saved: Path | None = None
    ends: bool = True


def show(
    workspace: Workspace,
    plan: Plan,
    showing: ShowOptions,
    next: Next,
    *,
    state: State | None = None,
    refused: BlockedError | None = None,
    replay: Mapping[str, Any] | None = None,
) -> None:
    """Print a plan in one of the formats, with the organisation of the state and why apply would refuse."""
    output = showing.output
    if output not in FORMATS:
        raise DdconfError(f"no format {output!r}: choose one of {', '.join(FORMATS)}")
    from ddconf.render.header import PlanHeader
    from ddconf.render.view import PlanView

    plan = redact(plan, find_kind)
    render = importlib.import_module(f"ddconf.render.{output}").render
    header = PlanHeader(
        workspace.settings.environment,
        state.organisation if state else "",
        refused.diagnostics if refused else (),
    )
    effects = {} if output in _FOR_OTHERS else _effects(workspace, plan)
    view = PlanView(
        color=workspace.color,
        full=showing.full,
        header=header,
        following=_next_command(next) if next.ends else None,
        behaviour={} if output in _FOR_OTHERS else _behaviour(workspace, plan, effects, output),
        samples=_samples(workspace, plan) if output == "html" else {},
        effects=effects,
        replay=replay,
    )
    click.echo(render(plan, view), color=workspace.color)


def _next_command(next: Next) -> NextCommand:
    from ddconf.render.view import NextCommand

    place, scope = place_flags(next.common), scope_flags(next.common, next.planning)
    # A saved plan is held against the definitions, which takes the same variables and the same purpose.
    return NextCommand(str(next.saved), place + scope) if next.saved else NextCommand(None, place, scope)


def _behaviour(
    workspace: Workspace, plan: Plan, effects: Mapping[Address, MonitorEffect], output: str
) -> Mapping[Address, Sequence[str]]:
    """What changed pipelines do to logs, and changed monitors on the data at hand; texts have charts, too.

    The engine is loaded only if there are any.
    """
    found: dict[Address, Sequence[str]] = {address: effect.lines for address, effect in effects.items()}
    if effects and output in _TEXTS:
        from ddconf.render.status_text import effect_lines

        found |= {address: effect_lines(effect) for address, effect in effects.items()}
    if PIPELINE in _updated(plan):
        from ddconf.operations.pipeline_tests.behaviour import behaviours

        found |= behaviours(plan, workspace.root, workspace.settings.ignore)
    return found


def _effects(workspace: Workspace, plan: Plan) -> Mapping[Address, MonitorEffect]:
    """What changed monitors do on the data at hand; the engine is loaded only if there are any."""
    if MONITOR not in _updated(plan):
        return {}
    from ddconf.operations.alert_tests.behaviour import monitor_effects

    return monitor_effects(plan, workspace.root, workspace.settings)


def _updated(plan: Plan) -> set[str]:
    """The kinds of what is updated."""
    return {change.address.kind for change in plan.changes if change.action is Action.UPDATE}


def _samples(workspace: Workspace, plan: Plan) -> Mapping[str, Sequence[Log]]:
    """The logs of the tests of pipelines that change; none where the tests have mistakes."""
    if not any(change.address.kind == PIPELINE and change.fields for change in plan.changes):
        return {}
    from ddconf.operations.preview import logs_of_tests

    try:
        return logs_of_tests(workspace.root, workspace.settings, lambda: datetime.now(UTC))
    except DdconfError:
        return {}
