"""Answers about pathways as plain data, for programs."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from kb.analysis.pathway_matching import Question, Space, space_of
from kb.analysis.pathway_routes import routes
from kb.analysis.pathways import Answer, Case, Outcome, Reader, conditions, met, readers, unsurveyed
from kb.knowledge_base import KnowledgeBase
from kb.models.base import Localized
from kb.models.core import Source
from kb.models.jurisdictions import Pathway


def pathway_records(kb: KnowledgeBase, question: Question, places: Collection[str] = ()) -> dict[str, Any]:
    """The answer of every jurisdiction to ``question``.

    Args:
        kb: Holds the profiles.
        question: What is asked.
        places: Codes of the jurisdictions to answer for; all when empty.

    Returns:
        ``question`` (dimension -> code or None) and ``answers``, a list with for each jurisdiction: ``jurisdiction`` (code),
        ``entry`` (id of the profile or None), ``outcome`` (see :class:`~kb.analysis.pathways.Outcome`), and for those with
        a profile ``as_of``, ``coverage``, ``regulates_ev``, ``classes``, ``cases`` (see :func:`_case`), ``displaced``
        (rules that a more specific one displaces), ``gaps`` (whether no rule applies to a part of what is asked),
        ``pathways`` (all of the jurisdiction) and ``searched_not_found``; for those without one ``within`` (the surveyed
        jurisdiction whose law applies there too, or None) and ``documents`` (number on record). Texts are ``{en, ja}``.
    """
    space = space_of(kb.vocabularies)
    found = [
        _answer(kb, reader, reader.answer(question), space)
        for reader in readers(kb)
        if not places or reader.profile.code in places
    ]
    missing: list[dict[str, Any]] = [
        {
            "jurisdiction": place.code,
            "entry": None,
            "outcome": Outcome.NOT_SURVEYED.value,
            "within": place.within,
            "documents": place.documents,
        }
        for place in unsurveyed(kb)
        if not places or place.code in places
    ]
    return {"question": question._asdict(), "answers": found + missing}


def _answer(kb: KnowledgeBase, reader: Reader, answer: Answer, space: Space) -> dict[str, Any]:
    profile = reader.profile
    return {
        "jurisdiction": profile.code,
        "entry": profile.id,
        "as_of": profile.as_of,
        "coverage": profile.coverage,
        "regulates_ev": profile.regulates_ev,
        "outcome": answer.outcome.value,
        "classes": list(answer.classes),
        "cases": [_case(kb, reader, case, space) for case in answer.cases],
        "displaced": [rule.number for rule in answer.displaced],
        "gaps": answer.gaps,
        "pathways": [_pathway(pathway) for pathway in profile.pathways],
        "searched_not_found": [
            {"what": _text(search.what), "where": _text(search.where), "on": search.on}
            for search in profile.searched_not_found
        ],
    }


def _case(kb: KnowledgeBase, reader: Reader, case: Case, space: Space) -> dict[str, Any]:
    """A rule with why it matched (``matched``), where it does not (``only_if``) and the pathways that share its basis.

    ``rule`` is the place of the classification in the entry, from 0; ``confidence`` is None where the entry gives none.
    """
    record = case.rule.record
    keys = {source.key: source for source in reader.profile.sources}
    return {
        "rule": case.rule.number,
        "class": record.legal_class,
        "product": _text(record.product),
        "statement": _text(record.statement),
        "confidence": record.confidence,
        "matched": list(met(case)),
        "only_if": {name: list(codes) for name, codes in conditions(case, space).items()},
        "documents": list(record.guidelines),
        "sources": [_source(keys[key]) for key in record.sources if key in keys],
        "pathways": [
            _pathway(route.pathway)
            | {"shared_documents": list(route.documents), "shared_sources": list(route.sources)}
            for route in routes(kb, reader.profile, record)
        ],
    }  # fmt: skip


def _pathway(pathway: Pathway) -> dict[str, Any]:
    return {
        "name": _text(pathway.name),
        "status": pathway.status,
        "description": _text(pathway.description) if pathway.description else None,
        "documents": list(pathway.guidelines),
    }


def _source(source: Source) -> dict[str, Any]:
    return {"key": source.key, "title": source.title, "url": source.url, "doi": source.doi, "read": source.read}


def _text(value: Localized) -> dict[str, str]:
    return {"en": value.en, "ja": value.ja}
