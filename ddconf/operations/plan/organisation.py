"""Whether keys and state are of one organisation: a site holds many, and some names are ids in each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from ddconf.document import canonical, get
from ddconf.errors import ApiError, DdconfError, Diagnostic
from ddconf.state.model import State

if TYPE_CHECKING:
    from ddconf.datadog.http.client import Client


@dataclass(frozen=True, slots=True)
class Identity:
    """The ids of the organisation and of the user that keys belong to; empty where they do not tell.

    `rights` differs where the key is another one of the user, or the user's roles are others.
    """

    organisation: str = ""
    user: str = ""
    rights: str = ""


def identify(client: Client) -> Identity:
    """Whose keys these are.

    Any valid keys may ask: https://docs.datadoghq.com/api/latest/users/get-current-user/
    """
    try:
        answer = client.request("GET", "/api/v2/current_user")
    except ApiError as error:
        if error.status in (401, 403, 404):
            return Identity()
        raise
    ids = [get(answer, path) for path in (("data", "relationships", "org", "data", "id"), ("data", "id"))]
    organisation, user = (id_ if isinstance(id_, str) else "" for id_ in ids)
    roles = get(answer, ("data", "relationships", "roles", "data")) or []
    rights = canonical([client.user_key, sorted(str(get(role, ("id",))) for role in roles)])
    digest = blake2b(rights.encode(), digest_size=16).hexdigest()
    return Identity(organisation, user, digest)


def require_same_organisation(client: Client, state: State) -> State:
    """The state with the organisation it is of and its user; raises DdconfError where the keys are another's.

    A state that names none gets those of the keys, if they tell them.
    """
    keys = identify(client)
    of_keys = _of_organisation(state, keys)
    return of_keys if state.applied_by else replace(of_keys, applied_by=keys.user, applied_with=keys.rights)


def as_applied(client: Client, state: State) -> State:
    """The state for an apply of a plan that was made with these keys: from now on it is their user's."""
    keys = identify(client)
    of_keys = _of_organisation(state, keys)
    return replace(of_keys, applied_by=keys.user, applied_with=keys.rights) if keys.user else of_keys


def _of_organisation(state: State, keys: Identity) -> State:
    own = keys.organisation
    if own and state.organisation and own != state.organisation:
        message = f"the state belongs to the organisation {state.organisation}, and the keys to {own}"
        hint = "use the keys of that organisation, or name another state in ddconf.yaml, per environment"
        raise DdconfError(Diagnostic(message, hint=hint))
    return replace(state, organisation=state.organisation or own)
