"""The same Markdown built by MkDocs with Material as it comes: its theme, its search, nothing of ours."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import yaml

from bench.measure import run


def plain_site(root: Path, target: Path, language: str) -> bool:
    """The same Markdown with Material's own search and theme; True when it could be built."""
    data = yaml.safe_load((root / "build" / f"mkdocs.{language}.yml").read_text(encoding="utf-8"))
    for part, name in (("theme", "custom_dir"), ("extra", "alternate")):
        data[part].pop(name, None)
    data["theme"].pop("static_templates", None)
    data["extra_javascript"] = data["extra_css"] = []
    data["plugins"] = [{"search": {"lang": [language]}}]
    data["site_dir"] = str(target / ("" if language == "en" else language))
    shutil.copytree(root / "build" / "docs" / language, target.parent / f"docs-{language}")
    data["docs_dir"] = str(target.parent / f"docs-{language}")
    path = target.parent / f"lunr.{language}.yml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--dirty", "-f", str(path)]).exit_code == 0
