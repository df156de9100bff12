"""``evreg digest``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from evreg.options import kb_option
from kb.files import find_root
from kb.problems import EvregError, Language, Message, shorten

_LANGUAGES: dict[str, tuple[Language, ...]] = {"en": ("en",), "ja": ("ja",), "both": ("en", "ja")}


@click.command()
@click.option("--since", required=True, metavar="DATE", help="First day (or month) of the period.  [required]")
@click.option("--until", metavar="DATE", help="Last day (or month); today by default.")
@click.option("--group", metavar="CODE", help="Only entries that this working group looks after.")
@click.option("--lang", type=click.Choice(list(_LANGUAGES)), default="both", show_default=True)
@click.option("--format", "format_", type=click.Choice(["md", "html"]), default="md", show_default=True)
@click.option("--site-url", metavar="URL", help="Address of the site, to link entries to (HTML).")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write instead of printing.")
@kb_option
def digest(
    since: str,
    until: str | None,
    group: str | None,
    lang: str,
    format_: str,
    site_url: str | None,
    out: Path | None,
    kb_path: Path | None,
) -> None:
    """Sum up a period for a working group: changes, due reviews, inbox, disagreements, stale translations."""
    from editing.digest.matter import matter_of
    from editing.digest.writing import html_text, markdown_text, parts_of
    from kb.atomic import write_text

    address = _site_address(site_url) if site_url else None
    matter = matter_of(find_root(kb_path), since, until, group, date.today())
    parts = parts_of(matter, _LANGUAGES[lang])
    text = html_text(parts, address) if format_ == "html" else markdown_text(parts)
    if out:
        write_text(out, text)
    else:
        click.echo(text, nl=False)


def _site_address(url: str) -> str:
    """The address with a final slash.

    Raises:
        EvregError: when it is none.
    """
    from kb.checks.urls import fault_of

    fault = fault_of(url)
    if fault is None and not {"?", "#"} & set(url):
        return url.rstrip("/") + "/"
    found = fault or Message("It has a query or a fragment.", "クエリー又はフラグメントが付いている。")
    raise EvregError(
        "--site-url",
        Message(f"«{shorten(url)}»: {found.en}", f"「{shorten(url)}」について、{found.ja}"),
        Message("The address of the site's home page.", "サイトのトップページのアドレスを指定する。"),
        Message("Correct the address, or leave it out.", "アドレスを訂正するか、省略する。"),
    )
