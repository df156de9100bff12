"""What the detail pages of jRCT and UMIN-CTR have in common, beyond their labels: days, numbers, phases and institutions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from kb.problems import Message
from scrapers import dates, faults
from scrapers.fetching.answer import Answer
from scrapers.sources.saved_pages import LabelledPage
from scrapers.sources.saved_trials import any_day, code_of, phase_of, phase_remark
from scrapers.trial_facts import TrialFacts
from scrapers.trial_matching import Number, numbers_in

#: What Japanese registries write.
_DAYS: Final = (dates.japanese, dates.iso, dates.english, dates.year_month_day)
#: Clinics are not named in this knowledge base (model of trials, «name_withheld»).
_CLINIC: Final = re.compile(r"クリニック|診療所|医院|\bclinics?\b", re.IGNORECASE)


class Labels(NamedTuple):
    """The labels of one registry, Japanese and English, the preferred first; ``others`` is a pattern.

    Each field is the fact for which the labels stand.
    """

    number: tuple[str, ...]
    others: str
    title: tuple[str, ...]
    scientific_title: tuple[str, ...]
    conditions: tuple[str, ...]
    institution: tuple[str, ...]
    kind: tuple[str, ...]
    phase: tuple[str, ...]
    status: tuple[str, ...]
    size: tuple[str, ...]
    registered: tuple[str, ...]


class JapanesePage:
    """One trial on a saved page.

    Args:
        answer: The saved page.
        registry: Code of the registry.
        labels: How it names its rows.
        labels_in_th: As for :class:`LabelledPage`.

    Raises:
        SourceFault: another page, or one without a number of the registry.
    """

    def __init__(self, answer: Answer, registry: str, labels: Labels, *, labels_in_th: bool) -> None:
        self._answer, self._labels = answer, labels
        self.page = LabelledPage(answer, labels_in_th=labels_in_th)
        stated = self.page.required(*labels.number)
        found = next((item for item in numbers_in(stated) if item.registry == registry), None)
        if found is None:
            raise _no_number(answer, registry, stated)
        self.number: Number = found

    def day(self, *labels: str) -> str | None:
        """The day of the first label that is there.

        Raises:
            SourceFault: in a form that these registries do not use.
        """
        return any_day(self._answer, labels[0], self.page.one(*labels), *_DAYS)

    def facts(
        self, url: str, statuses: Mapping[str, str], kinds: Mapping[str, str], updated: str | None, **more: Any
    ) -> TrialFacts:
        """The trial in neutral terms.

        Args:
            url: Its page.
            statuses: The registry's word -> our code.
            kinds: The same for the kind of study.
            updated: Day of the last change.
            more: Further facts, in which the registries differ.

        Raises:
            SourceFault: a word that the registry is not known to use.
        """
        page, labels = self.page, self._labels
        title_ja, title_en = page.pair(*labels.title)
        conditions, phase = page.pair(*labels.conditions), page.one(*labels.phase)
        institution_ja, institution = page.pair(*labels.institution)
        clinic = _CLINIC.search(f"{institution_ja} {institution}") is not None
        size = re.fullmatch(r"\d{1,6}", page.one(*labels.size))
        titles = {"ja": _without_empty_acronym(title_ja), "en": _without_empty_acronym(title_en)}
        return TrialFacts(
            number=self.number,
            others=tuple(item for item in numbers_in(*page.all(labels.others)) if item != self.number),
            url=url,
            titles={code: text for code, text in titles.items() if text},
            language="ja" if title_ja else "en",
            more_titles=tuple(filter(None, page.pair(*labels.scientific_title))),
            kind=self._code(labels.kind, kinds),
            phase=phase_of(phase) or "unknown",
            status=self._code(labels.status, statuses),
            status_as_of=updated,
            enrolment=int(size[0]) if size else None,
            enrolment_type="planned",
            registered=self.day(*labels.registered),
            sponsor=None if clinic else institution or institution_ja or None,
            sponsor_withheld=clinic,
            conditions=tuple(filter(None, (conditions[1] or conditions[0],))),
            remarks=(phase_remark(phase),) if phase and phase_of(phase) is None else (),
            updated=updated,
            **more,
        )

    def _code(self, labels: tuple[str, ...], codes: Mapping[str, str]) -> str:
        # «限定募集中/Enrolling by invitation» is a choice in both languages.
        choice = self.page.one(*labels).partition("/")[0].strip()
        known = next((word for word in codes if _alike(word) == _alike(choice)), choice)
        return code_of(self._answer, " / ".join(labels[:2]), known, dict(codes))


def _alike(word: str) -> str:
    """A choice without what differs between generations of pages: capitals, widths and the kind of hyphen."""
    return re.sub(r"[\u2010-\u2015\u2212]", "-", unicodedata.normalize("NFKC", word)).casefold()


def _without_empty_acronym(title: str) -> str:
    """Without the acronym in brackets that the form asks for behind a title, when nothing stands in them."""
    return re.sub(r"\s*[((]\s*[-−ー]*\s*[))]$", "", title)


def _no_number(answer: Answer, registry: str, stated: str) -> faults.SourceFault:
    return faults.unexpected(
        answer.source,
        answer.url,
        Message(f"«{stated[:60]}» is no number of {registry}.", f"「{stated[:60]}」は{registry}の番号ではない。"),
        Message(f"The number of one trial at {registry}.", f"{registry}の試験1件の番号を想定している。"),
    )
