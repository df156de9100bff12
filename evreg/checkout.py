"""Where the checkout is that holds the site's hand-written pages."""

from __future__ import annotations

from pathlib import Path

from kb.problems import EvregError, Message


def find_checkout() -> Path:
    """The nearest folder at or above the present one that holds ``mkdocs.yml`` and ``docs``.

    Raises:
        EvregError: when there is none; the package alone brings entries but no pages.
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "docs" / "en").is_dir():
            return folder
    raise EvregError(
        str(here),
        Message("This is not a checkout of EVReg.", "ここはEVRegのチェックアウトではない。"),
        Message("A folder with «mkdocs.yml» and «docs/».", "「mkdocs.yml」と「docs/」のあるフォルダーで実行する。"),
        Message(
            "Change into the checkout and run the command again.", "チェックアウトのフォルダーに移動して再実行する。"
        ),
    )
