"""An editor's save appears in the open browser by itself."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from publish.preview import Preview
from publish.preview_server import PreviewServer
from publish.workers import workers
from tests.browser.windows import Windows
from tests.samples import small_kb


def test_an_open_page_reloads_after_an_edit(windows: Windows, checkout: Path, tmp_path: Path) -> None:
    root, out = small_kb(tmp_path), tmp_path / "build" / "site"
    with workers() as pool:
        preview, server = Preview(pool, checkout, root, out), PreviewServer(out, 0)
        preview.refresh()
        server.start()
        with windows.reading(server.address) as visit:
            # The stream of versions must be open before the edit.
            with visit.page.expect_response(lambda answer: "event-stream" in answer.headers.get("content-type", "")):
                page = visit.go("ja/guidelines/g/")
            path = root / "entries" / "guidelines" / "g.yaml"
            path.write_text(path.read_text(encoding="utf-8").replace("指針g", "訂正した題名"), encoding="utf-8")
            started = time.monotonic()
            editing = threading.Thread(target=lambda: (preview.refresh(), server.reload.announce()))
            editing.start()
            page.wait_for_selector("h1:has-text('訂正した題名')", timeout=20_000)
            assert time.monotonic() - started < 10  # measured 0.5 s; a busy machine may need longer
            editing.join()
        server.stop()
