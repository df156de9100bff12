from __future__ import annotations

import pytest

from scrapers.ev_words import Verdict, read_text, search_words, vocabulary


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("MSC-derived exosomes for ARDS", "vesicles"),
        ("Extracellular-vesicles by inhalation", "vesicles"),
        ("small  extracellular\nvesicle", "vesicles"),
        ("MICROVESICLES", "vesicles"),
        ("sEVs from plasma", "vesicles"),
        ("severe sevs", "none"),
        ("エクソソーム点滴", "vesicles"),
        ("ｴｸｿｿｰﾑ", "vesicles"),
        ("当院のexosome療法", "vesicles"),
        ("エキソソーム", "vesicles"),
        ("細胞外小胞製剤", "vesicles"),
        ("세포외소포체 치료제", "vesicles"),
        ("外泌体", "vesicles"),
        ("胞外囊泡", "vesicles"),
        ("extrazelluläre Vesikel", "vesicles"),
        ("vésicules extracellulaires", "vesicles"),
        ("vesículas extracelulares", "vesicles"),
        ("exossomos", "vesicles"),
        ("vescicole extracellulari", "vesicles"),
        ("幹細胞培養上清液の点滴", "secretome"),
        ("conditioned medium of MSC", "secretome"),
        ("plasma exosomes as a biomarker of cancer", "biomarker"),
        ("尿中エクソソームによる早期発見", "biomarker"),
        ("exosome biomarkers during treatment with exosomes", "vesicles"),
        ("Mutations of the RNA exosome complex (EXOSC3)", "noise"),
        ("bacterial outer membrane vesicle vaccine", "noise"),
        ("Fleet of electric vehicles (EVs)", "noise"),
        ("eravacycline", "noise"),
        ("The exosome complex and secreted exosomes", "vesicles"),
        ("aspirin", "none"),
        ("", "none"),
    ],
)
def test_verdicts(text: str, verdict: Verdict) -> None:
    reading = read_text(text)
    assert reading.verdict == verdict
    assert reading.reason.en
    assert reading.reason.ja


def test_the_reason_names_its_words() -> None:
    reading = read_text("Plasma exosomes", "as biomarkers")
    assert reading.vesicles == ("exosomes",)
    assert reading.measured == ("Plasma exosomes", "biomarkers")
    assert "exosomes" in reading.reason.en
    assert "biomarkers" in reading.reason.ja


def test_words_for_queries() -> None:
    words = search_words("en", "ja")
    assert "extracellular vesicle" in words
    assert "エクソソーム" in words
    assert not any("*" in word for word in words)
    assert "培養上清" in search_words("ja", groups=("vesicles", "secretome"))


@pytest.mark.parametrize("group", ["vesicles", "secretome", "noise"])
def test_each_word_of_the_vocabulary_is_found_by_itself(group: str) -> None:
    for words in vocabulary()[group].values():
        for word in words:
            assert read_text(f"({word.replace('*', '')})").verdict in (group, "noise"), word
