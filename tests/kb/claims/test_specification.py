from __future__ import annotations

from pathlib import Path

import pytest

import kb
from kb.claims import specification_of
from kb.claims.lexicon import read_lexicons
from kb.claims.specification import NUMBER, folded_word
from kb.problems import EvregError
from tests.kb.claims.small import WORDS, specification


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Regrow*", "regrow*"),
        ("anti-aging", "anti aging"),
        ("#億個", f"{NUMBER}億個"),
        ("# per cent of", f"{NUMBER}% of"),
        ("ｼﾜ", "シワ"),
    ],
)
def test_terms_are_read_as_texts_are(written: str, folded: str) -> None:
    assert folded_word(written) == folded


def test_equal_knowledge_gives_equal_data(tmp_path: Path) -> None:
    one, two = specification(tmp_path / "a"), specification(tmp_path / "b")
    assert one.as_data() == two.as_data()
    assert one.fingerprint == two.fingerprint
    assert specification(tmp_path / "c", rules={}).fingerprint != one.fingerprint


def test_an_unknown_concept_is_named_with_the_near_miss(tmp_path: Path) -> None:
    with pytest.raises(EvregError) as caught:
        specification(tmp_path, rules={"claim-a": [{"all": ["@kneee"]}]})
    assert caught.value.where == "entries/claims/claim-a.yaml: detection[1]"
    assert "«kneee»" in caught.value.found.en
    assert "«knee»" in caught.value.found.en
    assert all(part.ja for part in (caught.value.found, caught.value.expected, caught.value.remedy))


def test_a_term_without_letters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvregError, match="without letters"):
        specification(tmp_path, words=WORDS.replace("[knee*]", '["✨ .. knee"]'))


def test_a_concept_may_take_in_others_even_in_a_circle(tmp_path: Path) -> None:
    extra = "\na: {label: {en: a, ja: a}, en: [alpha], includes: [b]}\nb: {label: {en: b, ja: b}, en: [beta], includes: [a]}\n"
    spec = specification(tmp_path, rules={"claim-a": [{"all": ["@a"]}]}, words=WORDS + extra)
    words = {spec.words[term[1][0]][0] for term in spec.terms if term[0] == spec.place["a"]}
    assert words == {"alpha", "beta"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("knee: {label: {en: a, ja: b}, en: [x], colour: red}", "colour"),
        ("knee: {en: [x]}", "label"),
        ("knee: 3", "knee"),
        ("heal: {label: {en: a, ja: b}, weight: 99}", "weight"),
    ],
)
def test_a_lexicon_that_does_not_fit_is_refused(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "words.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(EvregError, match=r"lexicons/words\.yaml") as caught:
        read_lexicons(tmp_path)
    assert message in caught.value.where


def test_one_home_for_each_concept(tmp_path: Path) -> None:
    (tmp_path / "lexicons").mkdir()
    for name in ("a", "b"):
        (tmp_path / "lexicons" / f"{name}.yaml").write_text("knee: {label: {en: a, ja: b}}", encoding="utf-8")
    with pytest.raises(EvregError, match="twice"):
        read_lexicons(tmp_path)


def test_the_real_patterns_compile() -> None:
    real = kb.load()
    spec = specification_of(real)
    assert {rule.claim for rule in spec.rules} == {claim.id for claim in real.claims.values() if not claim.withdrawn}
    used = {concept for rule in spec.rules for part in (*rule.all, rule.unless, rule.needs) for concept in part}
    lexicon = read_lexicons(Path(kb.__file__).parent)
    frames = {name for name, concept in lexicon.items() if concept.genre} | {
        "denial", "denial-before", "denial-after", "denial-of-denial", "contrast", "attribution", "attribution-onward",
        "ev-product", "other-product", "other-treatment",
    }  # fmt: skip
    unused = {name for name in lexicon if spec.place[name] not in used}
    assert {name for name in unused if not name.startswith("discloses-")} <= frames
