"""Numbers of trial registries, however a source writes them, and which records speak of the same trial.

Forms are those of ``kb.checks.registration_numbers``; the registries beyond our vocabulary are the primary registries of
the WHO network, with the prefixes of its export (wire notes, section 3).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from kb import KnowledgeBase
from kb.models.trials import Trial
from kb.vocabulary import packaged_vocabularies

Item = TypeVar("Item")


class Number(NamedTuple):
    """A registration as its registry writes it."""

    registry: str
    number: str

    @property
    def key(self) -> str:
        """What two spellings of one trial share; the last part of an EU CT number only counts resubmissions."""
        return self.number[:14] if self.registry == "CTIS" else self.number

    @property
    def recordable(self) -> bool:
        """Whether entries can name this registry."""
        return self.registry in packaged_vocabularies()["registries"]

    @property
    def slug(self) -> str:
        """The id of an entry that is named after this number."""
        prefix = f"{self.registry.lower()}-" if self.number[0].isdigit() else ""
        return prefix + self.number.lower().replace("/", "-")


def _capitals(prefix: str) -> Callable[[re.Match[str]], str]:
    return lambda found: prefix + found[1].upper()


#: Registry -> pattern and the way to write what it found. A number may stand in running text, behind JPRN- or EUCTR.
_FORMS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (registry, re.compile(rf"(?<![0-9A-Za-z]){pattern}(?![0-9A-Za-z])", re.IGNORECASE | re.ASCII), written)
    for registry, pattern, written in (
        # OpenAPI of ClinicalTrials.gov: leading zeros may be missing or too many.
        ("ClinicalTrials.gov", r"NCT[ -]?0*([1-9]\d{0,7})", lambda found: f"NCT{found[1]:0>8}"),
        ("jRCT", r"(?:JPRN-)?jRCT[ -]?([abcs]\d{9}|\d{10})", lambda found: f"jRCT{found[1].lower()}"),
        ("UMIN-CTR", r"(?:JPRN-)?UMIN[ -]?(?:CTR[ -]?)?(?:ID[ :]*)?(?:UMIN)?(\d{9})", _capitals("UMIN")),
        ("ChiCTR", r"ChiCTR[ -]?((?:1[6-9]|[2-9]\d)\d{8})", _capitals("ChiCTR")),
        ("ChiCTR", r"ChiCTR(-[A-Z]{2,5}-\d{8})", _capitals("ChiCTR")),
        ("IRCT", r"IRCT[ -]?(\d{9,14}N\d{1,4})", _capitals("IRCT")),
        ("CRIS", r"KCT[ -]?(\d{7})", _capitals("KCT")),
        ("CTRI", r"CTRI[/ -](\d{4})[/-](\d{2,3})[/-](\d{6})", lambda found: f"CTRI/{found[1]}/{found[2]}/{found[3]}"),
        ("ANZCTR", r"ACTRN[ -]?(\d{14})p?", _capitals("ACTRN")),
        ("ISRCTN", r"ISRCTN[ -]?(\d{8})", _capitals("ISRCTN")),
        # Country code or "Outside-EU/EEA" may follow.
        ("EudraCT", r"(?:EUCTR|EudraCT[ :-]*)?(20\d\d-[0-4]\d{5}-\d\d)(?:-[A-Z]{2,3}|-Outside-EU/EEA)?", _capitals("")),
        ("CTIS", r"(?:CTIS[ :-]?|EUCT[ :-]?)?(20\d\d-5\d{5}-\d\d)(-\d\d)?", lambda found: found[1] + (found[2] or "-00")),
        ("UTN", r"(U1111-\d{4}-\d{4})", _capitals("")),
        # A plain number means nothing without its name.
        ("IRAS", r"IRAS(?: (?:project )?(?:ID|number|no\.?))?[ :-]*(\d{4,7})", _capitals("")),
        ("DRKS", r"DRKS[ -]?(\d{8})", _capitals("DRKS")),
        ("NTR", r"(NTR\d{2,5}|NL-OMON\d{3,6}|NL\d{3,5})", _capitals("")),
        ("PACTR", r"PACTR(\d{15,16})", _capitals("PACTR")),
        ("REBEC", r"(RBR-[0-9A-Z]{6,8})", lambda found: f"RBR-{found[1][4:].lower()}"),
        ("RPCEC", r"RPCEC(\d{8})", _capitals("RPCEC")),
        ("PER", r"(PER-\d{3}-\d{2})", _capitals("")),
        ("SLCTR", r"(SLCTR/\d{4}/\d{3})", _capitals("")),
        ("TCTR", r"TCTR(\d{11})", _capitals("TCTR")),
        ("LBCTR", r"LBCTR(\d{10})", _capitals("LBCTR")),
    )
)  # fmt: skip


def numbers_in(*texts: str | None) -> tuple[Number, ...]:
    """Every registration number in ``texts``, normalised, each once, in order of registries and of appearance."""
    text = "\n".join(unicodedata.normalize("NFKC", part) for part in texts if part)
    found = (
        (Number(registry, written(match)) for match in pattern.finditer(text)) for registry, pattern, written in _FORMS
    )
    return tuple(dict.fromkeys(number for numbers in found for number in numbers))


def number_of(text: str) -> Number | None:
    """The one registration number that ``text`` is, or None when it is none or holds more than one."""
    found = numbers_in(text)
    return found[0] if len(found) == 1 else None


def numbers_of(trial: Trial) -> tuple[Number, ...]:
    """The registrations of an entry, normalised where their form is known."""
    stated = ((registration.registry, registration.number) for registration in trial.registrations)
    return tuple(number_of(number) or Number(registry, number) for registry, number in stated)


def known_numbers(kb: KnowledgeBase) -> dict[str, str]:
    """Key of every registration in the knowledge base -> id of its entry; former ids that are numbers count too."""
    known: dict[str, str] = {}
    for id_, trial in kb.trials.items():
        former = tuple(number for name in (id_, *trial.aliases) for number in numbers_in(name))
        for number in (*numbers_of(trial), *former):
            known.setdefault(number.key, id_)
    return known


def entry_of(numbers: Iterable[Number], known: Mapping[str, str], kb: KnowledgeBase) -> str | None:
    """The entry that already stands for a trial with ``numbers``.

    A shared EudraCT number or UTN does not make two numbers of one registry the same trial: an extension study is
    registered anew under the number of its parent.
    """
    numbers = tuple(numbers)
    for number in numbers:
        id_ = known.get(number.key)
        if id_ is None:
            continue
        theirs = {other.registry: other.key for other in numbers_of(kb.trials[id_])}
        ours = {other.registry: other.key for other in numbers[:1]}
        if all(theirs.get(registry, key) == key for registry, key in ours.items()) or numbers[0].key == number.key:
            return id_
    return None


def same_trials(items: Iterable[Item], numbers: Callable[[Item], Iterable[Number]]) -> list[list[Item]]:
    """``items`` in groups that share a registration number, directly or through another item; order is kept."""
    groups: list[tuple[set[str], list[Item]]] = []
    for item in items:
        keys = {number.key for number in numbers(item)}
        touched = [group for group in groups if group[0] & keys]
        merged = (keys.union(*(group[0] for group in touched)), [one for group in touched for one in group[1]] + [item])
        at = groups.index(touched[0]) if touched else len(groups)
        groups = [group for group in groups if group not in touched]
        groups.insert(at, merged)
    return [members for _, members in groups]
