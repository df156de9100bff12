"""``evreg matrix`` as a person and as a program use it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import kb as entries
from publish.computed.matrix import files
from publish.site import Site
from tests.asked import document, requirement
from tests.evreg.test_commands import evreg
from tests.samples import attribute, write_kb


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    formula = {"en": "=1+1", "ja": "+粒子"}
    return write_kb(
        tmp_path_factory.mktemp("matrix"),
        attributes=[attribute("count"), attribute("sterility")],
        guidelines=[
            document("a", "JP", requirement("count", "required", statement=formula)),
            document("b", "KR", requirement("count", "required"), requirement("sterility", "mentioned")),
            document("c", "US", requirement("sterility", "required"), status="draft"),
        ],
    )


def test_the_table_names_jurisdictions_by_level(kb: Path) -> None:
    run = evreg("matrix", kb=kb)
    assert (run.returncode, run.stderr) == (0, "")
    rows = {line.split("   ")[0].strip(): line.split() for line in run.stdout.splitlines()}
    assert rows["attribute count"][2:] == ["JP", "KR", "–", "–", "–"]
    assert rows["attribute sterility"][2:] == ["–", "–", "KR", "US"]


def test_jurisdictions_confine_it_in_both_languages(kb: Path) -> None:
    run = evreg("matrix", "--by", "topic", "--jurisdiction", "kr", "--lang", "ja", kb=kb)
    assert "品質特性" in run.stdout
    assert "KR" in run.stdout
    assert "JP" not in run.stdout


@pytest.mark.parametrize("by", ["attribute", "topic"])
def test_csv_and_json_are_those_of_the_site(kb: Path, by: str) -> None:
    published = files(Site(entries.load(kb), "en"))
    name = {"attribute": "matrix/attributes", "topic": "matrix/topics"}[by]
    table = published[f"{name}.csv"]
    assert isinstance(table, bytes)
    told = evreg("matrix", "--by", by, "--format", "csv", kb=kb).stdout
    assert told == table.decode("utf-8-sig").replace("\r\n", "\n")  # the test reads with universal line ends
    assert evreg("matrix", "--by", by, "--format", "json", kb=kb).stdout == published[f"{name}.json"]


def test_csv_holds_no_formulas(kb: Path) -> None:
    told = evreg("matrix", "--jurisdiction", "JP", "--format", "csv", kb=kb).stdout
    (row,) = csv.DictReader(io.StringIO(told))
    assert (row["statement_en"], row["statement_ja"]) == ("'=1+1", "'+粒子")
    data = json.loads(evreg("matrix", "--jurisdiction", "JP", "--format", "json", kb=kb).stdout)
    assert data["cells"][0]["statements"][0]["statement"]["en"] == "=1+1"


@pytest.mark.parametrize(("lang", "words"), [("en", "Did you mean"), ("ja", "ではないか")])
def test_an_unknown_jurisdiction_is_told_in_four_parts(kb: Path, lang: str, words: str) -> None:
    run = evreg("matrix", "--jurisdiction", "US-F", "--lang", lang, kb=kb)
    assert run.returncode == 1
    assert "US-FL" in run.stderr
    assert words in run.stderr
    assert len(run.stderr.splitlines()) == 4
