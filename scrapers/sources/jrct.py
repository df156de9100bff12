"""jRCT: detail pages that a person saved, in Japanese or English (outline of 2020 and labels reported since; wire section 2)."""

from __future__ import annotations

import re

from kb.problems import Message
from kb.searches import Excluded
from scrapers import faults
from scrapers.countries import countries_of
from scrapers.fetching.answer import Answer
from scrapers.sources.saved_pages import LabelledPage
from scrapers.sources.saved_trials import CLINIC, JAPANESE_DAYS, any_day, code_of, module, phase_of, phase_remark
from scrapers.trial_facts import Intervention, TrialFacts
from scrapers.trial_matching import Number, numbers_in

#: 進捗状況 / Recruitment status. English "Not Recruiting" stands for 募集前 and 募集終了 and says neither.
_STATUS = {
    "募集前": "not-yet-recruiting", "募集中": "recruiting", "募集中断": "suspended", "募集終了": "active-not-recruiting",
    "研究終了": "completed", "中止": "terminated", "研究中止": "terminated", "": "unknown",
    "Pending": "not-yet-recruiting", "Recruiting": "recruiting", "Suspended": "suspended", "Complete": "completed",
    "Completed": "completed", "Discontinued": "terminated", "Terminated": "terminated", "Not Recruiting": "unknown",
}  # fmt: skip
#: 試験の種類 / Study Type.
_KINDS = {"介入研究": "interventional", "介入": "interventional", "観察研究": "observational", "観察": "observational",
          "Interventional": "interventional", "Observational": "observational", "": "interventional"}  # fmt: skip
_PAGE = "https://jrct.mhlw.go.jp/latest-detail/"


def read(answer: Answer) -> tuple[list[TrialFacts], list[Excluded]]:
    """The one trial of a detail page.

    Raises:
        SourceFault: another page, or a word that jRCT is not known to use.
    """
    page = LabelledPage(answer, labels_in_th=True)
    stated = page.required("臨床研究実施計画番号", "jRCT番号", "jRCT ID", "Trial ID")
    number = next((item for item in numbers_in(stated) if item.registry == "jRCT"), None)
    if number is None:
        raise faults.unexpected(
            answer.source,
            answer.url,
            Message(f"«{stated[:60]}» is no jRCT number.", f"「{stated[:60]}」はjRCT番号ではない。"),
            Message("jRCT and ten signs.", "jRCTに続く10文字を想定している。"),
        )
    return [_facts(answer, page, number)], []


def _facts(answer: Answer, page: LabelledPage, number: Number) -> TrialFacts:
    def day(*labels: str) -> str | None:
        return any_day(answer, labels[0], page.one(*labels), *JAPANESE_DAYS)

    title_ja, title_en = page.pair("平易な研究名称", "Public Title", "研究名称", "Scientific Title")
    more_ja, more_en = page.pair("研究名称", "Scientific Title")
    conditions = page.pair(
        "対象疾患名", "Health Condition(s) or Problem(s) Studied", "Health Condition or Problem Studied"
    )
    given = [*page.pair("介入の内容", "Intervention(s)"), *page.all("一般名称|販売名")]
    phase = page.one("試験のフェーズ", "Phase")
    institution_ja, institution = page.pair("所属機関(実施医療機関)", "Affiliation", "Primary Sponsor")
    clinic = CLINIC.search(f"{institution_ja} {institution}") is not None
    updated = day("最終公表日", "Last modified on") or day("初回公表日", "届出日", "Date of registration")
    size = re.fullmatch(r"\d{1,6}", page.one("実施予定被験者数", "Target Sample Size", "Planned Sample Size"))
    return TrialFacts(
        publisher="jRCT",
        number=number,
        others=tuple(item for item in numbers_in(*page.all("secondaryid|他の臨床研究登録|id番号")) if item != number),
        url=f"{_PAGE}{number.number}",
        titles={code: text for code, text in (("ja", _name(title_ja)), ("en", _name(title_en))) if text},
        language="ja" if title_ja else "en",
        more_titles=tuple(filter(None, (more_ja, more_en))),
        kind=code_of(answer, "試験の種類 / Study Type", page.one("試験の種類", "Study Type"), _KINDS),
        phase=phase_of(phase) or "unknown",
        status=code_of(answer, "進捗状況 / Recruitment status", page.one("進捗状況", "Recruitment Status"), _STATUS),
        status_as_of=updated,
        enrolment=int(size[0]) if size else None,
        enrolment_type="planned",
        registered=day("初回公表日", "届出日", "Date of registration"),
        start=day("第1症例登録日", "Date of First Enrolment", "Date of First Enrollment"),
        completion=day("実施期間(終了日)", "Completion Date"),
        countries=("JP", *(code for code in _abroad(page) if code != "JP")),
        sponsor=None if clinic else institution or institution_ja or None,
        sponsor_withheld=clinic,
        conditions=tuple(filter(None, (conditions[1] or conditions[0],))),
        interventions=tuple(Intervention(text) for text in dict.fromkeys(given) if text),
        outcomes=tuple(
            filter(None, (page.pair("主たる評価項目", "Primary Outcome(s)")[1] or page.one("主たる評価項目"),))
        ),
        remarks=(phase_remark(phase),) if phase and phase_of(phase) is None else (),
        updated=updated,
    )


def _abroad(page: LabelledPage) -> tuple[str, ...]:
    label = "臨床研究を実施する国(日本以外)"
    ja, en = page.pair(label, "Countries of Recruitment(Except Japan)", "Countries / Regions of Recruitment")
    return countries_of(re.split(r"[、,;/]", en or ja)).codes


def _name(title: str) -> str:
    """Without the acronym in brackets that the form asks for behind it, when nothing stands in them."""
    return re.sub(r"\s*[((]\s*[-−ー]*\s*[))]$", "", title)


MODULE = module("jrct", read)
