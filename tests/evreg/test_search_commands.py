"""``evreg search``, ``similar`` and ``duplicates`` as a person and as a program use them."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.search.samples import write_search_kb


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("commands")


@pytest.fixture(scope="module")
def kb(folder: Path) -> Path:
    return write_search_kb(folder)


def environment(kb: Path, lang: str = "en") -> dict[str, str]:
    return os.environ | {"EVREG_LANG": lang, "EVREG_KB": str(kb), "XDG_CACHE_HOME": str(kb.parent / "cache")}


def evreg(kb: Path, *arguments: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evreg", *arguments],
        env=environment(kb, lang), capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip


def test_the_json_of_a_search(kb: Path) -> None:
    run = evreg(kb, "search", "力価試験", "--format", "json", "--lang", "ja")
    assert run.returncode == 0
    answer = json.loads(run.stdout)
    assert list(answer) == ["query", "corrected", "total", "took_ms", "facets", "results"]
    assert answer["query"] == "力価試験"
    assert answer["results"][0]["id"] == "potency-assay"
    assert answer["results"][0]["url"] == "/ja/glossary/potency-assay/"
    assert any("<mark>力価試験</mark>" in result["snippet"] for result in answer["results"])


def test_several_words_need_no_quotation_marks(kb: Path) -> None:
    assert json.loads(evreg(kb, "search", "potency", "assay", "--format", "json").stdout)["query"] == "potency assay"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--collection", "trials"), {"nct04276987", "nct05000000"}),
        (("--jurisdiction", "JP"), {"nct05000000"}),
        (("--jurisdiction", "日本"), {"nct05000000"}),
        (("--where", "phase=1"), {"nct04276987"}),
        (("--where", "status=recruiting", "--where", "year=2024"), {"nct05000000"}),
        (("--where", "phase=1", "--where", "phase=2"), {"nct04276987", "nct05000000"}),
    ],
)
def test_conditions(kb: Path, options: tuple[str, ...], expected: set[str]) -> None:
    answer = json.loads(evreg(kb, "search", "inhaled OR knee", *options, "--format", "json").stdout)
    assert {result["id"] for result in answer["results"]} == expected


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    "options", [("--where", "fase=2"), ("--where", "phase"), ("--jurisdiction", "XX"), ("--collection", "trails")]
)
def test_wrong_conditions_are_told_in_four_parts(kb: Path, options: tuple[str, ...], lang: str) -> None:
    run = evreg(kb, "search", "x", *options, lang=lang)
    assert run.returncode == 1
    assert ("expected" if lang == "en" else "期待") in run.stderr
    assert "Traceback" not in run.stderr


def test_a_page_of_results(kb: Path) -> None:
    run = evreg(kb, "search", "exosome", "--limit", "2", "--offset", "1")
    assert "\n2. " in f"\n{run.stdout}"
    assert "\n3. " in run.stdout
    assert "\n1. " not in f"\n{run.stdout}"
    assert "entries (" in run.stdout
    assert "Clinical trials 2" in run.stdout


def test_matches_are_marked_when_piped_and_bold_in_a_terminal(kb: Path) -> None:
    assert (
        "«Inhaled» exosomes" in evreg(kb, "search", "inhaled").stdout
        or "«inhaled»" in evreg(kb, "search", "inhaled").stdout
    )
    controller, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "evreg", "search", "inhaled"], env=environment(kb), stdout=terminal, stderr=terminal
    ):
        os.close(terminal)
        shown = b""
        try:
            while piece := os.read(controller, 4096):
                shown += piece
        except OSError:  # Linux ends a closed terminal with an input/output error.
            pass
    os.close(controller)
    assert b"\x1b[1minhaled\x1b[0m" in shown
    assert "«".encode() not in shown


def test_notices_go_to_the_error_stream_in_the_readers_language(kb: Path) -> None:
    run = evreg(kb, "search", "excosome", lang="ja")
    assert "の結果を示す" in run.stderr
    assert run.stdout.startswith("1. エクソソーム")
    answer = json.loads(evreg(kb, "search", "excosome", "--format", "json").stdout)
    assert answer["corrected"] == "exosome"
    assert "exosome" in answer["notice"]


def test_exact_and_explain(kb: Path) -> None:
    assert evreg(kb, "search", "bioassay", "--exact").stdout.count("\n   glossary/") == 1
    explained = json.loads(evreg(kb, "search", "pneumonia", "--explain", "--format", "json").stdout)["results"][0][
        "explain"
    ]
    assert explained["pneumonia"] > 0
    assert "pneumonia" in evreg(kb, "search", "pneumonia", "--explain").stdout


def test_nothing_found_is_no_error(kb: Path) -> None:
    run = evreg(kb, "search", "bitcoin price")
    assert run.returncode == 0
    assert run.stdout.startswith("0 entries")
    assert evreg(kb, "search").returncode == 0


def test_the_help_shows_the_query_language(kb: Path) -> None:
    shown = evreg(kb, "search", "--help").stdout
    for example in (
        '"potency assay"',
        "AND",
        "jurisdiction:JP",
        "phase:2",
        "year:2023..2026",
        "status:recruiting",
        "exo*",
    ):
        assert example in shown


def test_a_finished_index_needs_neither_models_nor_entries(kb: Path) -> None:
    evreg(kb, "search", "exosome")
    code = (
        "import sys; sys.argv = ['evreg', 'search', 'exosome', '--format', 'json']\n"
        "from evreg.cli import evreg\n"
        "evreg(standalone_mode=False)\n"
        "slow = {'pydantic', 'yaml', 'kb.loading', 'kb.knowledge_base', 'rich'} & set(sys.modules)\n"
        "assert not slow, slow"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment(kb), capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stderr


def test_similar(kb: Path) -> None:
    shown = evreg(kb, "similar", "us-fda-potency", "--limit", "2").stdout
    assert shown.startswith("guidelines/us-fda-potency\n")
    assert "glossary/potency-assay" in shown
    record = json.loads(evreg(kb, "similar", "guidelines/us-fda-potency", "--format", "json", "--lang", "ja").stdout)
    assert (record["collection"], record["id"]) == ("guidelines", "us-fda-potency")
    assert list(record["similar"][0]) == ["id", "collection", "title", "url", "score", "language"]
    wrong = evreg(kb, "similar", "us-fda-potenci")
    assert wrong.returncode == 1
    assert "«us-fda-potency»" in wrong.stderr


def test_duplicates(kb: Path) -> None:
    assert json.loads(evreg(kb, "duplicates", "--format", "json").stdout) == []
    assert evreg(kb, "duplicates").stdout == "0 pairs\n"
    assert evreg(kb, "duplicates", lang="ja").stdout == "0組\n"
