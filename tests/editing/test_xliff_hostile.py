"""Hostile, damaged and foreign files are refused in four parts and two languages; nothing is read from elsewhere."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from editing.xliff import reading
from editing.xliff.importing import plan_import
from editing.xliff.reading import read_xliff
from kb.problems import EvregError
from tests.editing.xliff_samples import claims_kb, exported, saved

HEAD = '<?xml version="1.0"?>\n'
XLIFF = '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="ja">'
UNIT = '<unit id="title-000000000000-111111111111"><segment><source>A</source></segment></unit>'


def _refused(folder: Path, content: bytes | str) -> EvregError:
    with pytest.raises(EvregError) as caught:
        read_xliff(saved(folder, content))
    error = caught.value
    assert error.where.startswith(str(folder / "t.xlf"))
    for message in (error.found, error.expected, error.remedy):
        assert message.en.endswith(".")
        assert message.ja.endswith("。")
        assert re.search("[぀-ヿ]", message.ja)
    return error


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE xliff SYSTEM "http://127.0.0.1:1/x.dtd">',
        '<!DOCTYPE xliff [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x">%p;]>',
        f'<!DOCTYPE xliff [<!ENTITY l0 "ha">{LAUGHS}]>',
        "<!DOCTYPE xliff>",
    ],
)
def test_declarations_are_refused_before_anything_is_expanded(tmp_path: Path, declared: str) -> None:
    started = time.process_time()
    error = _refused(tmp_path, f"{HEAD}{declared}{XLIFF}&x;&l9;</xliff>")
    assert "document type or entities" in error.found.en
    assert time.process_time() - started < 1


def test_huge_and_bottomless_documents_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "nested deeper" in _refused(tmp_path, HEAD + XLIFF + "<group>" * 100_000).found.en
    monkeypatch.setattr(reading, "MAX_ELEMENTS", 1_000)
    assert "Far more elements" in _refused(tmp_path, HEAD + XLIFF + "<a/>" * 2_000 + "</xliff>").found.en
    monkeypatch.setattr(reading, "MAX_BYTES", 100)
    assert "bytes" in _refused(tmp_path, HEAD + XLIFF + " " * 100 + "</xliff>").found.en


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no well-formed XML"),
        (b"\x00\x01\x02", "no well-formed XML"),
        ("これは翻訳ファイルではない", "no well-formed XML"),
        (HEAD + XLIFF, "no well-formed XML"),
        ('<?xml version="1.0" encoding="shift_jis"?><xliff/>', "encoding"),
        ('<?xml version="1.0" encoding="x-none"?><xliff/>', "encoding"),
        (HEAD + "<html/>", "is no XLIFF"),
        (HEAD + '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', "«1.2»"),
        (HEAD + "<xliff/>", "another namespace"),
        (HEAD + XLIFF.replace('version="2.0"', 'version="3.0"') + "</xliff>", "«3.0»"),
        (HEAD + XLIFF.replace("srcLang", "src") + "</xliff>", "srcLang «»"),
        (HEAD + XLIFF.replace('"ja"', '"ko"') + "</xliff>", "trgLang «ko»"),
        (HEAD + XLIFF.replace('"en"', '"ja"') + "</xliff>", "srcLang «ja»"),
        (HEAD + XLIFF + "</xliff>", "holds no units"),
        (HEAD + XLIFF + f'<file id="f1">{UNIT}</file></xliff>', "of another make"),
        (HEAD + XLIFF + f'<file id="../../x.y">{UNIT}</file></xliff>', "of another make"),
        (HEAD + XLIFF + '<file id="claims.c"><unit id="u1"/></file></xliff>', "of another make"),
        (HEAD + XLIFF + f'<file id="claims.c">{UNIT}{UNIT}</file></xliff>', "twice"),
        (HEAD + XLIFF + f'<file id="claims.c">{UNIT}</file>' * 2 + "</xliff>", "twice"),
        (HEAD + XLIFF + f'<file id="claims.c">{UNIT.replace("source", "sauce")}</file></xliff>', "no source text"),
        (HEAD + XLIFF + f'<file id="claims.c">{UNIT.replace("segment", "part")}</file></xliff>', "no source text"),
    ],
)
def test_damaged_and_foreign_files_are_refused(tmp_path: Path, content: bytes | str, said: str) -> None:
    assert said in _refused(tmp_path, content).found.en


def test_a_tampered_source_and_an_unknown_entry_are_refused(tmp_path: Path) -> None:
    root = claims_kb(tmp_path)
    text = exported(root).decode()
    path = saved(tmp_path, text.replace("<source>Who makes it?</source>", "<source>Who sells it?</source>"))
    with pytest.raises(EvregError, match="not the one that was exported") as caught:
        plan_import(root, read_xliff(path), path)
    assert "claims/c questions.0" in caught.value.where
    path = saved(tmp_path, text.replace('"claims.c"', '"claims.cc"'))
    with pytest.raises(EvregError, match="Did you mean «claims/c»"):
        plan_import(root, read_xliff(path), path)


def test_other_encodings_marks_and_line_ends_are_read_alike(tmp_path: Path) -> None:
    content = exported(claims_kb(tmp_path))
    plain = read_xliff(saved(tmp_path, content))
    text = content.decode()
    sixteen = text.replace("encoding='utf-8'", "encoding='utf-16'").encode("utf-16")
    for other in (b"\xef\xbb\xbf" + content, sixteen, content.replace(b"\n", b"\r\n")):
        assert read_xliff(saved(tmp_path, other)) == plain
