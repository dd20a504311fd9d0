"""GitHub account of CI Visibility: https://docs.datadoghq.com/api/latest/ci-visibility-github/"""

from ddconf.document import JSON, Document
from ddconf.kind import Api, Call, Kind, enveloped

_PATH = "/api/v2/ci/github/accounts"


def _update(account: Document) -> JSON:
    """The account is named in the body alone."""
    attributes = {key: value for key, value in account.items() if key != "id"}
    return {"data": {"type": "ci_github_account", "attributes": attributes}}


KIND = Kind(
    name="ci_github_account",
    api=Api(
        envelope=enveloped("ci_github_account"),
        list=Call("GET", _PATH),
        update=Call("PATCH", _PATH, body=_update),
        items="data",
        merges=True,
    ),
    key=("account",),
    unique_key=True,
    read_only=("id", "repo_count", "repositories"),
    immutable=("account", "host"),
    title="GitHub account of CI Visibility",
    area="Software delivery",
    tier=3,
    notes="Accounts come from the GitHub integration; `repository` switches one, and is not shown again.",
)
