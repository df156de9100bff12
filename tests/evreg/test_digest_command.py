"""``evreg digest`` as a working group calls it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from evreg.commands.digest import digest
from kb.problems import EvregError
from tests.editing.digest_samples import full_repository


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return full_repository(tmp_path_factory.mktemp("digest") / "clone").root


def _run(root: Path, *arguments: str) -> str:
    result = CliRunner().invoke(digest, ["--since", "2026-07", "--kb", str(root), *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_both_languages_by_default(root: Path) -> None:
    said = _run(root)
    assert said.index("# EVReg digest") < said.index("# EVReg活動報告")
    assert "EVReg digest" not in _run(root, "--lang", "ja")


def test_html_into_a_file(root: Path, tmp_path: Path) -> None:
    assert _run(root, "--format", "html", "--lang", "ja", "--out", str(tmp_path / "mail.html")) == ""
    assert '<html lang="ja">' in (tmp_path / "mail.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://atlas.example.org/?q=", "atlas"])
def test_an_address_that_is_none_is_explained(root: Path, url: str) -> None:
    with pytest.raises(EvregError) as caught:
        _run(root, "--format", "html", "--site-url", url)
    assert caught.value.where == "--site-url"
