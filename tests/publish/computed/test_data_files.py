"""The pages about the data files."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from html import unescape
from pathlib import Path

import pytest

import kb
from kb import KnowledgeBase
from kb.models import COLLECTIONS
from kb.problems import Language
from publish.computed import data_files
from publish.computed.data_tables import size_words
from publish.data.formats import data_files as files_of
from publish.data.snippets import PYTHON_CSV, PYTHON_PARQUET, PYTHON_SQLITE
from publish.data.writing import write_data
from publish.site import Site


@cache
def _pages(base: KnowledgeBase, language: Language, **options: str) -> dict[str, str]:
    return {page.path: page.source() for page in data_files.pages(Site(base, language, **options))}  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_file_is_listed_with_its_size(full_kb: KnowledgeBase, language: Language) -> None:
    page = _pages(full_kb, language)["data/"]
    root = "../" if language == "en" else "../../"
    for path, content in data_files.files(Site(full_kb, "en")).items():
        if path.startswith("data/"):
            link = rf'<a href="{re.escape(root + path)}" download>[^<]+</a> <span class="ev-size">([^<]+)<'
            assert re.search(link, page), path
            assert size_words(len(content)) in page


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_column_of_a_collection_is_explained(full_kb: KnowledgeBase, collection: str, language: Language) -> None:
    page = _pages(full_kb, language)[f"data/{collection}/"]
    header = data_files.files(Site(full_kb, "en"))[f"data/{collection}.csv"]
    assert isinstance(header, bytes)
    names = [name.strip('"') for name in header.decode("utf-8-sig").partition("\r\n")[0].split(",")]
    told = re.findall(r"<code>([a-z_]+)</code>", page)
    assert told[: len(names)] == names
    anchors = set(re.findall(r"\{#([a-z-]+)\}", page))
    assert set(re.findall(r'href="#([a-z-]+)"', page)) <= anchors


def test_pages_in_both_languages_have_the_same_addresses(full_kb: KnowledgeBase) -> None:
    assert _pages(full_kb, "en").keys() == _pages(full_kb, "ja").keys()
    assert len(_pages(full_kb, "en")) == 1 + len(COLLECTIONS)


def test_files_are_made_once_for_both_languages(full_kb: KnowledgeBase) -> None:
    assert data_files.files(Site(full_kb, "ja")) == {}
    first, again = (data_files.files(Site(full_kb, "en"))["data/evreg.sqlite"] for _ in range(2))
    assert first is again


def test_the_address_of_the_data_set_is_whole_when_it_is_known(full_kb: KnowledgeBase) -> None:
    page = _pages(full_kb, "ja", site_url="https://evreg.example/")["data/"]
    assert "https://evreg.example/data/" in page
    assert '"contentUrl":"https://evreg.example/data/evreg.sqlite"' in page


@pytest.mark.parametrize(("size", "words"), [(3, "1 kB"), (41_600, "42 kB"), (9_043_968, "9.0 MB")])
def test_sizes_read_well(size: int, words: str) -> None:
    assert size_words(size) == words


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the programs read, of the first edition."""
    wanted = ("evreg.sqlite", "guidelines.csv", "trials.parquet")
    folder = tmp_path_factory.mktemp("downloads")
    files = files_of(kb.load(), ["sqlite", "csv", "parquet"])
    write_data([file for file in files if file.name in wanted], folder, lambda name: None)
    return folder


@pytest.mark.parametrize(
    ("code", "expected"),
    [(PYTHON_SQLITE, "recommended |"), (PYTHON_CSV, "documents"), (PYTHON_PARQUET, "actrn")],
)
def test_the_programs_on_the_page_run(downloads: Path, code: str, expected: str) -> None:
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], cwd=downloads, capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stderr
    assert expected in run.stdout


def test_programs_are_shown_as_they_are(full_kb: KnowledgeBase) -> None:
    page = _pages(full_kb, "ja")["data/"]
    shown = [unescape(text) for text in re.findall(r"<pre[^>]*>(.*?)</pre>", page)]
    assert PYTHON_SQLITE.strip() in shown
