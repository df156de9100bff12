from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.claims.folding import BULLET, ORNAMENT, fold, folding_table


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ＥＸＯＳＯＭＥ", "exosome"),
        ("ｴｸｿｿｰﾑ", "エクソソーム"),
        ("ｶﾞﾝ", "ガン"),
        ("か\u3099ん", "がん"),
        ("ﾊﾟ", "パ"),
        ("Crohn’s", "crohn's"),
        ("naïve", "naive"),
        ("cell‑free", "cell-free"),
        ("re\u00adgen\u200berate", "regenerate"),
        ("㎖", "ml"),
        ("𝗡𝗼 𝗿𝗶𝘀𝗸", "no risk"),
        ("９９％", "99%"),
        ("しわ✨", f"しわ{ORNAMENT}"),
        ("✔しわ", f"\n{BULLET}しわ"),
        ("①膝", f"\n{BULLET}膝"),
        ("“safe”", '"safe"'),
        ("a\r\nb", "a\n\nb"),
        ("全　角", "全 角"),
        ("がん", "がん"),
    ],
)
def test_how_it_is_written_does_not_matter(written: str, read: str) -> None:
    assert fold(written).text == read


def test_every_character_knows_where_it_came_from() -> None:
    text = "ｶﾞﾝと①"
    folded = fold(text)
    assert [text[start:end] for start, end in zip(folded.starts, folded.ends, strict=True)] == [
        "ｶﾞ", "ﾝ", "と", "①", "①",
    ]  # fmt: skip


@given(st.text())
def test_places_rise_and_stay_inside(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


def test_japanese_and_plain_letters_stay() -> None:
    assert not set("abcあいうアイウ漢字。、") & set(folding_table())
