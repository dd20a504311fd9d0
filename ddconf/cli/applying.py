"""What apply and destroy share: lock, plan, ask, carry out, and say how it went."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from types import FrameType
from typing import TYPE_CHECKING

import click

from ddconf.address import Address
from ddconf.cli import exit_codes
from ddconf.cli.arguments import place_flags
from ddconf.cli.flags import seconds
from ddconf.cli.options import ApplyOptions, LockOptions, ShowOptions
from ddconf.cli.planning import Next, blocked, load_plan, make_workspace_plan, read_state, scope_of, show
from ddconf.cli.progress import StatusLine, elapsed
from ddconf.cli.workspace import Workspace, open_workspace
from ddconf.errors import DdconfError, Diagnostic, Severity, StaleError
from ddconf.kind.mark import mark_of
from ddconf.operations.apply.apply import apply
from ddconf.operations.apply.write import Writer
from ddconf.operations.plan.fetch import clients_for, kinds_for
from ddconf.operations.plan.organisation import as_applied, require_same_organisation
from ddconf.plans.change import Plan, Result, ResultStatus
from ddconf.plans.ownership import Ownership
from ddconf.plans.redact import is_veiled
from ddconf.state.model import State

if TYPE_CHECKING:
    from ddconf.datadog.http.client import Client
    from ddconf.state.protocol import Backend


_UNLOCKED = Diagnostic(
    "no lock is held: two runs at once may create the same objects, and the state of one is lost",
    hint="leave out --lock=false; --lock-timeout=5m waits, `ddconf force-unlock` removes a stale lock",
    severity=Severity.WARNING,
)


def run(options: ApplyOptions) -> int:
    """The whole command; returns the exit code."""
    workspace = open_workspace(options.common, options.remote)
    backend = workspace.backend
    if not options.locking.lock:
        workspace.warn(_UNLOCKED)
    with locked(backend, options.locking), workspace.connect() as client:
        state, plan = _plan(workspace, client, options)
        if not plan.changes:
            return exit_codes.DONE
        if refused := blocked(workspace, plan, state, options.planning):
            raise refused
        if options.plan_file is None and not options.auto_approve and not _agreed(asks=options.planning.asks):
            click.echo("\nApply cancelled.")
            return exit_codes.ERROR
        if options.plan_file is not None:
            state = require_same_organisation(client, state)
        else:
            state = as_applied(client, state)
        return _carry_out(workspace, client, backend, state, plan, options)


def _plan(workspace: Workspace, client: Client, options: ApplyOptions) -> tuple[State, Plan]:
    """The state, and the saved plan or a new one, which is shown."""
    file = options.plan_file
    if file is None:
        state = read_state(workspace, client)
        plan = make_workspace_plan(workspace, client, options.planning, state)
        next = Next(options.common, options.planning, ends=False)
        show(workspace, plan, ShowOptions(), next, state=state)
        return state, plan
    from ddconf.state.journal import load_state

    plan = load_plan(file)
    if plan.site != client.site:
        raise StaleError(f"{file} was made for {plan.site}, not for {client.site}: make a new plan here")
    # A plan made before anything was applied brings the lineage that the first state will have.
    state = load_state(workspace.backend, site=client.site) or State(plan.lineage, plan.site)
    if plan.lineage != state.lineage:
        raise StaleError(f"{file} was made with another state than the one here: make a new plan")
    if incomplete := [change for change in plan.changes if is_veiled(change)]:
        hint = "write ${secret.NAME} in the definition, or apply without a saved plan"
        raise DdconfError(
            *(
                Diagnostic(f"{change.address} has a secret in clear, which no saved plan keeps", hint=hint)
                for change in incomplete
            )
        )
    if not options.detached:
        _require_implied(workspace, plan, options)
    return state, plan


def _require_implied(workspace: Workspace, plan: Plan, options: ApplyOptions) -> None:
    """Raise StaleError where the current definitions do not imply a plan that comes from a file."""
    from ddconf.plans.implied import not_implied

    scope = scope_of(options.planning)
    loaded = workspace.definitions()
    definitions, removed = loaded.items, {block.address for block in loaded.removed}
    if not definitions and any(change.desired is not None for change in plan.changes):
        hint = "run it beside the definitions, or add --detached to apply the plan as it is"
        raise DdconfError(Diagnostic(f"no definitions to check {options.plan_file} against", hint=hint))
    kinds = kinds_for(workspace.settings, sandbox=workspace.sandbox)
    if wrong := list(not_implied(plan, definitions, removed, kinds, scope)):
        raise StaleError(*wrong)


def locked(backend: Backend, locking: LockOptions) -> AbstractContextManager[None]:
    """The state's lock, unless the command was told to do without it."""
    if not locking.lock:
        return nullcontext()
    return backend.lock(_owner(), seconds(locking.lock_timeout))


