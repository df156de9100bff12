"""Python and the browser read every text alike: the same claims, in the same words, set aside for the same reasons."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, Route

import kb
from kb.claims import Checked, Finding, Specification, check, specification_of
from kb.claims.disclosures import offers_treatment
from kb.claims.folding import fold
from kb.claims.segments import segments
from kb.claims.specification import NUMBER, Rule
from tests.browser.windows import Windows
from tests.sites import ROOT

_TEXTS = ROOT / "tests" / "claims"
_ADDRESS = "http://evreg.test/"
#: What goes wrong where characters are of several kinds, widths and lengths.
_TRICKY = [
    "か", "ｶ", "ﾊ", "ﾞ", "ﾟ", "\u3099", "\u309a", "\u0301", "é", "ﬁ", "①", "㎎", "㈱", "Ａ", "ß", "İ", "ª", "²",
    "👨‍👩‍👧", "🦵🏽", "✨", "𝐄𝐱𝐨", "𠮷", "\U0002ebf0", "\ud800", "\u200b", "\u202e", "\u2066", "\ufeff", "\xad", "\x00", "\x1c", "\x85",
    "。", ".", "…", "!", "?", "」", "】", "・", "•", "→", "-", "‐", "—", "*", "1.", "(2)", "、", ",", ":", "'", '"',
    " ", "　", "\t", "\n", "\r\n", "\n\n", "-\n", "\u2028", "\u1680", "e.g.", "Dr.", "no.", "3", "１２", "二十", "1,234.5", "twenty", "90 %",
    "ない", "not ", "but ", "が、", "ますか?", "と言われています", "한국어", "ไทย", "Русский", "العربية", "中文說明",
]  # fmt: skip
_READ = """async ([address, specification, texts]) => {
  const { check } = await import(new URL("claims/checking.js", address));
  const { offersTreatment } = await import(new URL("claims/disclosures.js", address));
  const { openSpecification } = await import(new URL("claims/specification.js", address));
  const spec = openSpecification(JSON.parse(specification));
  const told = ({ claim, start, end, words, concepts, reason, cue }) => [claim, start, end, words, concepts, reason, cue];
  return JSON.stringify(JSON.parse(texts).map((text) => {
    const checked = check(text, spec);
    const { reports, report, offer, cues } = checked.genre;
    return { language: checked.language, findings: checked.findings.map(told), set_aside: checked.setAside.map(told),
             genre: [reports, report, offer, cues], concepts: [...checked.concepts].sort(), offers: offersTreatment(checked, spec) };
  }));
}"""
_FOLD = """async ([address, specification, text]) => {
  const { fold } = await import(new URL("claims/folding.js", address));
  const { openSpecification } = await import(new URL("claims/specification.js", address));
  const { characters, starts, ends } = fold(JSON.parse(text), openSpecification(JSON.parse(specification)));
  return JSON.stringify([characters.join(""), starts, ends]);
}"""
_SPLIT = """async ([address, specification, texts]) => {
  const { fold } = await import(new URL("claims/folding.js", address));
  const { segments } = await import(new URL("claims/segments.js", address));
  const { openSpecification } = await import(new URL("claims/specification.js", address));
  const spec = openSpecification(JSON.parse(specification));
  const told = (part) => [part.text, part.starts, part.ends, part.block, part.isItem, part.isQuestion, part.context?.text ?? null];
  return JSON.stringify(JSON.parse(texts).map((text) => segments(fold(text, spec), spec).map(told)));
}"""


@pytest.fixture(scope="module")
def spec() -> Specification:
    """The real patterns, and rules drawn by lot so that every part of a rule is tried on every concept."""
    real = specification_of(kb.load())
    assert real.rules
    return replace(real, rules=(*real.rules, *_drawn_rules(len(real.concepts))))


def _drawn_rules(concepts: int) -> Iterator[Rule]:
    lot = random.Random(1)
    for number in range(120):
        parts = tuple(tuple(lot.sample(range(concepts), lot.randint(1, 9))) for _ in range(lot.randint(1, 3)))
        yield Rule(
            f"drawn-{number}",
            parts,
            tuple(lot.sample(range(concepts), lot.choice([0, 0, 2]))),
            tuple(lot.sample(range(concepts), lot.choice([0, 0, 4]))),
            lot.choice([0, 12, 40, 70]),
            lot.random() < 0.5,
            lot.random() < 0.3,
        )


@pytest.fixture
def ask(windows: Windows, spec: Specification) -> Iterator[Callable[[str, Any], Any]]:
    """Runs a script on the real modules with the specification and something else; its answer."""
    specification = json.dumps(spec.as_data())

    def answer(script: str, given: Any) -> Any:
        # As escaped JSON, since a lone surrogate cannot travel as UTF-8.
        return json.loads(page.evaluate(script, [_ADDRESS, specification, json.dumps(given)]))

    with windows.reading(_ADDRESS) as visit:
        page: Page = visit.page
        page.route(f"{_ADDRESS}**", _from_disk)
        page.goto(_ADDRESS)
        yield answer
        page.unroute(f"{_ADDRESS}**")


def _from_disk(route: Route) -> None:
    name = route.request.url.removeprefix(_ADDRESS)
    if name:
        route.fulfill(path=ROOT / "docs" / "assets" / name, content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>x</title>", content_type="text/html")


def _labelled(name: str) -> list[str]:
    texts = yaml.safe_load(Path(_TEXTS / f"{name}.yaml").read_text(encoding="utf-8"))
    return [text["text"] for text in texts]


def _hostile(spec: Specification) -> Iterator[str]:
    lot = random.Random(20261123)
    words = [word.replace(NUMBER, "3") for word, _ in spec.words]
    for _ in range(200):
        parts = (lot.choice(_TRICKY) if lot.random() < 0.5 else lot.choice(words) for _ in range(lot.randrange(1, 90)))
        yield "".join(part + lot.choice(["", "", " "]) for part in parts)
    longest = max(words, key=len)
    yield from (
        "",
        " ",
        "\n\n",
        "。" * 900,
        "?!" * 400,
        "ない" * 900,
        "a " * 2000,
        "x" * 3000,
        "3" * 2000,
        longest * 90,
    )
    yield from ("- " * 900, "\r\n" * 500, "ﾞ" * 500, "👨‍👩‍👧" * 300, "no. " * 400, "】" * 500, "not " * 600 + longest)


def _damaged(texts: Sequence[str]) -> Iterator[str]:
    """Texts with some characters replaced by tricky ones."""
    lot = random.Random(7)
    for _ in range(150):
        characters = list(lot.choice(texts))
        for _ in range(lot.randrange(1, 15)):
            place = lot.randrange(len(characters))
            characters[place : place + lot.randrange(3)] = [lot.choice(_TRICKY)]
        yield "".join(characters)


def _told(checked: Checked) -> dict[str, Any]:
    genre = checked.genre
    return {
        "language": checked.language,
        "findings": [_row(finding) for finding in checked.findings],
        "set_aside": [_row(finding) for finding in checked.set_aside],
        "genre": [genre.reports, genre.report, genre.offer, list(genre.cues)],
        "concepts": sorted(checked.concepts),
        "offers": offers_treatment(checked),
    }


def _row(found: Finding) -> list[Any]:
    words = [list(span) for span in found.words]
    return [found.claim, found.start, found.end, words, list(found.concepts), found.reason, found.cue]


def _differences(spec: Specification, texts: Sequence[str], told: Sequence[dict[str, Any]]) -> list[str]:
    """Which texts are read differently, and what of them; never the texts themselves."""
    pairs = zip((_told(check(text, spec)) for text in texts), told, strict=True)
    return [
        f"text {number}: {[name for name in ours if ours[name] != theirs[name]]}"
        for number, (ours, theirs) in enumerate(pairs)
        if ours != theirs
    ]


@pytest.mark.parametrize("name", sorted(path.stem for path in _TEXTS.glob("*.yaml")))
def test_labelled_texts_are_read_alike(spec: Specification, ask: Callable[[str, Any], Any], name: str) -> None:
    texts = _labelled(name)
    told = ask(_READ, texts)
    assert _differences(spec, texts, told) == []
    assert sum(len(answer["findings"]) for answer in told) > len(texts)
    assert sum(len(answer["set_aside"]) for answer in told) > len(texts)


def test_hostile_texts_are_read_alike(spec: Specification, ask: Callable[[str, Any], Any]) -> None:
    texts = [*_hostile(spec), *_damaged(_labelled("development"))]
    told = ask(_READ, texts)
    assert _differences(spec, texts, told) == []
    assert {answer["language"] for answer in told} == {"en", "ja", "other", "none"}


def test_every_character_is_folded_alike(spec: Specification, ask: Callable[[str, Any], Any]) -> None:
    """All of the basic plane, and of the others the blocks with letters of ornament and pictures."""
    codes = (*range(0xD800), *range(0xE000, 0x10000), *range(0x1D000, 0x20000))
    text = "".join(map(chr, codes))
    folded = fold(text)
    assert ask(_FOLD, text) == [folded.text, list(folded.starts), list(folded.ends)]


def test_sentences_are_parted_alike(spec: Specification, ask: Callable[[str, Any], Any]) -> None:
    texts = list(_hostile(spec))
    ours = [
        [
            [part.text, list(part.starts), list(part.ends), part.block, part.is_item, part.is_question,
             part.context.text if part.context else None]
            for part in segments(fold(text))
        ]
        for text in texts
    ]  # fmt: skip
    assert ask(_SPLIT, texts) == ours


def test_letters_of_other_scripts_are_counted_alike(spec: Specification, ask: Callable[[str, Any], Any]) -> None:
    kinds = [chr(code) for code in (0x41, 0x430, 0xAA, 0xB2, 0x2160, 0x3042, 0x4E00, 0xAC00, 0xE01, 0x2EBF0, 0x1E900)]
    texts = [kind * count + "a" * 9 for kind in kinds for count in (1, 8, 9, 10, 30)] + kinds
    assert _differences(spec, texts, ask(_READ, texts)) == []
