"""``evreg site``."""

from __future__ import annotations

from pathlib import Path

import click

from evreg.checkout import find_checkout
from evreg.form import form_writer
from evreg.options import kb_option, lang_option
from evreg.progress import status
from evreg.related import related_entries
from kb import load
from kb.files import find_root
from kb.problems import Language


@click.group()
def site() -> None:
    """Build or serve the bilingual site."""


@site.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to build (default build/site).")
@kb_option
@lang_option
def build(out: Path | None, kb_path: Path | None, lang: Language) -> None:
    """Build the whole site in both languages."""
    from publish.build import build_site

    checkout = find_checkout()
    target = (out or checkout / "build" / "site").resolve()
    with status("site") as step:
        related = related_entries(find_root(kb_path), lambda: step("neighbours"))
        result = build_site(load(kb_path), checkout, target, step, related, form_writer(checkout, lang))
    click.echo(
        f"{result.pages} pages in {result.seconds:.1f} s: {target}"
        if lang == "en"
        else f"{result.pages}ページを{result.seconds:.1f}秒で生成: {target}"
    )


@site.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@kb_option
@lang_option
def serve(port: int, kb_path: Path | None, lang: Language) -> None:
    """Serve the site on this machine; changes appear in the browser by themselves."""
    from publish.serve import serve_site

    root = find_root(kb_path)
    with status("site") as step:
        related = related_entries(root, lambda: step("neighbours"))
    checkout = find_checkout()
    serve_site(checkout, root, port, lang, related=related, beside=form_writer(checkout, lang))