def _agreed(*, asks: bool) -> bool:
    if not asks or not sys.stdin.isatty():
        raise DdconfError("nobody is there to answer: use --auto-approve, or apply a saved plan")
    click.echo("\nDo you want to perform these actions? Only 'yes' will be accepted.")
    return bool(click.prompt("  Enter a value", prompt_suffix=": ", default="", show_default=False) == "yes")


def _owner() -> str:
    import getpass
    import platform

    return f"{getpass.getuser()}@{platform.node()}"


@contextmanager
def _interruptible(client: Client) -> Iterator[threading.Event]:
    """The first Ctrl-C lets what is in flight end, without further waits; the second stops at once."""
    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            client.stop()
            raise KeyboardInterrupt
        stop.set()
        client.end_waits()
        click.echo("\nInterrupted: waiting for what is in flight. Once more to stop at once.", err=True)

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _carry_out(
    workspace: Workspace,
    client: Client,
    backend: Backend,
    state: State,
    plan: Plan,
    options: ApplyOptions,
) -> int:
    from ddconf.render import results
    from ddconf.state.journal import keep_lineage, recorder

    keep_lineage(backend, state)
    ended: dict[Address, Result] = {}
    took = elapsed()
    if options.plan_file is None:
        click.echo()  # between the plan, or the answer, and what follows
    status = StatusLine(lambda: f"{len(ended)} of {len(plan.changes)} changes done after {took()}")
    with _interruptible(client) as stop, recorder(backend, state) as journal, status.running():
        writer = Writer(
            client_for=clients_for(client, workspace.settings, sandbox=workspace.sandbox),
            kinds=kinds_for(workspace.settings, sandbox=workspace.sandbox),
            entries=dict(state.entries),
            recorder=journal,
            secret=workspace.settings.secret,
            key=state.lineage.encode(),
            sleep=stop.wait,
            ownership=Ownership(
                mark_of(state.lineage), workspace.settings.ownership_mark, options.planning.adopt
            ),
            is_alone=options.locking.lock,
            recheck=not options.locking.lock or options.plan_file is not None or not options.auto_approve,
        )
        for result in apply(
            plan,
            writer,
            workers=workspace.parallelism,
            stop=stop,
            on_start=lambda change: status.echo(results.started(change, color=workspace.color)),
        ):
            ended[result.change.address] = result
            if options.planning.allow_deletes is None and result.is_deleted:
                journal.note_deleted(result.change.address.kind)
            status.echo(
                results.ended(result, color=workspace.color), err=result.status is ResultStatus.FAILED
            )
    done, place = list(ended.values()), place_flags(options.common)
    summary = results.summary(done, color=workspace.color, destroy=options.planning.destroy, place=place)
    click.echo(f"\n{summary}")
    return _exit_code(done, interrupted=stop.is_set())


def _exit_code(done: list[Result], *, interrupted: bool) -> int:
    failed = [result for result in done if result.status is ResultStatus.FAILED]
    if interrupted:
        return exit_codes.INTERRUPTED
    if failed and all(result.stale for result in failed):
        return exit_codes.STALE
    if failed:
        some = any(result.status is ResultStatus.DONE for result in done)
        return exit_codes.PARTIAL if some else exit_codes.ERROR
    return exit_codes.DONE
