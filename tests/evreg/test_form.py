"""The form beside a built site: what ``mkdocs.yml`` says of it, and the line when its program is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from editing.form import bundle
from evreg.form import form_writer
from kb import KnowledgeBase, load
from kb.problems import Language
from tests.samples import guideline, write_kb


@pytest.fixture
def library(tmp_path: Path) -> KnowledgeBase:
    return load(write_kb(tmp_path / "kb", guidelines=[guideline("g")]))


@pytest.mark.parametrize(("language", "said"), [("en", "/admin/: no form."), ("ja", "/admin/: フォームなし。")])
def test_a_machine_without_the_program_is_told_in_one_line(
    tmp_path: Path,
    library: KnowledgeBase,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: Language,
    said: str,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(bundle, "user_cache_path", lambda _name: tmp_path / "cache")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    form_writer(tmp_path, language)(library, tmp_path / "site")
    error = capsys.readouterr().err
    assert error.startswith(said)
    assert error.count("\n") == 1
    assert (tmp_path / "site" / "admin" / "index.html").is_file()


@pytest.mark.parametrize(("extra", "asked"), [("", "sveltia"), ("extra: {form_program: decap}\n", "decap")])
def test_the_sites_configuration_chooses_repository_and_program(
    tmp_path: Path, library: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, extra: str, asked: str
) -> None:
    program = tmp_path / "cache" / "form" / bundle.package(asked).folder
    for name in ("npm/index.js", "locales/ja.json", "dist/decap-cms.js", "package.json", "LICENSE.txt"):
        (program / name).parent.mkdir(parents=True, exist_ok=True)
        (program / name).write_text("{}")
    monkeypatch.setattr(bundle, "user_cache_path", lambda _name: tmp_path / "cache")
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\nrepo_url: https://github.com/someone/evreg\n{extra}")
    form_writer(tmp_path, "en")(library, tmp_path / "site")
    folder = tmp_path / "site" / "admin"
    assert 'data-repository="someone/evreg"' in (folder / "index.html").read_text()
    assert (folder / asked).is_dir()
