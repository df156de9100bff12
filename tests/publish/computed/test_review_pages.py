"""The pages about review and sign-off."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from kb.problems import Language
from publish.computed.review import files, pages
from publish.computed.review_due import due_page
from publish.site import Site
from tests.entries import minimal
from tests.publish.hostile import PAYLOADS
from tests.reviewing import CARBERRY, PSYCHOCERAMIST, signed
from tests.samples import guideline, term, write_kb

OTHER = {"en": "Something else.", "ja": "別の内容である。"}
REGISTER = f"""
organisations: {{brown-university: {{en: Brown University, ja: ブラウン大学}}}}
groups:
  terms: {{en: Terms <b>, ja: 用語部会, collections: [glossary]}}
  all: {{en: Everything, ja: 全体}}
people:
  0000-0002-1825-0097:
    name: Josiah Carberry
    affiliation: {{en: Psychoceramics, ja: 心理陶芸学}}
    organisation: brown-university
    groups: [terms]
    since: '2026-01-05'
  {PSYCHOCERAMIST["orcid"]}:
    name: Test Person Two
    affiliation: {{en: Test Institute, ja: 試験用研究所}}
    organisation: brown-university
    since: '2026'
"""


def bodies(base: KnowledgeBase, language: Language = "en") -> dict[str, str]:
    return {page.path: page.body for page in pages(Site(base, language))}


def reviewed_on(day: str, **more: Any) -> dict[str, Any]:
    return {"review": {"status": "draft", "verified": day} | more}


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    interest = {"conflict_of_interest": {"en": "Adviser <i>", "ja": "顧問"}}
    root = write_kb(
        tmp_path,
        glossary=[
            signed("glossary", term("good"), CARBERRY | interest, CARBERRY | {"orcid": "0000-0002-1694-233X", "organisation": "x"}),
            signed("glossary", term("lapsed"), CARBERRY, status="reviewed") | {"summary": OTHER},
            term("gone", withdrawn={"on": "2026-01-01", "reason": OTHER}),
        ],
        guidelines=[guideline("now", **reviewed_on("2025-06-20")), guideline("late", **reviewed_on("2025-01-01"))],
        trials=[minimal("trials", "soon", **reviewed_on("2026-01-31"))],
    )  # fmt: skip
    (root / "reviewers.yaml").write_text(REGISTER, encoding="utf-8")
    return kb.load(root)


def test_while_nobody_has_signed_the_pages_say_so(tmp_path: Path) -> None:
    base = kb.load(write_kb(tmp_path, glossary=[term("a")]))
    english, japanese = bodies(base), bodies(base, "ja")
    assert "Nobody has signed an entry yet." in english["review/"]
    assert "Changed after signing" not in english["review/"]
    assert "まだ署名したレビュアーはいない。" in japanese["review/"]
    assert "Nobody has signed an entry yet, and nobody is registered." in english["review/reviewers/"]
    assert "登録された作業部会はまだない。" in japanese["review/groups/"]


def test_nobody_is_named_on_the_pages_of_the_first_edition() -> None:
    found = bodies(kb.load())
    assert "orcid" not in found["review/reviewers/"].lower().replace("orcid id", "")
    assert len(found["review/due/"]) < 60_000
    assert len(found["review/"]) < 60_000


def test_an_empty_knowledge_base_has_its_pages(tmp_path: Path) -> None:
    base = kb.load(write_kb(tmp_path))
    for language in ("en", "ja"):
        assert set(bodies(base, language)) == {"review/", "review/due/", "review/reviewers/", "review/groups/"}
    assert "There are no entries." in bodies(base)["review/due/"]


def test_the_overview_counts_what_counts_and_states_the_rules(base: KnowledgeBase) -> None:
    body = bodies(base)["review/"]
    row = re.search(r'<th scope="row"><a href="\.\./glossary/">Glossary</a></th>(.*?)</tr>', body)
    assert row
    cells = dict(re.findall(r'data-label="([^"]*)">([^<]*)<', row[1]))
    assert cells == {
        "Term (months)": "24",
        "Entries": "2",
        "Draft": "1",
        "Reviewed": "0",
        "Approved": "1",
        "Changed after signing": "1",
        "Overdue": "0",
        "Due this month": "0",
    }
    assert "«approved» needs the sign-off of 2 people of 2 different organisations." in body
    assert "Sources › Archived copy" in body
    assert "Nobody has signed" not in body
    assert "sign-offs bore a higher status out" in body
    assert body.index("guideline late") < body.index("term lapsed") < body.index("guideline now")


def test_the_rules_in_words_follow_the_file(base: KnowledgeBase) -> None:
    assert base.root
    text = (Path(kb.__file__).parent / "review.yaml").read_text(encoding="utf-8")
    strict = text.replace("    people: 2\n", "    people: 4\n").replace("    - sources[].accessed\n", "")
    (base.root / "review.yaml").write_text(strict, encoding="utf-8")
    body = bodies(kb.load(base.root), "ja")["review/"]
    assert "「承認済み」には、異なる2組織に属する4名の署名を要する。" in body
    assert "アーカイブ。" in body
    assert "閲覧日" not in body


def test_what_is_due_stands_under_its_month(base: KnowledgeBase) -> None:
    body = bodies(base)["review/due/"]
    parts = dict(re.findall(r"^## [^{]*\{#([^}]*)\}\n\n(.*)$", body, re.MULTILINE))
    assert list(parts) == ["overdue", "this-month", "month-2026-07", "month-2026-08", "month-2026-09", "ahead"]
    assert "guideline late" in parts["overdue"]
    assert "guideline now" in parts["this-month"]
    assert '<time datetime="2026-07-31">' in parts["month-2026-07"]
    assert "None." in parts["month-2026-08"]
    assert "term gone" not in body


def test_a_full_month_is_cut_and_says_so(tmp_path: Path) -> None:
    entries = [term(f"t{number:03}", **reviewed_on("2020-01-01")) for number in range(150)]
    base = kb.load(write_kb(tmp_path, glossary=[*entries, term("new")]))
    body = due_page(Site(base, "en")).body
    assert "The first 100 of 150; the CSV file has all of them." in body
    assert body.count("../../glossary/t") == 100


def test_reviewers_with_affiliation_interest_and_whether_it_still_holds(base: KnowledgeBase) -> None:
    body = bodies(base)["review/reviewers/"]
    assert '<a class="ev-out" href="https://orcid.org/0000-0002-1825-0097"' in body
    assert "Adviser &lt;i&gt;" in body
    assert "No: the content changed after signing" in body
    assert "Registered since" in body
    assert "Has not signed an entry yet." in body
    assert "Not in the register of reviewers." in body
    assert "Terms &lt;b&gt;" in body


def test_a_mistyped_orcid_in_the_register_is_not_published(base: KnowledgeBase) -> None:
    assert base.root
    wrong = REGISTER.replace("0000-0002-1825-0097", '"0} <b>"')
    (base.root / "reviewers.yaml").write_text(wrong, encoding="utf-8")
    body = bodies(kb.load(base.root))["review/reviewers/"]
    assert "Psychoceramics" not in body
    assert "<b>" not in body


def test_working_groups_with_their_entries_and_members(base: KnowledgeBase) -> None:
    body = bodies(base)["review/groups/"]
    assert "## Terms &#60;b&#62; {#group-terms}" in body
    assert '<a href="../../review/reviewers/#orcid-0000-0002-1825-0097">Josiah Carberry</a>' in body
    terms = body[body.index("group-terms") : body.index("group-all")]
    assert "term lapsed" in terms
    assert "guideline" not in terms
    assert "all entries" in body


def test_the_csv_file_has_every_entry_that_counts(base: KnowledgeBase) -> None:
    (content,) = files(Site(base, "en")).values()
    assert isinstance(content, bytes)
    heading, *rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert heading[:2] == ["Collection", "Identifier"]
    assert [row[1] for row in rows] == ["late", "lapsed", "now", "soon", "good"]
    assert [row[3] for row in rows] == ["Draft", "Draft", "Draft", "Draft", "Approved"]
    assert rows[1][4] == "changed after signing"
    assert rows[-1][-1] == "Josiah Carberry; Josiah Carberry"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_names_and_statements_stay_text(tmp_path: Path, payload: str) -> None:
    pair = {"en": payload, "ja": payload}
    person = {"name": payload, "affiliation": pair, "organisation": payload, "conflict_of_interest": pair}
    base = kb.load(write_kb(tmp_path, glossary=[signed("glossary", term("a"), person, status="reviewed")]))
    body = bodies(base)["review/reviewers/"]
    assert "Approved" in body
    assert not re.search(r"<(script|img|svg|iframe|b)\b", body)
