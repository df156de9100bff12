"""``evreg site serve``: build, show, and keep the pages in step with the files."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kb.knowledge_base import Key
from kb.problems import EvregError, Language, Message
from kb.report_text import error_text
from kb.stamps import kb_records, kb_rules
from publish.build import Beside
from publish.preview import Change, Preview
from publish.preview_server import PreviewServer
from publish.watching import Changes, watching
from publish.workers import workers

#: Writes one message to the person at the terminal.
Tell = Callable[[str], None]


def serve_site(
    checkout: Path,
    kb_root: Path,
    port: int,
    language: Language = "en",
    tell: Tell | None = None,
    related: Mapping[Key, Sequence[Key]] | None = None,
    answering: Tell = lambda _address: None,
    *,
    beside: Beside | None = None,
) -> None:
    """Serve the site until interrupted; open pages reload after every change.

    Args:
        checkout: Folder with ``mkdocs.yml`` and ``docs``.
        kb_root: Folder with ``entries`` and ``vocabularies``.
        port: Port on 127.0.0.1; 0 for any free one.
        language: In which language to speak to the person at the terminal.
        tell: Writes a message; to standard output by default.
        related: Collection and id -> entries about nearly the same, for «see also».
        answering: Called with the site's address once it is served.
        beside: Adds what is not a page to each full build.

    Raises:
        EvregError: when the port is taken, or the first build fails; later errors are told and the last good site stays.
    """
    say, out = tell or _to_terminal, checkout / "build" / "site"
    server = PreviewServer(out, port)
    try:
        with (
            workers() as pool,
            watching(_folders(checkout, kb_root), [checkout / "mkdocs.yml", *kb_rules(kb_root)]) as changes,
        ):
            preview = Preview(pool, checkout, kb_root, out, related, beside)
            started = time.perf_counter()
            preview.refresh()
            server.start()
            answering(server.address)
            say(_greeting(server.address, time.perf_counter() - started, language))
            while True:
                _follow(preview, server, changes, language, say)
    except KeyboardInterrupt:
        return
    finally:
        server.stop()


def _folders(checkout: Path, kb_root: Path) -> tuple[Path, ...]:
    records = (place for place in kb_records(kb_root) if place.is_dir())
    return kb_root / "entries", kb_root / "vocabularies", *records, checkout / "docs"


def _follow(preview: Preview, server: PreviewServer, changes: Changes, language: Language, say: Tell) -> None:
    """Wait for one change and show it."""
    if not changes.wait(1.0):  # returns now and then, so that Ctrl-C works on Windows too
        return
    started = time.perf_counter()
    try:
        change = preview.refresh()
    except EvregError as error:
        say(error_text(error, language))
    except OSError as error:
        say(error_text(_unreadable(error), language))
    else:
        if change.anything:
            server.reload.announce()
            say(_report(change, time.perf_counter() - started, language))


def _unreadable(error: OSError) -> EvregError:
    """A file that vanished or is locked while an editor saves it."""
    return EvregError(
        str(error.filename or "?"),
        Message(f"It cannot be read or written: {error.strerror}.", f"読み書きできない: {error.strerror}"),
        Message("Files that stay in place while they are read.", "読み込み中に移動しないファイルが必要である。"),
        Message("Save the file once more.", "ファイルをもう一度保存する。"),
    )


def _greeting(address: str, seconds: float, language: Language) -> str:
    if language == "ja":
        return f"{address}ja/ を開いてください({seconds:.1f}秒で構築。英語版: {address}、終了: Ctrl-C)"
    return f"Open {address} (built in {seconds:.1f} s; Japanese: {address}ja/; stop with Ctrl-C)"


def _report(change: Change, seconds: float, language: Language) -> str:
    return (
        f"{change.pages}ページを{seconds:.1f}秒で更新"
        if language == "ja"
        else f"{change.pages} pages in {seconds:.1f} s"
    )


def _to_terminal(message: str) -> None:
    sys.stdout.write(f"{message}\n")
    sys.stdout.flush()
