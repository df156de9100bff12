"""UMIN-CTR: detail pages that a person saved (outline of 2020, wire section 2); labels «日本語/English», values in both."""

from __future__ import annotations

import re

from kb.problems import Message
from kb.searches import Excluded
from scrapers import faults
from scrapers.fetching.answer import Answer
from scrapers.sources.saved_pages import LabelledPage
from scrapers.sources.saved_trials import CLINIC, JAPANESE_DAYS, any_day, code_of, module, phase_of, phase_remark
from scrapers.trial_facts import Intervention, TrialFacts
from scrapers.trial_matching import Number, numbers_in

#: 試験進捗状況, the choices of the registration form: Japanese / English.
_STATUS = {
    "開始前": "not-yet-recruiting", "一般募集中": "recruiting", "限定募集中": "enrolling-by-invitation",
    "募集中断": "suspended", "参加者募集終了-試験継続中": "active-not-recruiting",
    "参加者募集終了‐試験継続中": "active-not-recruiting", "試験終了": "completed", "試験中止": "terminated",
    "主たる結果の公表済み": "completed", "": "unknown",
    "Preinitiation": "not-yet-recruiting", "Open public recruiting": "recruiting",
    "Enrolling by invitation": "enrolling-by-invitation", "Suspended": "suspended",
    "No longer recruiting": "active-not-recruiting", "Completed": "completed", "Terminated": "terminated",
    "Main results already published": "completed",
}  # fmt: skip
#: 試験の種類/Study type.
_KINDS = {"介入": "interventional", "観察": "observational", "その他": "interventional", "": "interventional",
          "Interventional": "interventional", "Observational": "observational", "Others": "interventional",
          "メタ・アナリシス等": "observational", "Others,meta-analysis etc": "observational"}  # fmt: skip


def read(answer: Answer) -> tuple[list[TrialFacts], list[Excluded]]:
    """The one trial of a detail page.

    Raises:
        SourceFault: another page, or a word that UMIN-CTR is not known to use.
    """
    page = LabelledPage(answer, labels_in_th=False)
    stated = page.required("UMIN試験ID", "Unique ID issued by UMIN", "UMIN ID")
    number = next((item for item in numbers_in(stated) if item.registry == "UMIN-CTR"), None)
    if number is None:
        raise faults.unexpected(
            answer.source,
            answer.url,
            Message(f"«{stated[:60]}» is no UMIN number.", f"「{stated[:60]}」はUMIN試験IDではない。"),
            Message("UMIN and nine digits.", "UMINに続く9桁の数字を想定している。"),
        )
    return [_facts(answer, page, number)], []


def _facts(answer: Answer, page: LabelledPage, number: Number) -> TrialFacts:
    def day(*labels: str) -> str | None:
        return any_day(answer, labels[0], page.one(*labels), *JAPANESE_DAYS)

    title_ja, title_en = page.pair("一般向け試験名", "Public title", "科学的試験名", "Scientific Title")
    conditions = page.pair("対象疾患名", "Condition")
    outcomes = page.pair("主要アウトカム評価項目", "Primary outcomes")
    phase = page.one("試験のフェーズ", "Developmental phase")
    institute_ja, institute = page.pair("機関名/Institute", "Institute", "機関名")
    clinic = CLINIC.search(f"{institute_ja} {institute}") is not None
    updated = day("最終更新日", "Last modified on")
    size = re.fullmatch(r"\d{1,6}", page.one("目標参加者数", "Target sample size"))
    return TrialFacts(
        publisher="UMIN-CTR",
        number=number,
        others=tuple(item for item in numbers_in(*page.all("試験id|studyid")) if item != number),
        url=_page(page, number),
        titles={code: text for code, text in (("ja", title_ja), ("en", title_en)) if text},
        language="ja" if title_ja else "en",
        more_titles=tuple(filter(None, page.pair("科学的試験名", "Scientific Title"))),
        acronym=page.pair("一般向け試験名略称", "Acronym")[1] or None,
        kind=code_of(answer, "試験の種類/Study type", _choice(page.one("試験の種類", "Study type")), _KINDS),
        phase=phase_of(phase) or "unknown",
        status=code_of(answer, "試験進捗状況", _choice(page.one("試験進捗状況", "Recruitment status")), _STATUS),
        status_as_of=updated,
        enrolment=int(size[0]) if size else None,
        enrolment_type="planned",
        registered=day("一般公開日(本登録希望日)", "Date of disclosure of the study information"),
        countries=("JP",) if page.one("日本", "Japan") else (),
        sponsor=None if clinic else institute or institute_ja or None,
        sponsor_withheld=clinic,
        conditions=tuple(filter(None, (conditions[1] or conditions[0],))),
        interventions=tuple(Intervention(text) for text in dict.fromkeys(page.all(r"^介入\d+$"))),
        outcomes=tuple(filter(None, (outcomes[1] or outcomes[0],))),
        remarks=(phase_remark(phase),) if phase and phase_of(phase) is None else (),
        updated=updated,
    )


def _choice(text: str) -> str:
    """``限定募集中/Enrolling by invitation`` in its first language."""
    return text.partition("/")[0].strip()


def _page(page: LabelledPage, number: Number) -> str:
    for url in page.all(r"^url\((?:日本語|英語)\)$"):
        if re.fullmatch(r"https://center6\.umin\.ac\.jp/[\w./?=&-]+", url):
            return url
    return f"https://center6.umin.ac.jp/cgi-open-bin/ctr/index.cgi?ctrno={number.number}"


MODULE = module("umin", read)
