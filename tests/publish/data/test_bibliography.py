"""Sources as BibTeX, RIS and CSL-JSON: each once, under a key that stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import rispy
from pybtex.database import parse_string

from kb import KnowledgeBase, load
from kb.models import COLLECTIONS
from publish.data import bibtex, csl, ris
from publish.data.references import Reference, sources_of
from tests.entries import source
from tests.samples import term, write_kb


def _sources(folder: Path, *sources: dict[str, Any], **changes: Any) -> tuple[Reference, ...]:
    terms = [term(f"t{n}", sources=[given], **changes) for n, given in enumerate(sources)]
    return sources_of(load(write_kb(folder, glossary=terms)), ("glossary",))


def test_the_same_work_is_listed_once(tmp_path: Path) -> None:
    (found,) = _sources(
        tmp_path,
        source(doi="10.1000/ABC", url="https://example.org/one", title="Short"),
        source(doi="10.1000/abc", url=None, pmid="77", title="The whole title"),
        source(url="https://elsewhere.example/", pmid="77", title="The whole title"),
        source(url="https://elsewhere.example", title="The whole title", published=None),
    )
    assert found.key == "doi-10-1000-abc"
    assert (found.title, found.pmid, found.type) == ("The whole title", "77", "article")
    assert found.note == "Cited by EVReg: glossary/t0, glossary/t1, glossary/t2, glossary/t3"


def test_works_without_identifiers_are_told_apart_by_their_words(tmp_path: Path) -> None:
    found = _sources(
        tmp_path,
        source(url=None, title="A handbook", kind="secondary"),
        source(url=None, title="A handbook", kind="secondary"),
        source(url=None, title="Another handbook", kind="secondary"),
    )
    assert sorted(reference.title for reference in found) == ["A handbook", "Another handbook"]


def test_keys_come_from_the_identity_alone(tmp_path: Path) -> None:
    before = _sources(tmp_path / "a", source(title="Before"))
    after = _sources(tmp_path / "b", source(title="After", publisher=None), source(url="https://example.org/new"))
    assert before[0].key in {reference.key for reference in after}
    assert before[0].key.startswith("example-org-")


def test_identifiers_that_differ_in_punctuation_have_keys_of_their_own(tmp_path: Path) -> None:
    found = _sources(tmp_path, source(doi="10.1000/a.b", url=None), source(doi="10.1000/a-b", url=None))
    assert len({reference.key for reference in found}) == 2


def test_sources_of_withdrawn_entries_do_not_count(tmp_path: Path) -> None:
    withdrawn = {"on": "2026-01-02", "reason": {"en": "A duplicate.", "ja": "重複のため。"}}
    assert _sources(tmp_path, source(), withdrawn=withdrawn) == ()


@pytest.mark.parametrize(
    ("kind", "types"),
    [
        ("primary", ("misc", "GOVDOC", "document")),
        ("registry", ("misc", "DATA", "dataset")),
        ("journal", ("article", "JOUR", "article-journal")),
        ("secondary", ("misc", "ELEC", "webpage")),
        ("news", ("misc", "NEWS", "article-newspaper")),
    ],
)
def test_kinds_have_types(tmp_path: Path, kind: str, types: tuple[str, str, str]) -> None:
    (found,) = _sources(tmp_path, source(kind=kind))
    assert (bibtex.TYPES[found.type], ris.TYPES[found.type], csl.TYPES[found.type]) == types


@pytest.mark.parametrize(
    ("date", "parts", "tag"),
    [("2024", [2024], "2024"), ("2024-05", [2024, 5], "2024/05"), ("2024-05-06", [2024, 5, 6], "2024/05/06")],
)
def test_dates_are_no_more_exact_than_given(tmp_path: Path, date: str, parts: list[int], tag: str) -> None:
    found = _sources(tmp_path, source(published=date))
    assert csl.csl(found)[0]["issued"] == {"date-parts": [parts]}
    assert rispy.loads(ris.ris(found))[0]["date"] == tag
    fields = parse_string(bibtex.bibtex(found), "bibtex").entries[found[0].key].fields
    assert fields["year"] == "2024"
    assert ("month" in fields) == (len(parts) > 1)


def test_other_programs_read_every_format(any_kb: KnowledgeBase) -> None:
    found = sources_of(any_kb, COLLECTIONS)
    assert found
    read = parse_string(bibtex.bibtex(found), "bibtex")
    assert list(read.entries) == [reference.key for reference in found]
    records = rispy.loads(ris.ris(found))
    assert [record["id"] for record in records] == [reference.key for reference in found]
    assert [item["id"] for item in csl.csl(found)] == [reference.key for reference in found]


@pytest.mark.parametrize("title", ["50% of {a", "b} $x$ _y_ & #1 ~ ^", r"\input{x}", 'say "yes"', "力価試験の指針"])
def test_latex_is_escaped(title: str) -> None:
    text = bibtex.bibtex([Reference("k", "web", title, url='https://e.org/a_b?x=1%20#f"}')])
    fields = parse_string(text, "bibtex").entries["k"].fields
    assert fields["url"] == "https://e.org/a_b?x=1%20#f%22%7D"
    written = fields["title"]
    assert r"\input" not in written
    assert "$x$" not in written
    for character in "%&#":
        assert written.count(character) == written.count(f"\\{character}")
    assert "力価試験" not in title or written == title


def test_a_line_break_does_not_begin_a_new_tag() -> None:
    (record,) = rispy.loads(ris.ris([Reference("k", "web", "A title\nER  - \nTY  - BOOK\nTI  - x")]))
    assert record["type_of_reference"] == "ELEC"
    assert "TY  - BOOK" in record["title"]
