"""Bytes to text: encodings, HTML, and what is no text at all."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from kb.problems import EvregError
from scrapers.page_text import MOST_BYTES, looks_like_html, main_text, page_text

JA = "当院のエクソソーム点滴で若返りを実感。副作用はありません。"
EN = "Our exosome drip – “no side effects” – at Café Rue."
PAGE = (
    "<!doctype html><html><head><title>T</title><style>p{color:red}</style><script>alert('x')</script></head><body>"
    "<nav><a href='/'>ホーム</a></nav><script>bodyscript()</script><template>tp</template><main><h1>エクソソーム点滴</h1><p>しわが消えます。</p><ul><li>副作用なし</li></ul></main>"
    "<footer>本製品は未承認です。</footer></body></html>"
)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
@pytest.mark.parametrize("text", [JA, "膝の軟骨が再生します", JA * 2_000], ids=["usual", "short", "long"])
def test_japanese_is_recognised_in_every_usual_encoding(encoding: str, text: str) -> None:
    assert page_text(text.encode(encoding), "x").text == text


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-le", "utf-16-be", "utf-16"])
def test_english_is_recognised(encoding: str) -> None:
    assert page_text(EN.encode(encoding), "x").text == EN


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("엑소좀 주사로 젊어집니다", "euc_kr"),
        ("外泌體注射改善皺紋，本院提供", "big5"),
        ("外泌体注射改善皱纹，本院提供", "gb18030"),
    ],
)
def test_other_languages_are_not_taken_for_japanese(text: str, encoding: str) -> None:
    assert page_text(text.encode(encoding), "x").text == text


def test_half_width_kana_and_characters_of_microsoft() -> None:
    text = "ｴｸｿｿｰﾑ点滴①　㈱で髙い効果～"
    assert page_text(text.encode("cp932"), "x").text == text


def test_utf8_with_lost_bytes_stays_utf8() -> None:
    content = (JA * 30).encode()
    found = page_text(content[:100] + b"\xff" + content[100:-1], "x")
    assert found.encoding == "utf-8"
    assert found.text.count("\ufffd") <= 8
    assert "副作用はありません" in found.text


def test_what_the_server_or_the_page_declares_is_tried_first() -> None:
    kanji = "若返治療"  # Without kana nothing else would tell.
    assert page_text(kanji.encode("euc_jp"), "x", "EUC-JP").text == kanji
    declared = f"<html><head><meta charset='Shift_JIS'></head><body><p>{kanji}①</p></body></html>"
    assert f"{kanji}①" in page_text(declared.encode("cp932"), "x").text
    for name in ("no-such-encoding", "idna", "unicode_escape", "zlib", "utf-8\0"):
        assert page_text(JA.encode("cp932"), "x", name).text == JA
    assert page_text(JA.encode(), "x", "shift_jis").text == JA


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "There are no words."),
        (b" \r\n\t", "There are no words."),
        ("\ufeff\u3000\u200b".encode(), "There are no words."),
        (b"\xef\xbb\xbf", "There are no words."),
        (b"<html><body></body></html>", "The HTML holds no readable text."),
        (b"<html><script>var a = 1;</script></html>", "The HTML holds no readable text."),
        (b"<html><body><script>1</script><style>p{}</style></body></html>", "The HTML holds no readable text."),
        (b"%PDF-1.7\n%\xe2\xe3", "This is a binary file (PDF), not text."),
        (b"PK\x03\x04rest", "This is a binary file (ZIP, Word, Excel), not text."),
        (b"\x89PNG\r\n\x1a\n\0\0", "This is a binary file (PNG), not text."),
        (b"\x00" * 100, "This is a binary file, not text."),
        (bytes(range(256)) * 40, "This is a binary file, not text."),
        (b"\x01\x02\x03abc", "This is a binary file, not text."),
        (b"a" * (MOST_BYTES + 1), "The text is larger than 5 MB."),
    ],
)
def test_what_is_no_text_is_told(content: bytes, found: str) -> None:
    with pytest.raises(EvregError) as caught:
        page_text(content, "the file")
    assert (caught.value.where, caught.value.found.en) == ("the file", found)
    for message in (caught.value.found, caught.value.expected, caught.value.remedy):
        assert message.ja.endswith("。")


@pytest.mark.parametrize("seed", range(30))
def test_random_bytes_give_text_or_a_problem_never_another_exception(seed: int) -> None:
    chance = random.Random(seed)
    content = chance.randbytes(chance.randint(1, 3_000))
    if seed % 3 == 0:
        content = b"<html><body>" + content
    if seed % 3 == 1:
        content = JA.encode(chance.choice(["cp932", "euc_jp", "utf-8"])) + content[:5]
    with suppress(EvregError):
        assert page_text(content, "x").text


def test_a_stray_control_character_does_not_make_a_text_binary() -> None:
    assert page_text((JA * 10 + "\x02" + JA).encode(), "x").text.count("\x02") == 1


# --- HTML


def test_the_main_text_of_a_page_and_all_its_words() -> None:
    found = page_text(PAGE.encode(), "x")
    assert found.was_html
    assert "しわが消えます。" in found.text
    assert "副作用なし" in found.text
    assert "alert" not in found.text + found.whole
    assert "color" not in found.text + found.whole
    assert "bodyscript" not in found.text + found.whole
    assert "未承認" in found.whole
    assert "ホーム" not in found.text


def test_a_piece_of_html_is_html_and_a_text_with_a_tag_is_text() -> None:
    assert looks_like_html("<p>しわが<b>消え</b>ます。</p><p>安全</p><ul><li>一</li></ul>")
    assert looks_like_html("\n<!-- c -->\n<HTML lang=ja>")
    assert not looks_like_html("Exosomes < 200 nm and > 30 nm; write <p>…</p> in the page.")
    assert not looks_like_html(JA)
    assert not page_text(b"a < b, c > d", "x").was_html


def test_a_short_page_keeps_its_words() -> None:
    assert main_text("<html><body><p>しわが消えます。</p></body></html>") == "しわが消えます。"


@pytest.mark.parametrize(
    "html",
    [
        "<html>" + "<div>" * 50_000,
        "<html>" + "<b><i>" * 20_000 + "text",
        "<html><!--" * 3_000,
        "<html><a href='" + "x" * 100_000,
        "<html>&#x110000;&#0;&bogus;<p>text</p>" + "<" * 10_000,
        "<html><p>\x1b]0;x\x07text</p>" + "<p>more</p>" * 20,
        "<html><svg onload=alert(1)><math><mtext></table></html>",
    ],
    ids=["deep", "nested", "comments", "attribute", "entities", "escapes", "foreign"],
)
def test_hostile_html_gives_text_or_a_problem(html: str) -> None:
    try:
        assert "alert" not in page_text(html.encode(), "x").text
    except EvregError as problem:
        assert problem.found.en == "The HTML holds no readable text."
