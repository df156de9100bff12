"""What an advertisement of an unapproved treatment would have to state, and where to report or get advice.

The list is data (``kb/disclosures.yaml``); the words that count as a statement are concepts of ``kb/lexicons/disclosures.yaml``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, NamedTuple

from pydantic import TypeAdapter, ValidationError

from kb.claims.checking import Checked
from kb.claims.lexicon import FOLDER as LEXICONS
from kb.claims.specification import Specification
from kb.knowledge_base import KnowledgeBase, standing
from kb.models.base import CodeOf, Localized, Model, ReferenceTo, Slug, SourceKey, described
from kb.models.enforcement import EnforcementAction
from kb.models.guidelines import Guideline, Requirement
from kb.models.jurisdictions import ReportingRoute
from kb.problems import EvregError, Message, field_name
from kb.yaml12 import read_yaml

FILE: Final = "disclosures.yaml"
#: The concept of products such as exosomes and conditioned medium.
PRODUCT: Final = "ev-product"
#: Cues of an offer from which a text without any claim found still offers something: about two of them.
OFFERS: Final = 1.5


class StatementAsked(Model):
    """One thing to be stated."""

    concept: Slug = described("Concept of kb/lexicons whose words state it.", "明示に当たる語句の概念。")
    requirement: SourceKey | None = described("Key of the requirement that asks for it.", "要求事項のキー。", None)


class DisclosureDuty(Model):
    """What the rules of one jurisdiction ask to be stated."""

    about: Localized = described("When, and of whom.", "どのような場合に求められるか。")
    guideline: Annotated[str, ReferenceTo("guidelines", "enforcement")] = described("Document.", "文書。")
    requirement: SourceKey | None = described("Key of its requirement.", "文書内の要求事項のキー。", None)
    statements: tuple[StatementAsked, ...] = described("What must be stated.", "明示すべき事項。", ())


class Statement(NamedTuple):
    """A statement asked for, resolved."""

    concept: str
    label: Localized
    #: None when this knowledge base does not hold the document.
    document: Guideline | EnforcementAction | None
    requirement: Requirement | None


class Disclosures(NamedTuple):
    """The statements of one text against the duty of one jurisdiction."""

    duty: DisclosureDuty
    document: Guideline | EnforcementAction | None
    requirement: Requirement | None
    stated: tuple[Statement, ...]
    missing: tuple[Statement, ...]


DUTIES: Final = TypeAdapter(dict[Annotated[str, CodeOf("jurisdictions")], DisclosureDuty])


def offers_treatment(checked: Checked) -> bool:
    """Whether a text offers a treatment with EV products, so that disclosures may be asked of it; never true of a report."""
    if checked.genre.reports or checked.language in ("other", "none"):
        return False
    return bool(checked.findings) or (PRODUCT in checked.concepts and checked.genre.offer >= OFFERS)


def disclosures_of(
    kb: KnowledgeBase, spec: Specification, checked: Checked, jurisdiction: str, also: Collection[str] = ()
) -> Disclosures | None:
    """What a text states and leaves out; None when it offers nothing or nothing is known of the jurisdiction.

    Only the words that were read count: a page may state elsewhere what an excerpt leaves out.

    Args:
        kb: The knowledge base.
        spec: Its patterns.
        checked: The text.
        jurisdiction: A code of the vocabulary.
        also: Concepts named outside of the text, such as in the foot of its page.

    Raises:
        EvregError: ``disclosures.yaml`` cannot be read, or names a concept that no lexicon defines.
    """
    duty = duties(kb.root).get(jurisdiction) if offers_treatment(checked) else None
    if duty is None:
        return None
    document = _document(kb, duty.guideline)
    named = checked.concepts.union(also)
    stated: list[Statement] = []
    missing: list[Statement] = []
    for asked in duty.statements:
        label = _label(spec, asked.concept)
        statement = Statement(asked.concept, label, document, _requirement(document, asked.requirement))
        (stated if asked.concept in named else missing).append(statement)
    return Disclosures(duty, document, _requirement(document, duty.requirement), tuple(stated), tuple(missing))


def duties(root: Path | None = None) -> Mapping[str, DisclosureDuty]:
    """Jurisdiction -> what is to be stated; the packaged list when a knowledge base brings neither a list nor lexicons.

    Raises:
        EvregError: the file does not fit.
    """
    path = Path(__file__).parent.parent / FILE
    if root and ((root / FILE).is_file() or (root / LEXICONS).is_dir()):
        path = root / FILE
    if not path.is_file():
        return MappingProxyType({})
    try:
        return MappingProxyType(DUTIES.validate_python(read_yaml(path)))
    except ValidationError as errors:
        raise _malformed(path, errors) from None


def reporting_places(kb: KnowledgeBase, jurisdiction: str) -> tuple[ReportingRoute, ...]:
    """Where something can be reported or advice be had in a jurisdiction; empty when nothing is known."""
    profiles = (profile for profile in standing(kb.jurisdictions.values()) if profile.code == jurisdiction)
    return tuple(route for profile in profiles for route in profile.reporting)


def _document(kb: KnowledgeBase, id_: str) -> Guideline | EnforcementAction | None:
    found = kb.resolve(id_, "guidelines", "enforcement")
    return found if isinstance(found, Guideline | EnforcementAction) and not found.withdrawn else None


def _requirement(document: Guideline | EnforcementAction | None, key: str | None) -> Requirement | None:
    known: Iterable[Requirement] = document.requirements if document and key else ()
    return next((item for item in known if item.key == key), None)


def _label(spec: Specification, concept: str) -> Localized:
    number = spec.place.get(concept)
    if number is None:
        raise EvregError(
            f"{FILE}: {concept}",
            Message(f"No lexicon defines «{concept}».", f"概念「{concept}」を定義した語彙集がない。"),
            Message("A concept of kb/lexicons.", "kb/lexiconsにある概念を指定する。"),
            Message("Mend the name, or add the concept.", "名称を直すか、概念を加える。"),
        )
    _, en, ja, *_ = spec.concepts[number]
    return Localized(en=en, ja=ja)


def _malformed(path: Path, errors: ValidationError) -> EvregError:
    first = errors.errors()[0]
    return EvregError(
        f"{path.name}: {field_name(first['loc'])}",
        Message(f"{first['msg']}.", f"値がモデルに合わない({first['msg']})。"),
        Message(
            "A jurisdiction with «about», «guideline», «requirement» and «statements».",
            "国・地域ごとに「about」「guideline」「requirement」「statements」を記す。",
        ),
        Message("Compare with the other jurisdictions.", "他の国・地域の書き方に合わせる。"),
    )
