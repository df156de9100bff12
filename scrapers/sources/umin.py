"""UMIN-CTR: detail pages that a person saved, in both generations; labels «日本語/English», values in both languages."""

from __future__ import annotations

import re
from typing import Final

from kb.searches import Excluded
from scrapers.fetching.answer import Answer
from scrapers.sources.japanese_registries import JapanesePage, Labels
from scrapers.sources.saved_pages import LabelledPage
from scrapers.sources.saved_trials import module
from scrapers.trial_facts import Intervention, TrialFacts
from scrapers.trial_matching import Number

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
          "メタ・アナリシス等": "observational", "その他・メタアナリシス等": "observational",
          "Others,meta-analysis etc": "observational"}  # fmt: skip
#: Japan among regions, one of which is «アジア(日本以外)/Asia(except Japan)».
_JAPAN: Final = re.compile(r"(?<![(\uff08])日本|(?<!except )Japan")


#: The labels of a detail page.
_LABELS = Labels(
    number=("UMIN試験ID", "Unique ID issued by UMIN", "UMIN ID"),
    others="試験id|studyid",
    title=("一般向け試験名", "Public title", "科学的試験名", "Scientific Title"),
    scientific_title=("科学的試験名", "Scientific Title"),
    conditions=("対象疾患名", "Condition"),
    institution=("機関名/Institute", "Institute", "機関名"),
    kind=("試験の種類", "Study type"),
    phase=("試験のフェーズ", "Developmental phase"),
    status=("試験進捗状況", "Recruitment status"),
    size=("目標参加者数", "Target sample size"),
    registered=("一般公開日(本登録希望日)", "Date of disclosure of the study information"),
)


def read(answer: Answer) -> tuple[list[TrialFacts], list[Excluded]]:
    """The one trial of a detail page.

    Raises:
        SourceFault: another page, or a word that UMIN-CTR is not known to use.
    """
    trial = JapanesePage(answer, "UMIN-CTR", _LABELS, labels_in_th=False)
    page = trial.page
    outcomes = page.pair("主要アウトカム評価項目", "Primary outcomes")
    facts = trial.facts(
        _page(page, trial.number),
        _STATUS,
        _KINDS,
        trial.day("最終更新日", "Last modified on"),
        publisher="UMIN-CTR",
        acronym=page.pair("一般向け試験名略称", "Acronym")[1] or None,
        countries=("JP",) if page.one("日本", "Japan") or _JAPAN.search(page.one("Region")) else (),
        interventions=tuple(
            Intervention(text) for text in dict.fromkeys(page.all(r"^(?:介入\d+|interventions/control_\d+)$"))
        ),
        outcomes=tuple(filter(None, (outcomes[1] or outcomes[0],))),
    )
    return [facts], []


def _page(page: LabelledPage, number: Number) -> str:
    for url in page.all(r"^url\((?:日本語|英語)\)$"):
        if re.fullmatch(r"https://center6\.umin\.ac\.jp/[\w./?=&-]+", url):
            return url
    return f"https://center6.umin.ac.jp/cgi-open-bin/ctr/index.cgi?ctrno={number.number}"


MODULE = module("umin", read)
