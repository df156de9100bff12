"""Stops MkDocs when it is run on ``mkdocs.yml`` itself: that would give half a site, in no language."""

from __future__ import annotations

from mkdocs.exceptions import Abort


def on_startup(command: str, dirty: bool) -> None:
    """Called by MkDocs before anything else.

    Raises:
        Abort: always, with the one line that says what to run.
    """
    raise Abort(
        "EVReg is built in two languages: run «make serve» or «evreg site build» instead. / "
        "EVRegは2言語で構築します。「make serve」又は「evreg site build」を実行してください。"
    )
