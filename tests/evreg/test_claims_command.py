"""``evreg claims`` as a person and as a program use it; a reader gets findings, never a traceback and never a verdict."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

import kb
from evreg.cli import evreg as group
from evreg.commands.claims_explained import explain_lines
from kb.claims import specification_of
from kb.problems import EvregError
from kb.report_text import error_text
from scrapers.page_text import PageText
from tests.entries import PAIR, minimal
from tests.samples import write_kb

JA = "当院のエクソソーム点滴でしわが消え、肌が若返ります。\n副作用はありません。\nご予約はお電話で。"
EN = "Our exosome drip makes your whole body younger. No side effects! Does it cure cancer? Book today at our clinic."


class Run(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(scope="module", autouse=True)
def loaded_once() -> Iterator[None]:
    """The knowledge base and its patterns are read once for all runs in this process."""
    base = kb.load()
    spec = specification_of(base, base.root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("evreg.commands.claims.load", lambda _path: base)
        patch.setattr("kb.claims.specification_of", lambda _base, _root: spec)
        yield


def check(content: bytes | str, *options: str, lang: str = "en", expect: int = 0) -> Run:
    """A run in this process, with problems printed as ``evreg.cli.main`` prints them."""
    given = content.encode() if isinstance(content, str) else content
    run = CliRunner().invoke(group, ["claims", "check", *options, "--lang", lang], input=given)
    error = run.exception if isinstance(run.exception, EvregError) else None
    assert error or run.exception is None or isinstance(run.exception, SystemExit), run.exception
    told = error_text(error, "ja" if lang == "ja" else "en") if error else run.stderr
    assert (1 if error else run.exit_code) == expect, told
    return Run(expect, run.stdout, told)


def in_a_process(*arguments: str, given: bytes = b"", lang: str = "en") -> Run:
    run = subprocess.run(
        [sys.executable, "-m", "evreg", "claims", *arguments],
        input=given, env=os.environ | {"EVREG_LANG": lang}, capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert b"Traceback" not in run.stderr
    return Run(run.returncode, run.stdout.decode(), run.stderr.decode())


def as_json(content: bytes | str, *options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(check(content, "-", "--format", "json", *options).out)
    return found


# --- JSON


def test_json_has_the_agreed_parts_and_places_count_code_points() -> None:
    text = "😀𠮷野家\r\n" + JA
    found = as_json(text)
    assert list(found) == ["language", "findings", "set_aside", "missing_disclosures", "summary"]
    assert found["language"] == "ja"
    assert {"claim-skin-wrinkles-collagen", "claim-no-side-effects"} <= {item["claim"] for item in found["findings"]}
    for item in found["findings"]:
        assert {"claim", "start", "end", "text", "assessment"} <= set(item)
        assert text[item["start"] : item["end"]] == item["text"]
        assert all(text[word["start"] : word["end"]] == word["text"] for word in item["words"])


def test_a_text_in_japanese_is_read_under_japanese_rules() -> None:
    found = as_json(JA)
    assert found["summary"]["jurisdiction"] == "JP"
    assert {rule["jurisdiction"] for claim in found["summary"]["claims"] for rule in claim["rules"]} == {"JP"}
    assert [item["id"] for item in found["missing_disclosures"]][:5] == [
        "discloses-unapproved", "discloses-supply", "discloses-alternatives", "discloses-foreign-safety",
        "discloses-no-relief",
    ]  # fmt: skip
    assert all(item["requirement"] for item in found["missing_disclosures"])
    assert found["summary"]["reporting"]


def test_a_text_in_english_waits_for_the_reader_to_name_a_jurisdiction() -> None:
    found = as_json(EN)
    assert (found["language"], found["summary"]["jurisdiction"]) == ("en", None)
    assert (found["missing_disclosures"], found["summary"]["reporting"]) == ([], [])
    assert {item["reason"] for item in found["set_aside"]} == {"asked"}
    america = as_json(EN, "--jurisdiction", "us")
    assert america["summary"]["jurisdiction"] == "US"
    assert not america["summary"]["disclosures_asked"]
    assert "MedWatch" in america["summary"]["reporting"][0]["body"]["en"]


def test_trials_are_counted_with_their_day() -> None:
    for claim in as_json(JA)["summary"]["claims"]:
        trials = claim["trials"]
        assert sum(trials["by_phase"].values()) == trials["registered"]
        assert bool(claim["indications"]) == (trials["as_of"] in trials["in_words"]["en"])


def test_places_in_a_page_count_in_the_text_taken_out_of_it() -> None:
    page = (
        f"<html><head><title>t</title></head><body><script>エクソソームでがんが治る</script><p>{JA}</p>"
        "<footer>本製品は未承認です。</footer></body></html>"
    )
    found = as_json(page)
    text = found["summary"]["text"]
    assert found["summary"]["html"]
    assert "script" not in text
    assert all(text[item["start"] : item["end"]] == item["text"] for item in found["findings"])
    assert "claim-cancer-treatment" not in {item["claim"] for item in found["findings"]}
    assert "discloses-unapproved" not in {item["id"] for item in found["missing_disclosures"]}


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_makes_no_difference(encoding: str) -> None:
    expected, found = as_json(JA), as_json(JA.encode(encoding))
    assert found["findings"] == expected["findings"]


# --- Text


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_report_says_what_is_known_and_what_to_do(lang: str) -> None:
    shown = check(JA, "-", lang=lang).out
    parts = {
        "en": (
            "The text is in Japanese.", "What is known:", "Rules touched in Japan:", "Trials: ", "as of 2026-",
            "Ask before paying:", "Sources:", "Not stated in these words:", "the medicine or product used is unapproved",
            "it may be stated elsewhere", "Where to report or get advice in Japan:", "not about any provider", "Neither medical nor legal advice.",
        ),
        "ja": (
            "本文の言語: 日本語", "分かっていること:", "日本で関係する規則:", "臨床試験: ", "支払う前に尋ねること:", "資料:",
            "本文に見当たらない明示事項:", "未承認医薬品等であること", "他の箇所に記載されている可能性がある", "日本の通報・相談先:",
            "特定の提供者を評価するものではない", "医学的助言でも法的助言でもない",
        ),
    }[lang]  # fmt: skip
    for part in parts:
        assert part in shown
    assert re.search(r"\[[^\]]+\]" if lang == "en" else "【[^】]+】", shown)
    assert "\x1b" not in shown


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_nothing_found_proves_nothing(lang: str) -> None:
    shown = check("明日は晴れるでしょう。洗濯日和です。", "-", lang=lang).out
    assert {"en": "No statement of the catalogue was found.", "ja": "一覧にある主張は見いだせなかった。"}[lang] in shown
    assert {"en": "Not stated in these words", "ja": "明示事項"}[lang] not in shown


def test_words_set_aside_come_with_their_reason() -> None:
    shown = check("副作用がないわけではありません。エクソソームでがんが治りますか?", "-", lang="ja").out
    assert "主張されていないため除いた記述:" in shown
    assert "疑問文である" in shown


def test_another_language_is_said() -> None:
    text = "Unsere Exosomen verjüngen die Haut und heilen jede Krankheit ohne Nebenwirkungen, sagen alle Kunden."
    assert as_json(text)["language"] == "other"
    assert "another language" in check(text, "-").out
    assert "英語・日本語以外" in check(text, "-", lang="ja").out


def test_a_jurisdiction_of_which_nothing_is_known_is_said_to_be_unknown() -> None:
    shown = check(EN, "-", "--jurisdiction", "VE").out
    assert "is not on record here" in shown
    assert "that does not mean that there is none" in shown


def test_control_characters_of_the_text_never_reach_the_terminal() -> None:
    shown = check(f"\x1b]0;owned\x07\x1b[31m{JA}\u202e" + "。" * 50, "-").out
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", shown)


def test_a_long_text_does_not_flood_the_terminal() -> None:
    many = "副作用はありません。\nエクソソームで副作用はありますか?\n" * 40
    shown = check(f"{JA}\n{many}", "-").out
    assert shown.count("   > ") < 15
    assert "more places" in shown


def test_words_are_underlined_on_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "ad.txt"
    path.write_text(JA, encoding="utf-8")
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "evreg", "claims", "check", str(path)],
        stdin=subprocess.DEVNULL, stdout=follower, env=os.environ | {"EVREG_LANG": "en"},
    ) as process:  # fmt: skip
        os.close(follower)
        shown = b""
        while True:
            try:
                piece = os.read(leader, 65_536)
            except OSError:  # Linux: the terminal is closed.
                break
            if not piece:
                break
            shown += piece
        assert process.wait(300) == 0
    os.close(leader)
    assert re.search("\x1b\\[1m\x1b\\[4m[^\x1b]+\x1b\\[0m", shown.decode())


# --- What cannot be read


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", ("no words", "文字がない")),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ("binary file (PNG)", "バイナリーファイル (PNG)")),
        (b"a" * 5_000_001, ("larger than 5 MB", "5 MBを超えている")),
        (b"<html><body><script>1</script></body></html>", ("no readable text", "読み取れる文章がない")),
    ],
    ids=["empty", "binary", "large", "no-text"],
)
def test_bad_input_is_told_in_four_parts(content: bytes, part: tuple[str, str], lang: str) -> None:
    run = check(content, "-", lang=lang, expect=1)
    said = run.err
    assert run.out == ""
    assert part[lang == "ja"] in said
    assert len(said.strip().splitlines()) == 4


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("check", "no-such-file.txt"), "There is no such file."),
        (("check", "エクソソームで若返る" * 50), "There is no such file."),
        (("check", "ftp://example.org/ad"), "There is no such file."),
        (("check", "http://127.0.0.1:9/ad"), "not public"),
        (("check", "-", "--jurisdiction", "JPN"), "is not a code of a jurisdiction"),
        (("check", "-", "--jurisdiction", "JP,KR"), "2 jurisdictions."),
        (("explain", "claim-cancer-treatmant"), "Did you mean «claim-cancer-treatment»?"),
    ],
)  # fmt: skip
def test_wrong_arguments_are_told(arguments: tuple[str, ...], found: str) -> None:
    run = CliRunner().invoke(group, ["claims", *arguments], input=EN)
    assert isinstance(run.exception, EvregError)
    assert found in run.exception.found.en
    assert run.stdout == ""


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_process_reports_and_ends_well_or_tells_and_fails(lang: str) -> None:
    good = in_a_process("check", "-", given=JA.encode("cp932"), lang=lang)
    assert (good.code, good.err) == (0, "")
    assert {"en": "Statements found:", "ja": "見いだした記述:"}[lang] in good.out
    bad = in_a_process("check", "no-such-file", lang=lang)
    assert (bad.code, bad.out) == (1, "")
    assert {"en": "There is no such file.", "ja": "該当するファイルがない。"}[lang] in bad.err


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "There is no such file." in check("", str(tmp_path), expect=1).err


# --- Addresses and explanations


def test_an_address_is_read_by_the_polite_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def read_page(url: str) -> PageText:
        asked.append(url)
        return PageText(JA, JA, "utf-8", was_html=True)

    monkeypatch.setattr("scrapers.one_page.read_page", read_page)
    run = CliRunner().invoke(group, ["claims", "check", "HTTPS://example.org/ad", "--format", "json"])
    assert run.exit_code == 0
    assert asked == ["HTTPS://example.org/ad"]
    assert json.loads(run.stdout)["findings"]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_claim_is_explained(lang: str) -> None:
    run = CliRunner().invoke(group, ["claims", "explain", "cancer-treatment", "--jurisdiction", "JP", "--lang", lang])
    assert run.exit_code == 0
    parts = {
        "en": ("What is asserted:", "Trials: ", "Missed the primary outcome or stopped early:", "given for this use", "Rules touched in Japan:"),
        "ja": ("主張の内容:", "臨床試験: ", "主要評価項目の未達成又は早期中止:", "同じ用途での使用", "日本で関係する規則:"),
    }[lang]  # fmt: skip
    for part in parts:
        assert part in run.stdout


def test_acts_that_only_share_a_rule_are_counted_not_named() -> None:
    shown = CliRunner().invoke(group, ["claims", "explain", "claim-cancer-treatment", "--lang", "en"]).stdout
    assert "further official acts rest on the same rules" in shown
    assert "Warning Letter" not in shown


def test_a_withdrawn_claim_says_so(tmp_path: Path) -> None:
    gone = {"on": "2026-01-02", "reason": PAIR}
    base = kb.load(write_kb(tmp_path, claims=[minimal("claims", "claim-old", withdrawn=gone)]))
    assert "Withdrawn on 2026-01-02, counts no longer: A statement." in list(
        explain_lines(base, base.claims["claim-old"], None, "en")
    )


def test_an_explanation_as_json() -> None:
    found = json.loads(in_a_process("explain", "claim-cure-all", "--format", "json").out)
    assert (found["claim"], found["assessment"]["value"], found["indications"]) == ("claim-cure-all", "false", [])
    assert {rule["jurisdiction"] for rule in found["rules"]} > {"JP", "US"}


def test_the_commands_are_imported_only_when_needed() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from evreg.cli import evreg;"
        "CliRunner().invoke(evreg, ['claims', 'explain', 'claim-cure-all', '--format', 'json']);"
        "print([name for name in ('trafilatura', 'charset_normalizer', 'requests', 'bs4', 'rich') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=True)
    assert run.stdout.strip() == "[]"
