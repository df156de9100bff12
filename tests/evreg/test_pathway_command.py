"""``evreg pathway`` as a person and as a program use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.entries import PAIR, minimal
from tests.evreg.test_commands import evreg
from tests.samples import guideline, write_kb


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    drug = {
        "product": {"en": "EV product", "ja": "EV製品"},
        "form": "ev-preparation",
        "claim": "therapeutic",
        "legal_class": "medicinal-product",
        "statement": {"en": "It is a drug.", "ja": "医薬品である。"},
        "guidelines": ["g"],
        "confidence": "high",
        "sources": ["s1"],
    }
    trial = {"name": {"en": "A trial", "ja": "治験"}, "status": "available", "guidelines": ["g"]}
    return write_kb(
        tmp_path_factory.mktemp("pathway"),
        guidelines=[guideline("g")],
        jurisdictions=[
            minimal("jurisdictions", "jp", classification=[drug], pathways=[trial]),
            minimal("jurisdictions", "kw", code="KW", name=PAIR, coverage="thin", regulates_ev="unclear"),
        ],
    )


def test_the_table_gives_class_reason_and_route(kb: Path) -> None:
    run = evreg("pathway", "--source", "human", "--claim", "therapeutic", "--jurisdiction", "JP,kw,FR", kb=kb)
    assert (run.returncode, run.stderr) == (0, "")
    for part in (
        "Medicine",
        "High",
        "It is a drug.",
        "if form: EV preparation",
        "documents: g",
        "A trial",
        "not surveyed",
    ):
        assert part in run.stdout
    assert "Not surveyed (no profile): FR" in run.stdout
    assert "\x1b" not in run.stdout
    assert max(map(len, run.stdout.splitlines())) <= 80


def test_japanese(kb: Path) -> None:
    run = evreg(
        "pathway", "--form", "ev-preparation", "--claim", "therapeutic", "--jurisdiction", "JP", lang="ja", kb=kb
    )
    assert "医薬品である。" in run.stdout
    assert "→ 治験" in run.stdout


def test_json_has_the_documented_shape(kb: Path) -> None:
    run = evreg("pathway", "--claim", "therapeutic", "--jurisdiction", "JP,FR", "--format", "json", kb=kb)
    found = json.loads(run.stdout)
    assert found["question"] == {"source": None, "cargo": None, "form": None, "route": None, "claim": "therapeutic"}
    japan, france = found["answers"]
    assert (japan["jurisdiction"], japan["outcome"], japan["gaps"]) == ("JP", "classified", True)
    (case,) = japan["cases"]
    assert (case["class"], case["matched"], case["only_if"]) == (
        "medicinal-product", ["claim"], {"form": ["ev-preparation"]},
    )  # fmt: skip
    assert case["sources"][0]["url"] == "https://example.org/paper"
    assert case["pathways"][0]["shared_documents"] == ["g"]
    assert france == {"jurisdiction": "FR", "entry": None, "outcome": "not-surveyed", "within": None, "documents": 0}


@pytest.mark.parametrize(
    ("arguments", "where", "near"),
    [
        (("--source", "human-alogeneic"), "--source", "human-allogeneic"),
        (("--route", "topicl"), "--route", "topical"),
        (("--jurisdiction", "JP,KWW"), "--jurisdiction", "KW"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_an_unknown_code_is_told_in_four_parts(
    kb: Path, arguments: tuple[str, ...], where: str, near: str, lang: str
) -> None:
    run = evreg("pathway", *arguments, lang=lang, kb=kb)
    head, found, expected, remedy = run.stderr.splitlines()[:4]
    assert (run.returncode, run.stdout) == (1, "")
    assert head.startswith(where)
    assert near in found
    assert ("expected" if lang == "en" else "期待") in expected
    assert ("to do" if lang == "en" else "対処") in remedy
