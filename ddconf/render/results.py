"""What an apply says as it goes: a line when a change starts, one when it ends, and the closing line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ddconf.document import format_path
from ddconf.plans.change import Action, Change, Result, ResultStatus
from ddconf.render.style import bold
from ddconf.render.values import printable

_WORK = {
    Action.CREATE: ("Creating", "Creation"),
    Action.UPDATE: ("Modifying", "Modifications"),
    Action.REPLACE: ("Replacing", "Replacement"),
    Action.DELETE: ("Destroying", "Destruction"),
    Action.ADOPT: ("Adopting", "Adoption"),
    Action.FORGET: ("Forgetting", "Forgetting"),
    Action.MANUAL: ("Looking", "Work by hand"),
    Action.NOOP: ("Recording", "Recording"),
}
_MOVE = ("Moving", "Move")
_DONE = {
    Action.CREATE: ("added",),
    Action.UPDATE: ("changed",),
    Action.REPLACE: ("added", "destroyed"),
    Action.DELETE: ("destroyed",),
    Action.ADOPT: ("adopted",),
    Action.FORGET: ("forgotten",),
    Action.NOOP: ("moved",),
}


def started(change: Change, *, color: bool = False) -> str:
    """`monitor.cpu: Modifying... [id=123]`"""
    return f"{_label(change, color)} {_work(change)[0]}...{_id(change)}"


def ended(result: Result, *, color: bool = False) -> str:
    """`monitor.cpu: Creation complete after 1s [id=123]`, or why it failed (and its place) or was skipped."""
    label, work = _label(result.change, color), _work(result.change)[1]
    if result.status is ResultStatus.DONE:
        kept = _id(result.change) if result.change.action is not Action.DELETE else ""
        told = f"{label} {work} complete after {duration(result.seconds)}{kept}"
        return f"{told}{_rewritten(result)}"
    reason = "\n  ".join(printable(line) for line in result.error.splitlines())
    if result.status is ResultStatus.SKIPPED:
        return f"{label} {bold('Skipped', color, 'yellow')}: {reason}"
    place = (
        f"\n  --> {printable(str(result.change.source))}" if result.change.source and not result.stale else ""
    )
    return f"{label} {bold(f'{work} failed', color, 'red')}: {reason}{place}"


def _rewritten(result: Result) -> str:
    if not result.rewritten:
        return ""
    paths = ", ".join(printable(format_path(path)) for path in result.rewritten)
    return f"\n  Datadog rewrote {paths}: it keeps a value of its own, which no later plan shows"


def _work(change: Change) -> tuple[str, str]:
    is_move = change.action is Action.NOOP and change.moved_from
    return _MOVE if is_move else _WORK[change.action]


def summary(results: Sequence[Result], *, color: bool = False, destroy: bool = False, place: str = "") -> str:
    """`Apply complete! Resources: 1 added, 0 changed, 0 destroyed.`; says what failed, and what to do."""
    verb = "Destroy" if destroy else "Apply"
    failed = sum(result.status is ResultStatus.FAILED for result in results)
    skipped = sum(result.status is ResultStatus.SKIPPED and not _is_manual(result) for result in results)
    if not failed and not skipped:
        told = f"{verb} complete! Resources: {_counts(results, destroy)}.{_count_rewritten(results)}"
        return bold(told, color, "green")
    first = f"{verb} incomplete: {failed} failed, {skipped} skipped. Resources: {_counts(results, destroy)}."
    first += _count_rewritten(results)
    return f"{bold(first, color, 'red')}\nTo see what is left to do, run: ddconf plan{place}"


def _count_rewritten(results: Sequence[Result]) -> str:
    number = sum(len(result.rewritten) for result in results)
    return f" {number} field{'s' * (number > 1)} rewritten by Datadog." if number else ""


def _counts(results: Sequence[Result], destroy: bool) -> str:
    done = Counter(word for result in results for word in _achieved(result))
    always = ("destroyed",) if destroy else ("added", "changed", "destroyed")
    sometimes = ("adopted", "moved", "forgotten", "to do by hand")
    return ", ".join(
        [f"{done[word]} {word}" for word in always]
        + [f"{done[word]} {word}" for word in sometimes if done[word]]
    )


def _achieved(result: Result) -> Iterator[str]:
    if _is_manual(result):
        yield "to do by hand"
    elif result.status is ResultStatus.DONE and (
        result.change.action is not Action.NOOP or result.change.moved_from
    ):
        yield from _DONE.get(result.change.action, ())
        if result.change.action is Action.ADOPT and result.change.fields:
            yield "changed"


def _is_manual(result: Result) -> bool:
    return result.change.action is Action.MANUAL


def duration(seconds: float) -> str:
    """`0s`, `59s`, `2m5s`"""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}m{rest}s" if minutes else f"{rest}s"


def _label(change: Change, color: bool) -> str:
    return bold(f"{change.address}:", color)


def _id(change: Change) -> str:
    return f" [id={printable(change.id)}]" if change.id else ""
