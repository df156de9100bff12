"""``evreg edit``."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import click

from evreg.checkout import find_checkout
from evreg.options import kb_option, lang_option
from evreg.related import related_entries
from kb import KnowledgeBase, load
from kb.files import find_root
from kb.problems import EvregError, Language, Message
from kb.report_text import error_text

_GREETING = {
    "en": "Edit at {0} (saves to {1}; stop with Ctrl-C)",
    "ja": "編集: {0}(保存先: {1}、終了: Ctrl-C)",
}
_PREVIEW = {"en": "Preview: {0}", "ja": "プレビュー: {0}"}
_WAITING = {
    "en": "The preview waits for the next save.",
    "ja": "プレビューは次の保存まで待機する。",
}


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8010, show_default=True, help="0 for any free one.")
@click.option("--open", "opened", is_flag=True, help="Open the form in the browser.")
@click.option("--preview/--no-preview", default=True, help="Show the pages beside the form.")
@kb_option
@lang_option
def edit(port: int, opened: bool, preview: bool, kb_path: Path | None, lang: Language) -> None:
    """Edit entries in a form on this machine; saves go to the checkout, and pages show them at once.

    Only this machine can reach the form. Entries are written when they are valid, else kept as drafts.
    """
    from editing.form.bundle import sveltia
    from editing.local.app import Desk
    from editing.local.drafts import Drafts
    from editing.local.form_files import FormFiles
    from editing.local.server import FormServer

    root = find_root(kb_path)
    _refuse_read_only(root / "entries")
    checkout = find_checkout() if preview else None
    saved, shown = threading.Event(), _Shown()
    form = FormFiles(sveltia(), _configurations(load(root)))
    desk = Desk(root, form, lang, Drafts(root), shown.page if preview else None, after_save=saved.set)
    server = FormServer(desk, port)
    server.start()
    try:
        click.echo(_GREETING[lang].format(server.address, root / "entries"))
        if opened:
            click.launch(server.address)
        if checkout is not None:
            _show_pages(checkout, root, lang, shown, saved)
        else:
            threading.Event().wait()
    except KeyboardInterrupt:
        return
    finally:
        server.stop()


class _Shown:
    """Where the pages are to be seen, once they are."""

    def __init__(self) -> None:
        self.address = ""

    def page(self, language: Language, collection: str, id_: str) -> str | None:
        """Address of an entry's page; None while there is none."""
        from publish.places import entry_path, localized_path

        if not self.address:
            return None
        return f"{self.address}{localized_path(language, entry_path((collection, id_)))}"


def _configurations(kb: KnowledgeBase) -> Callable[[Language], Mapping[str, Any]]:
    """Language -> the form's configuration."""
    from editing.form.configuration import configuration
    from publish.labels import LANGUAGES, Labels

    labels = {language: Labels(language) for language in LANGUAGES}
    return cache(lambda language: configuration(kb, labels, language))


def _show_pages(checkout: Path, root: Path, lang: Language, shown: _Shown, saved: threading.Event) -> None:
    """Serve the live preview; when the entries cannot be built, begin again after the next save."""
    from publish.serve import serve_site

    def tell(text: str) -> None:
        click.echo(_PREVIEW[lang].format(text))

    def answering(address: str) -> None:
        shown.address = address

    while True:
        saved.clear()
        try:
            serve_site(checkout, root, 0, lang, tell, related_entries(root), answering)
        except EvregError as error:
            click.echo(f"{error_text(error, lang)}\n{_WAITING[lang]}", err=True)
            saved.wait()
        else:
            return


def _refuse_read_only(entries: Path) -> None:
    folders = [entries, *(folder for folder in entries.iterdir() if folder.is_dir())]
    closed = next((folder for folder in folders if not os.access(folder, os.W_OK)), None)
    if closed is not None:
        raise EvregError(
            str(closed),
            Message("The folder may only be read.", "このフォルダーは読み取り専用である。"),
            Message("A folder that may be written.", "書き込めるフォルダーでなければならない。"),
            Message(
                "Change its permissions, or edit a checkout of your own: give it with --kb.",
                "権限を変更するか、自分のチェックアウトを--kbで指定する。",
            ),
        )
