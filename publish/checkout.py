"""Where the site's configuration and hand-written pages are: a checkout, never the installed package."""

from __future__ import annotations

from pathlib import Path

from kb.problems import EvregError, Message


def find_checkout(start: Path | None = None) -> Path:
    """The nearest folder, from ``start`` (default: the working folder) upwards, that holds the site's configuration.

    Outside any checkout, the one that this code runs from counts, when it runs from one.

    Raises:
        EvregError: when there is none.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[1]):
        if (folder / "mkdocs.yml").is_file() and (folder / "docs" / "overrides").is_dir():
            return folder
    raise EvregError(
        str(here),
        Message("This is no checkout of EVReg.", "EVRegのチェックアウトではない。"),
        Message(
            "A folder with mkdocs.yml and docs/overrides.", "mkdocs.ymlとdocs/overridesのあるフォルダーが必要である。"
        ),
        Message(
            "Change into the checkout and run the command again.", "チェックアウトのフォルダーに移動して実行し直す。"
        ),
    )
