"""The passage that answers, with the matched words marked, in both scripts."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.folding import fold
from search.names import name_atoms
from search.snippets import Snippet, fold_with_origins, snippet
from tests.search.test_folding import TEXTS


def marked(text: str, *names: str) -> str:
    return snippet([text], [], map(name_atoms, names)).marked("«", "»")


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("A potency assay is needed.", "potency assay", "A «potency assay» is needed."),
        ("Potency Assays are needed.", "potency assay", "«Potency Assays» are needed."),
        ("Tumour and TUMORS.", "tumor", "«Tumour» and «TUMORS»."),
        ("Haemolysis of cells", "hemolysis", "«Haemolysis» of cells"),
        ("細胞外小胞の力価試験を行う。", "力価試験", "細胞外小胞の«力価試験»を行う。"),
        ("細胞外小胞である", "小胞", "細胞外«小胞»である"),
        ("ｴｸｿｿｰﾑの報告", "エクソソーム", "«ｴｸｿｿｰﾑ»の報告"),
        ("クオリティ・バイ・デザインの手法", "クオリティバイデザイン", "«クオリティ・バイ・デザイン»の手法"),
        ("ﾊﾞｲｵﾏｰｶｰ検査", "バイオマーカー", "«ﾊﾞｲｵﾏｰｶｰ»検査"),
        ("Théry (2018)", "thery", "«Théry» (2018)"),
        ("Act on the Safety of Medicine", "act safety", "«Act on the Safety» of Medicine"),
        ("COVID-19 and SARS", "covid-19", "«COVID-19» and SARS"),
        ("再生 医療", "再生医療", "再生 医療"),
        ("nothing here", "potency", "nothing here"),
    ],
)
def test_marks(text: str, name: str, expected: str) -> None:
    assert marked(text, name) == expected


def test_marks_that_touch_are_one() -> None:
    assert marked("力価試験法", "力価", "試験法", "価試") == "«力価試験法»"


def test_the_passage_with_most_names_wins() -> None:
    text = "An exosome is small. A potency assay of an exosome is needed. Nothing."
    assert marked(text, "exosome", "potency assay") == "A «potency assay» of an «exosome» is needed."


def test_the_typed_name_is_preferred() -> None:
    found = snippet(
        ["Bioassay first.", "Then a potency assay."], [], [name_atoms("potency assay"), name_atoms("bioassay")]
    )
    assert found.text == "Then a potency assay."


def test_asides_are_looked_at_last() -> None:
    assert snippet(["Summary."], ["A source on potency."], [name_atoms("potency")]).text == "A source on potency."
    assert snippet(["Potency summary."], ["potency potency"], [name_atoms("potency")]).text == "Potency summary."


def test_without_a_match_the_first_text_is_shown() -> None:
    assert snippet(["First. Second.", "third"], [], [name_atoms("potency")]) == Snippet("First. Second.")
    assert snippet([], [], []) == Snippet("")
    assert snippet(["Text"], [], [()]) == Snippet("Text")


@pytest.mark.parametrize("filler", ["word " * 200, "語" * 400])
def test_long_passages_are_cut_around_the_match(filler: str) -> None:
    found = snippet([f"{filler}力価試験 potency {filler}"], [], [name_atoms("力価試験")])
    assert len(found.text) <= 225
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert [found.text[start:end] for start, end in found.marks] == ["力価試験"]


def test_html_escapes_all_but_the_marks() -> None:
    found = snippet(['Ask <b>"A&B"</b> about potency & <script>'], [], [name_atoms("potency")])
    assert found.html() == "Ask &lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt; about <mark>potency</mark> &amp; &lt;script&gt;"


@given(TEXTS, st.sampled_from(["エクソソーム", "小胞", "a1", "z", "ガ"]))
def test_html_gives_the_text_back(text: str, name: str) -> None:
    found = snippet([text], [], [name_atoms(name)])
    assert html.unescape(re.sub("</?mark>", "", found.html())) == found.text
    assert found.marked("", "") == found.text
    assert all(0 <= start < end <= len(found.text) for start, end in found.marks)


@given(TEXTS)
def test_folding_with_origins_is_folding(text: str) -> None:
    folded, origins = fold_with_origins(text)
    assert folded == fold(text)
    assert len(origins) == len(folded) + 1
    assert origins == sorted(origins)
    assert origins[-1] == len(text)


def test_a_title_that_matches_needs_no_aside() -> None:
    found = snippet(["How well it works."], ["functional assay"], [name_atoms("functional assay")], "Functional assays")
    assert found == Snippet("How well it works.")
    untitled = snippet(["How well it works."], ["functional assay"], [name_atoms("functional assay")], "Potency")
    assert untitled.marks
