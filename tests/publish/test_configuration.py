"""One configuration is edited; MkDocs never sees it as it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from kb import EvregError
from publish.configuration import HOOK, derived, nav_files, read_configuration
from tests.sites import ROOT


@pytest.mark.parametrize("command", [["build"], ["serve", "-a", "127.0.0.1:0"]])
def test_plain_mkdocs_says_what_to_run_and_stops(tmp_path: Path, command: list[str]) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    (tmp_path / "publish").mkdir()
    shutil.copy(ROOT / "publish" / "mkdocs_guard.py", tmp_path / "publish")
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", *command],
        cwd=tmp_path,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    said = (run.stdout + run.stderr).strip()
    assert run.returncode != 0
    assert "make serve" in said
    assert "evreg site build" in said
    assert "\n" not in said
    assert not (tmp_path / "site").exists()


def test_the_languages_differ_in_words_and_folders_only(tmp_path: Path) -> None:
    configuration = read_configuration(ROOT)
    english, japanese = (
        yaml.safe_load(derived(configuration, code, tmp_path / "d", tmp_path / "s")) for code in ("en", "ja")
    )
    assert japanese["site_name"] == "EVReg — エクソソーム規制アトラス"
    assert japanese["theme"]["language"] == "ja"
    assert str(japanese["nav"][0]) == "{'ホーム': 'index.md'}"
    assert list(english["nav"][0].values()) == list(japanese["nav"][0].values())
    for made in (english, japanese):
        assert made["hooks"] == [str(HOOK)]
        assert made["plugins"] == []
        assert made["theme"]["font"] is False


def test_every_title_of_the_navigation_is_translated() -> None:
    configuration = read_configuration(ROOT)
    words = configuration.data["extra"]["ja"]["nav"]

    def titles(part: object) -> list[str]:
        if isinstance(part, dict):
            return [*part, *(title for item in part.values() for title in titles(item))]
        return [title for item in part for title in titles(item)] if isinstance(part, list) else []

    assert set(titles(configuration.data["nav"])) == set(words)
    assert "index.md" in nav_files(configuration)


def test_the_address_of_the_site_is_carried_over(tmp_path: Path) -> None:
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    with (tmp_path / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("site_url: https://atlas.example/evreg\n")
    configuration = read_configuration(tmp_path)
    assert configuration.site_url == "https://atlas.example/evreg/"
    made = yaml.safe_load(derived(configuration, "ja", tmp_path, tmp_path))
    assert made["site_url"] == "https://atlas.example/evreg/ja/"


@pytest.mark.parametrize(
    "text",
    [None, "[", "nav: []\n", "site_name: x\nextra:\n  report_url: javascript:alert(1)\n"],
)
def test_an_unusable_configuration_is_explained(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    with pytest.raises(EvregError) as caught:
        read_configuration(tmp_path)
    assert caught.value.where == str(tmp_path / "mkdocs.yml")
