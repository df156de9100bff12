"""Where the form saves: pull requests at GitHub when the repository is known, a folder of this machine when it is opened there."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

_GITHUB: Final = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?\Z")
#: The form insists on a repository even where only a folder is worked on. This one appears nowhere, and is nowhere: of
#: a server that is not GitHub's own the form does not ask how it is.
_PLACEHOLDER: Final = {"repo": "evreg/evreg", "base_url": "https://localhost", "api_root": "https://localhost"}
_GITHUB_HOSTS: Final = "https://api.github.com https://www.githubstatus.com"
_GITHUB_PICTURES: Final = "https://avatars.githubusercontent.com"


class Backend(NamedTuple):
    """Where the form of a site saves.

    Attributes:
        repository: ``owner/name`` at GitHub; None when the site has no repository there (yet).
        sign_in: Address of a service that signs people in with OAuth; None when they bring an access token.
    """

    repository: str | None
    sign_in: str | None = None

    def settings(self) -> dict[str, Any]:
        """What the configuration says of it.

        A change becomes a branch and a pull request, from the person's own fork where the repository is not theirs.
        """
        if self.repository is None:
            return {"backend": {"name": "github", "auth_methods": ["token"], **_PLACEHOLDER}}
        service: dict[str, Any] = {"name": "github", "repo": self.repository, "open_authoring": True}
        service |= {"auth_scope": "public_repo", "commit_messages": _MESSAGES, "auth_methods": ["token"]}
        if self.sign_in:
            service |= {"auth_methods": ["oauth", "token"], "base_url": self.sign_in}
        return {"backend": service, "publish_mode": "editorial_workflow"}

    def policy(self, script_hash: str, *, evaluated: bool = False, local: str = "") -> str:
        """The content security policy of the form's page.

        Styles are put in place by the form's program at run time, hence ``unsafe-inline`` for them alone.

        Args:
            script_hash: ``sha256-…`` of the page's only inline script, its import map.
            evaluated: Whether the program compiles code out of strings.
            local: Address on the machine itself that the program asks.
        """
        online = bool(self.repository)
        parts = {
            "default-src": "'none'",
            "script-src": f"'self' '{script_hash}'" + (" 'unsafe-eval'" if evaluated else ""),
            "style-src": "'self' 'unsafe-inline'",
            "font-src": "'self'",
            "img-src": "'self' data: blob:" + (f" {_GITHUB_PICTURES}" if online else ""),
            "connect-src": " ".join(filter(None, ("'self' blob: data:", _GITHUB_HOSTS if online else "", local))),
            "manifest-src": "blob:",
            "base-uri": "'none'",
            "form-action": "'none'",
        }
        return "; ".join(f"{name} {value}" for name, value in parts.items())


_MESSAGES: Final = {
    "create": "Add {{collection}}/{{slug}}",
    "update": "Edit {{collection}}/{{slug}}",
    "delete": "Delete {{collection}}/{{slug}}",
}


def backend_of(repo_url: object, sign_in: object = None) -> Backend:
    """The back end for the address that ``mkdocs.yml`` gives as ``repo_url``; an address elsewhere counts as none.

    Args:
        repo_url: Address of the repository, or None.
        sign_in: ``extra.form_sign_in_url``, or None.
    """
    match = _GITHUB.match(str(repo_url or ""))
    return Backend(match[1] if match else None, str(sign_in) if match and sign_in else None)
