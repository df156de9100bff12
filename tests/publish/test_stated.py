"""Entry pages beside what live sources state: both values are shown, the entry's counts, nothing is mixed."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from kb.observed import observation, write_observed
from kb.problems import Language
from publish.data.made import made_files
from publish.entry_page import entry_page
from publish.list_page import list_page
from publish.site import Site
from publish.stated_words import STYLES
from publish.twins import twin
from tests.kb.inbox_samples import TRIAL, trial_kb
from tests.samples import guideline, write_kb

REGISTRY = "clinicaltrials-gov"
URL = "https://clinicaltrials.gov/study/NCT09000001"
HOSTILE = "<script>alert(1)</script>"


def stating(root: Path, source: str = REGISTRY, url: str = URL, version: str | None = None, **facts: Any) -> None:
    named = {name.replace("__", "."): value for name, value in facts.items()}
    write_observed(root, observation(source, TRIAL, url, "2026-07-01", named, version))


def body(base: KnowledgeBase, language: Language = "en") -> str:
    return entry_page(Site(base, language), base.trials["t1"]).body


def section(page: str, anchor: str) -> str:
    return page.split(f"{{#{anchor}}}")[1].split("\n## ", maxsplit=1)[0]


def rows(part: str) -> list[list[str]]:
    """The cells of the section's tables as text."""
    found = re.findall(r"<tr>(<td.*?)</tr>", part)
    return [
        [unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in found
    ]


def test_an_entry_of_which_no_source_states_anything_is_as_before(tmp_path: Path) -> None:
    root = trial_kb(tmp_path)
    before = entry_page(Site(kb.load(root), "en"), kb.load(root).trials["t1"])
    stating(root, sources__watched={"https://example.org": {}})
    base = kb.load(root)
    after = entry_page(Site(base, "en"), base.trials["t1"])
    assert after == before
    assert not set(STYLES) & set(after.styles)


def test_a_disagreement_stands_near_the_field_in_the_section_and_among_the_conflicts(tmp_path: Path) -> None:
    root = trial_kb(tmp_path, enrolment={"count": 24, "type": "planned"})
    stating(root, enrolment__count=17, enrolment__type="planned")
    page = body(kb.load(root))
    near = section(page, "facts").split("<dt>Participants</dt>")[1].split("</dd>")[0]
    assert "24 Planned" in near
    assert "Source differs" in near
    assert "17" in near
    assert '<a class="ev-stated-by" href="#stated">ClinicalTrials.gov</a>' in near
    stated = section(page, "stated")
    assert rows(stated) == [["Participants › Number", "17", "24", "differs; the entry counts"]]
    assert f'href="{URL}"' in stated
    assert '<time datetime="2026-07-01">' in stated
    assert "agree: 1" in stated
    conflict = section(page, "conflicts")
    own, other = conflict.split('<div class="ev-side">')[1:]
    assert own.startswith("24<")
    assert "its value counts" in own
    assert other.startswith("17<")
    assert f'href="{URL}"' in other


@pytest.mark.parametrize(("language", "mark"), [("en", "Source differs"), ("ja", "情報源と不一致")])
def test_a_badge_leads_to_what_the_source_says(tmp_path: Path, language: Language, mark: str) -> None:
    root = trial_kb(tmp_path)
    stating(root, status="terminated")
    head = body(kb.load(root), language).split("\n## ")[0]
    assert head.count(f'href="#stated">{mark}</a>') == 1
    assert "ev-is-completed" in head
    assert "ev-is-terminated" not in head


def test_a_value_that_only_the_source_has_carries_its_name_wherever_it_stands(tmp_path: Path) -> None:
    root = trial_kb(tmp_path)
    stating(root, acronym="EVA", primary_outcomes=[{"en": "Harm within a month", "ja": "1か月以内の有害事象"}])
    page = body(kb.load(root), "ja")
    for anchor, value in (("facts", "EVA"), ("primary-outcomes", "1か月以内の有害事象")):
        (note,) = re.findall(r'<div class="ev-stated-note">(.*?)</div>', section(page, anchor))
        assert value in note
        assert "情報源の記載" in note
        assert "ClinicalTrials.gov" in note
    assert "{#conflicts}" not in page
    outside = page.replace(section(page, "stated"), "")
    assert outside.count("EVA") == 1


def test_conflicts_on_record_stay_beside_those_with_live_sources(tmp_path: Path) -> None:
    sides = [{"value": {"en": value, "ja": value}} for value in ("one", "two")]
    root = trial_kb(tmp_path, conflicts=[{"field": "phase", "values": sides}])
    stating(root, status="terminated")
    stating(root, "isrctn", "https://www.isrctn.com/1", status="recruiting")
    shown = section(body(kb.load(root)), "conflicts").split('<div class="ev-conflict">')[1:]
    assert len(shown) == 2
    assert shown[1].count('<div class="ev-side">') == 3


def test_another_day_alone_is_no_disagreement(tmp_path: Path) -> None:
    root = trial_kb(tmp_path)
    stating(root, status="completed", status_as_of="2026-06-30")
    page = body(kb.load(root))
    assert rows(section(page, "stated")) == [["Status as of", "30 Jun 2026", "May 2026", "other day"]]
    assert "Source differs" not in page
    assert "{#conflicts}" not in page


def test_what_a_source_states_is_only_text(tmp_path: Path) -> None:
    root = trial_kb(tmp_path)
    stating(root, "unheard-of", "javascript:alert(1)", HOSTILE, acronym=HOSTILE, sponsor__name__en=HOSTILE)
    stating(root, acronym=HOSTILE, collaborators=[HOSTILE], study_design={"en": HOSTILE, "ja": HOSTILE})
    for language in ("en", "ja"):
        page = body(kb.load(root), language)
        assert HOSTILE not in page
        assert "&lt;script&gt;" in page
        assert 'href="javascript' not in page
        assert "unheard-of" in page


def test_dates_of_documents_are_held_against_the_source_too(tmp_path: Path) -> None:
    root = write_kb(tmp_path, guidelines=[guideline("g")])
    facts = {"dates.issued": "2024-05-02", "status": "withdrawn"}
    write_observed(
        root, observation("egov-laws", "guidelines/g", "https://laws.e-gov.go.jp/law/x", "2026-07-01", facts)
    )
    base = kb.load(root)
    page = entry_page(Site(base, "en"), base.guidelines["g"]).body
    assert "2 May 2024" in section(page, "facts")
    assert [row[:3] for row in rows(section(page, "stated"))] == [
        ["Status", "Withdrawn", "In force or current"],
        ["Dates › Issued", "2 May 2024", "1 May 2024"],
    ]


def test_files_and_lists_hold_what_the_entry_says(tmp_path: Path) -> None:
    root = trial_kb(tmp_path)
    base = kb.load(root)
    before = (json.loads(twin(base, base.trials["t1"])), list_page(Site(base, "en"), "trials"), made_files(base))
    stating(root, status="terminated", acronym="EVA", enrolment__count=17, enrolment__type="actual")
    base = kb.load(root)
    assert base.overlaid(base.trials["t1"]).disagreements
    after = (json.loads(twin(base, base.trials["t1"])), list_page(Site(base, "en"), "trials"), made_files(base))
    assert after == before
