"""The full site build beside MkDocs + Material + mkdocs-static-i18n + search on the same Markdown pages."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from bench.figures import Figure
from bench.measure import median, run

_CONFIGURATION = """\
site_name: EVReg
docs_dir: docs
site_dir: site
use_directory_urls: true
theme:
  name: material
  font: false
validation:
  omitted_files: ignore
  absolute_links: ignore
  unrecognized_links: ignore
  not_found: ignore
  anchors: ignore
nav:
{nav}
markdown_extensions: [attr_list, tables, toc]
plugins:
  - search:
      lang: [en, ja]
  - i18n:
      docs_structure: folder
      fallback_to_default: false
      languages:
        - {{locale: en, name: English, default: true, build: true}}
        - {{locale: ja, name: 日本語, build: true}}
"""


def figures(root: Path, scratch: Path, rounds: int) -> list[Figure]:
    """The figures about the site.

    Args:
        root: The checkout.
        scratch: An empty folder.
        rounds: Repetitions of the comparison.
    """
    out = root / "build" / "site"
    ours = [sys.executable, "-m", "evreg", "site", "build"]
    first = run(ours, cwd=root)
    beside = _beside(root, scratch)
    theirs = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(beside / "mkdocs.yml")]
    measured = [(run(ours, cwd=root), run(theirs, cwd=beside)) for _ in range(rounds)]
    pages = sum(1 for _ in out.rglob("*.html"))
    their_pages = sum(1 for _ in (beside / "site").rglob("*.html"))
    failed = bool(first.exit_code) or any(a.exit_code or b.exit_code for a, b in measured)
    return [
        Figure(
            f"build the site ({pages} pages); beside: MkDocs + Material + static-i18n + search ({their_pages} pages)",
            f"{median([a.seconds for a, _ in measured]):.1f} s",
            f"{median([b.seconds for _, b in measured]):.1f} s",
            f"{median([a.seconds / b.seconds for a, b in measured]):.2f} of its time",
            "<= 0.6",
            failed,
        ),
        Figure(
            "its peak memory (largest process)",
            f"{max(a.megabytes for a, _ in measured):.0f} MB",
            f"{max(b.megabytes for _, b in measured):.0f} MB",
        ),
    ]


def _beside(root: Path, scratch: Path) -> Path:
    folder = scratch / "beside"
    for language in ("en", "ja"):
        shutil.copytree(root / "build" / "docs" / language, folder / "docs" / language)
    names = sorted(path.name for path in (folder / "docs" / "en").iterdir() if (path / "index.md").is_file())
    nav = "\n".join(["  - index.md", *(f"  - {name}/index.md" for name in names)])
    (folder / "mkdocs.yml").write_text(_CONFIGURATION.format(nav=nav), encoding="utf-8")
    return folder
