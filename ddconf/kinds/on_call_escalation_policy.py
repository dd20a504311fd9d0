"""On-Call escalation policy: https://docs.datadoghq.com/api/latest/on-call/"""

from dataclasses import replace

from ddconf.document import JSON, Document, get
from ddconf.kind import Call, Kind, enveloped, jsonapi

_PATH = "/api/v2/on-call/escalation-policies"

_ENVELOPE = enveloped("policies")


def _unwrap(answer: JSON) -> Document:
    """The policy with its steps, which an answer has beside it."""
    policy = _ENVELOPE.unwrap(answer)
    beside = {(item["type"], item["id"]): item for item in get(answer, ("included",), ())}
    links = get(policy, ("relationships", "steps", "data"), ())
    steps = [_step(beside["steps", link["id"]], beside) for link in links if ("steps", link["id"]) in beside]
    return {**policy, "steps": steps} if steps else policy


def _step(step: JSON, beside: dict[tuple[str, str], JSON]) -> Document:
    targets = get(step, ("relationships", "targets", "data"), ())
    return {"id": step["id"], **step["attributes"], "targets": [_target(link, beside) for link in targets]}


def _target(link: JSON, beside: dict[tuple[str, str], JSON]) -> JSON:
    """Who is asked; a shift of a schedule that is not the present one has an object of its own."""
    shift = beside.get((link["type"], link["id"]))
    if link["type"] != "schedule_target" or shift is None:
        return link
    schedule = shift["relationships"]["schedule"]["data"]
    return {**schedule, "config": {"schedule": {"position": shift["attributes"]["position"]}}}


KIND = Kind(
    name="on_call_escalation_policy",
    api=jsonapi(
        _PATH,
        "policies",
        envelope=replace(_ENVELOPE, unwrap=_unwrap),
        read=Call("GET", f"{_PATH}/{{id}}", params={"include": "steps.targets"}),
        list=None,
        update=Call("PUT", f"{_PATH}/{{id}}"),
        merges=False,
    ),
    read_only=("id", "relationships.steps", "steps[*].id"),
    defaults={"steps[*].assignment": "default"},
    references={
        "relationships.teams.data[*].id": "team",
        "steps[*].targets[*].id": ("user", "team", "on_call_schedule"),
    },
    permissions={"read": "on_call_read", "write": "on_call_write"},
    title="On-Call escalation policy",
    area="Service management",
    terraform=("datadog_on_call_escalation_policy",),
    tier=2,
    notes="There is no list: one that the state does not know is named by `ddconf: {id: ...}`.",
)
