"""The pathway finder's page and its table of answers."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from kb.analysis.pathway_matching import DIMENSIONS, Question, space_of
from kb.analysis.pathways import Outcome, Reader, readers
from kb.problems import Language
from kb.vocabulary import packaged_vocabularies
from kb.yaml12 import read_yaml
from publish.computed import pathways
from publish.computed.pathways_answers import answer_table
from publish.computed.pathways_matrix import TYPICAL, address_of, cell
from publish.page import Page
from publish.site import Site
from publish.values import Values
from tests.sites import ROOT


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    return kb.load()


@pytest.fixture(scope="module")
def found(real: KnowledgeBase) -> tuple[Reader, ...]:
    return readers(real)


@pytest.fixture(scope="module")
def table(real: KnowledgeBase) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(answer_table(real))
    return loaded


@pytest.fixture(scope="module", params=["en", "ja"])
def page(request: pytest.FixtureRequest, real: KnowledgeBase) -> Page:
    (made,) = pathways.pages(Site(real, request.param))
    return made


def test_the_table_answers_every_question_as_the_readers_do(table: dict[str, Any], found: tuple[Reader, ...]) -> None:
    space = space_of(packaged_vocabularies())
    assert [name for name, _ in table["dimensions"]] == [dimension.name for dimension in DIMENSIONS]
    assert table["places"] == [reader.profile.id for reader in found]
    questions = list(space.questions())
    assert len(questions) == len(table["questions"])
    for question, pattern in zip(questions, table["questions"], strict=True):
        for reader, number in zip(found, table["patterns"][pattern], strict=True):
            answer = reader.answer(question)
            outcome, cases, displaced, gaps, classes = table["answers"][number]
            assert (outcome, [rule for rule, _ in cases], bool(gaps), tuple(classes)) == (
                answer.outcome, [case.rule.number for case in answer.cases], answer.gaps, answer.classes,
            )  # fmt: skip
            assert displaced == [rule.number for rule in answer.displaced]
            assert [
                [bool(bits & 1 << place) for place in range(len(DIMENSIONS))] for _, bits in cases
            ] == [list(case.only_if) for case in answer.cases]  # fmt: skip


def test_the_table_stays_small(real: KnowledgeBase) -> None:
    """A phone fetches it before the first answer."""
    assert len(answer_table(real).encode()) < 200_000


def test_every_classification_can_be_read_without_scripts(
    page: Page, real: KnowledgeBase, found: tuple[Reader, ...]
) -> None:
    text = unescape(re.sub(r"<[^>]+>", "", page.body))
    language = "ja" if "規制" in page.title else "en"
    for reader in found:
        for rule in reader.rules:
            assert getattr(rule.record.statement, language) in text
    assert page.body.count("data-rule=") == sum(len(reader.rules) for reader in found)
    assert page.body.count("data-place=") == len(found)


def test_the_matrix_leads_to_the_answer(page: Page, found: tuple[Reader, ...]) -> None:
    links = re.findall(r'<td><a href="([^"]*)">', page.body)
    assert len(links) == len(found) * len(TYPICAL)
    anchors = set(re.findall(r' id="(in-[^"]*)"', page.body))
    assert {unescape(link).partition("#")[2] for link in links} == anchors
    offered = {
        (name, code) for name, code in re.findall(r'type="radio" name="([^"]*)" value="([^"]*)"', page.body)
    }  # fmt: skip
    for link in links:
        asked = unescape(link)[1:].partition("#")[0].split("&")
        assert all(tuple(part.split("=")) in offered for part in asked)


def test_typical_products_differ(found: tuple[Reader, ...]) -> None:
    columns = [
        tuple((reader.answer(question).outcome, reader.answer(question).classes) for reader in found)
        for question in TYPICAL.values()
    ]
    assert len({address_of(question) for question in TYPICAL.values()}) == len(TYPICAL)
    assert len(set(columns)) >= len(columns) - 2


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_cell_says_why_there_is_no_class(language: Language, real: KnowledgeBase, found: tuple[Reader, ...]) -> None:
    values = Values(Site(real, language), "../")
    kuwait = next(reader for reader in found if reader.profile.code == "KW")
    shown = cell(values, kuwait.answer(Question()))
    assert ("Not surveyed" if language == "en" else "未調査") in shown


def test_every_outcome_has_words(real: KnowledgeBase) -> None:
    words = Site(real, "ja").labels.phrases("pathways")
    for outcome in Outcome:
        assert words[f"outcome_{outcome}"]
        assert f"ui_{outcome}" in words


def test_the_table_is_written_once_for_both_languages(real: KnowledgeBase) -> None:
    assert list(pathways.files(Site(real, "en"))) == ["pathways/answers.json"]
    assert pathways.files(Site(real, "ja")) == {}


def test_hostile_entries_stay_text(full_kb: KnowledgeBase) -> None:
    (made,) = pathways.pages(Site(full_kb, "en"))
    assert "window.__hit" in made.body
    tags = re.findall(r"<([a-z]+)", made.body)
    assert not {"script", "img", "svg", "iframe"} & set(tags)
    assert not re.search(r"<[^>]*\son[a-z]+=", made.body)
    blocks = [line for line in made.body.splitlines() if line.startswith("<")]
    assert all(line.startswith('<div class="ev') for line in blocks)


def test_without_profiles_the_page_says_so() -> None:
    empty = Site(KnowledgeBase({}, {}, packaged_vocabularies(), ""), "en")
    [page] = pathways.pages(empty)
    assert (page.path, "No entries yet." in page.body) == ("pathways/", True)
    assert pathways.files(empty) == {}


def test_every_phrase_is_used() -> None:
    """Each key stands in quotes in a module or template, is said by the script, or completes a known beginning."""
    folders = {"publish/computed": "pathways*.py", "publish/templates": "pathway*.html", "docs/assets/pathways": "*.js"}
    texts = [path.read_text("utf-8") for folder, names in folders.items() for path in (ROOT / folder).glob(names)]
    completed = {f"product_{key}" for key in TYPICAL} | {
        f"{start}_{one}" for start in ("outcome", "ui") for one in Outcome
    }
    for key in read_yaml(ROOT / "publish/labels/pathways.yaml"):
        said = f"words.{key.removeprefix('ui_')}" if key.startswith("ui_") else f'"{key}"'
        quoted = said.replace('"', "'")
        assert key in completed or any(said in text or quoted in text for text in texts), key
