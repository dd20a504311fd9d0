"""Whether keys and state are of one organisation: a site holds many, and some names are ids in each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ddconf.document import get
from ddconf.errors import ApiError, DdconfError, Diagnostic
from ddconf.state.model import State

if TYPE_CHECKING:
    from ddconf.datadog.http.client import Client


def require_same_organisation(client: Client, state: State) -> State:
    """The state with the organisation it is of; raises DdconfError where the keys are another's.

    A state that names none gets that of the keys, if they tell it.
    """
    own = _of_keys(client)
    if own and state.organisation and own != state.organisation:
        message = f"the state belongs to the organisation {state.organisation}, and the keys to {own}"
        hint = "use the keys of that organisation, or name another state in ddconf.yaml, per environment"
        raise DdconfError(Diagnostic(message, hint=hint))
    return replace(state, organisation=state.organisation or own)


def _of_keys(client: Client) -> str:
    """The id of the keys' organisation; empty where they do not tell.

    Any valid keys may ask: https://docs.datadoghq.com/api/latest/users/get-current-user/
    """
    try:
        answer = client.request("GET", "/api/v2/current_user")
    except ApiError as error:
        if error.status in (401, 403, 404):
            return ""
        raise
    id_ = get(answer, ("data", "relationships", "org", "data", "id"))
    return id_ if isinstance(id_, str) else ""
