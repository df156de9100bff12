"""The form that a built site has at ``/admin/``: the site's words and ``mkdocs.yml`` handed to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from kb import KnowledgeBase
from kb.problems import Language


def form_writer(checkout: Path, language: Language) -> Callable[[KnowledgeBase, Path], None]:
    """What adds the form to a built site; where its program cannot be had, one line on standard error says so.

    Args:
        checkout: Folder with ``mkdocs.yml``: ``repo_url`` and ``extra.form_sign_in_url`` decide where the form saves,
            ``extra.form_program: decap`` replaces Sveltia CMS by Decap CMS.
        language: Of that line.
    """

    def write(kb: KnowledgeBase, out: Path) -> None:
        from editing.form.backend import backend_of
        from editing.form.site import DECAP, SVELTIA, write_form
        from publish.configuration import read_configuration
        from publish.labels import LANGUAGES, Labels

        data = read_configuration(checkout).data
        extra = data.get("extra") or {}
        backend = backend_of(data.get("repo_url"), extra.get("form_sign_in_url"))
        program = DECAP if extra.get("form_program") == "decap" else SVELTIA
        missing = write_form(out, kb, {code: Labels(code) for code in LANGUAGES}, backend, program)
        if missing is not None:
            reason, remedy = (getattr(part, language) for part in (missing.found, missing.remedy))
            japanese = f"/admin/: フォームなし。{reason}{remedy}"
            click.echo(japanese if language == "ja" else f"/admin/: no form. {reason} {remedy}", err=True)

    return write
