"""The knowledge base as a library: typed entries, linked in both directions, immutable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar, cast

from kb.models import COLLECTIONS
from kb.models.attributes import QualityAttribute
from kb.models.claims import Claim
from kb.models.core import Entry
from kb.models.enforcement import EnforcementAction
from kb.models.glossary import Term
from kb.models.guidelines import Guideline
from kb.models.jurisdictions import Jurisdiction
from kb.models.process_steps import ProcessStep
from kb.models.products import Product
from kb.models.safety_events import SafetyEvent
from kb.models.surveys import Survey
from kb.models.trials import Trial
from kb.observed import Observation
from kb.overlay import Overlaid, overlaid
from kb.problems import FieldPath, field_name
from kb.references import Reference
from kb.review.policy import ReviewPolicy, policy_of
from kb.review.register import Register, register_of
from kb.review.standing import ReviewStanding
from kb.vocabulary import Vocabularies

EntryT = TypeVar("EntryT", bound=Entry)
#: Collection and id.
Key = tuple[str, str]


class Link(NamedTuple):
    """A reference from one entry to another, resolved."""

    origin: Key
    path: FieldPath
    target: Key

    @property
    def field(self) -> str:
        """The field that holds the reference, e.g. ``requirements[3].attribute``."""
        return field_name(self.path)


class Collection(Mapping[str, EntryT], Generic[EntryT]):
    """The entries of one collection by id; aliases find the entry that took them over.

    >>> from kb import load
    >>> load().trials["nct04276987"].phase
    '1'
    """

    def __init__(self, name: str, entries: Mapping[str, EntryT]) -> None:
        self.name = name
        self._entries = MappingProxyType(dict(entries))
        self._aliases = MappingProxyType({alias: id_ for id_, entry in entries.items() for alias in entry.aliases})

    def __getitem__(self, id_: str) -> EntryT:
        return self._entries[self._aliases.get(id_, id_)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._entries or id_ in self._aliases

    @property
    def aliases(self) -> Mapping[str, str]:
        """Former id -> present id."""
        return self._aliases

    def where(self, predicate: Callable[[EntryT], bool] | None = None, **fields: object) -> tuple[EntryT, ...]:
        """Entries for which ``predicate`` holds and every named field equals, or as a list contains, the value.

        Raises:
            AttributeError: when the model has no such field.
        """
        return tuple(
            entry
            for entry in self._entries.values()
            if (predicate is None or predicate(entry)) and all(_matches(entry, *item) for item in fields.items())
        )


def _matches(entry: Entry, field: str, wanted: object) -> bool:
    value = getattr(entry, field)
    return wanted in value if isinstance(value, tuple) else value == wanted


class KnowledgeBase:
    """All entries, their links in both directions and the vocabularies; made by :func:`kb.load`."""

    def __init__(
        self,
        entries: Mapping[str, Mapping[str, Entry]],
        references: Mapping[Key, tuple[Reference, ...]],
        vocabularies: Vocabularies,
        fingerprint: str,
        observed: Callable[[], Mapping[str, tuple[Observation, ...]]] = dict,
        root: Path | None = None,
        standings: Mapping[Key, ReviewStanding] = MappingProxyType({}),
    ) -> None:
        self.vocabularies = vocabularies
        #: Collection and id -> what its sign-offs are worth, for entries that have some or claim a status.
        self.standings = standings
        self._read_observed = observed
        #: Hash over all entry files: equal fingerprints mean equal knowledge bases.
        self.fingerprint = fingerprint
        #: The folder it was read from; None when it was made in memory.
        self.root = root
        self._collections = MappingProxyType({name: Collection(name, entries.get(name, {})) for name in COLLECTIONS})
        outgoing: dict[Key, list[Link]] = {}
        incoming: dict[Key, list[Link]] = {}
        for origin, found in references.items():
            for reference in found:
                target = self.resolve(reference.target, *reference.collections)
                if target is not None:
                    link = Link(origin, reference.path, key_of(target))
                    outgoing.setdefault(origin, []).append(link)
                    incoming.setdefault(link.target, []).append(link)
        self._outgoing = MappingProxyType({key: tuple(links) for key, links in outgoing.items()})
        self._incoming = MappingProxyType({key: tuple(links) for key, links in incoming.items()})

    def __iter__(self) -> Iterator[Entry]:
        for collection in self._collections.values():
            yield from collection.values()

    def __len__(self) -> int:
        return sum(len(collection) for collection in self._collections.values())

    def collection(self, name: str) -> Collection[Entry]:
        """A collection by its folder name, e.g. ``safety-events``.

        Raises:
            KeyError: when there is no such collection.
        """
        return self._collections[name]

    def resolve(self, id_: str, *collections: str) -> Entry | None:
        """The entry with that id or alias in the first of ``collections`` (all, by default) that has it."""
        for name in collections or COLLECTIONS:
            found = self._collections[name]
            if id_ in found:
                return found[id_]
        return None

    def links_from(self, entry: Entry) -> tuple[Link, ...]:
        """What ``entry`` points to."""
        return self._outgoing.get(key_of(entry), ())

    def links_to(self, entry: Entry) -> tuple[Link, ...]:
        """What points to ``entry``."""
        return self._incoming.get(key_of(entry), ())

    def entry(self, key: Key) -> Entry:
        """The entry of a link's end.

        Raises:
            KeyError: when there is none.
        """
        return self._collections[key[0]][key[1]]

    @cached_property
    def observations(self) -> Mapping[str, tuple[Observation, ...]]:
        """``collection/id`` -> what live sources state of the entry; read when first asked for.

        Raises:
            EvregError: when a file below ``observed`` cannot be read.
        """
        return MappingProxyType(dict(self._read_observed()))

    def overlaid(self, entry: Entry) -> Overlaid:
        """An entry with its empty fields filled by what sources state, and where they disagree with it."""
        return overlaid(entry, self.observations.get("/".join(key_of(entry)), ()), self.vocabularies)

    @property
    def review_policy(self) -> ReviewPolicy:
        """The rules of sign-off.

        Raises:
            EvregError: when ``review.yaml`` does not fit.
        """
        return policy_of(self.root)

    @property
    def reviewers(self) -> Register:
        """Organisations, working groups and people that are registered.

        Raises:
            EvregError: when ``reviewers.yaml`` does not fit.
        """
        return register_of(self.root)

    def label(self, vocabulary: str, code: str, language: str) -> str:
        """The reader's word for a code."""
        return self.vocabularies.label(vocabulary, code, language)

    @property
    def jurisdictions(self) -> Collection[Jurisdiction]:
        """Profiles of countries, regions and bodies."""
        return self._typed("jurisdictions", Jurisdiction)

    @property
    def guidelines(self) -> Collection[Guideline]:
        """Laws, guidelines, notices, standards, statements."""
        return self._typed("guidelines", Guideline)

    @property
    def trials(self) -> Collection[Trial]:
        """Clinical trials."""
        return self._typed("trials", Trial)

    @property
    def claims(self) -> Collection[Claim]:
        """What advertisements assert."""
        return self._typed("claims", Claim)

    @property
    def enforcement(self) -> Collection[EnforcementAction]:
        """Official acts."""
        return self._typed("enforcement", EnforcementAction)

    @property
    def safety_events(self) -> Collection[SafetyEvent]:
        """Harms reported."""
        return self._typed("safety-events", SafetyEvent)

    @property
    def surveys(self) -> Collection[Survey]:
        """Counts of what is offered."""
        return self._typed("surveys", Survey)

    @property
    def attributes(self) -> Collection[QualityAttribute]:
        """Quality attributes."""
        return self._typed("attributes", QualityAttribute)

    @property
    def process_steps(self) -> Collection[ProcessStep]:
        """Steps of manufacture."""
        return self._typed("process-steps", ProcessStep)

    @property
    def products(self) -> Collection[Product]:
        """Model products."""
        return self._typed("products", Product)

    @property
    def glossary(self) -> Collection[Term]:
        """Terms."""
        return self._typed("glossary", Term)

    def _typed(self, name: str, _model: type[EntryT]) -> Collection[EntryT]:
        return cast("Collection[EntryT]", self._collections[name])


def standing(entries: Iterable[EntryT]) -> Iterator[EntryT]:
    """The entries that were not withdrawn: only they count."""
    return (entry for entry in entries if not entry.withdrawn)


def key_of(entry: Entry) -> Key:
    """Collection and id of an entry."""
    return entry.COLLECTION, entry.id
