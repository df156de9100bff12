"""``evreg serve``."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

import click

from evreg.checkout import find_checkout
from evreg.form import form_writer
from evreg.options import kb_option, lang_option
from evreg.progress import status
from evreg.related import related_entries
from kb import KnowledgeBase
from kb.files import find_root
from kb.problems import EvregError, Language, Message

_GREETING = {
    "en": "Open {0} (Japanese: {0}ja/; interface for programs: {0}api/v1/; stop with Ctrl-C)",
    "ja": "{0}ja/ を開いてください(英語版: {0}、プログラム向けAPI: {0}api/v1/、終了: Ctrl-C)",
}


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 for any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--public", is_flag=True, help="Allow addresses that other machines can reach.")
@click.option(
    "--site", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Serve this built site as it is."
)
@kb_option
@lang_option
def serve(port: int, host: str, public: bool, site: Path | None, kb_path: Path | None, lang: Language) -> None:
    """Serve the built site and the search interface on one address; the site is built when it is not up to date."""
    from search.api.app import create_app
    from search.api.library import open_library
    from search.api.server import run

    if not public and not _is_loopback(host):
        raise _not_public(host)
    root = find_root(kb_path)
    with status("serve") as step:
        library = open_library(root, building=lambda: step("index"))
        folder = site or _up_to_date_site(library.kb, root, step, lang)
    run(create_app(library, folder), host, port, lambda address: click.echo(_GREETING[lang].format(address)))


def _up_to_date_site(kb: KnowledgeBase, root: Path, step: Callable[[str], None], lang: Language) -> Path:
    from evreg.built_site import is_up_to_date, remember
    from publish.build import build_site

    checkout = find_checkout()
    out = checkout / "build" / "site"
    if not is_up_to_date(checkout, root, out):
        build_site(kb, checkout, out.resolve(), step, related_entries(root), form_writer(checkout, lang))
        remember(checkout, root, out)
    return out


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _not_public(host: str) -> EvregError:
    return EvregError(
        "--host",
        Message(f"Other machines could reach «{host}».", f"「{host}」は他の機器から到達できる。"),
        Message("127.0.0.1, ::1 or localhost.", "127.0.0.1、::1又はlocalhostとする。"),
        Message("Add --public if that is what you want.", "公開する場合は--publicを付ける。"),
    )
