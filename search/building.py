"""Making an index of a knowledge base."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from kb import KnowledgeBase
from kb.atomic import write_text
from search.catalogue import CATALOGUE
from search.document import SearchDocument
from search.documents import documents_of
from search.engine import Engine
from search.groups import groups_of
from search.pooling import analysed
from search.storing import stored_text, words_of
from search.words import collection_names

#: Facet -> vocabularies that label its codes.
_VOCABULARIES: Final = {
    "jurisdiction": ("jurisdictions",),
    "topic": ("topics",),
    "status": ("trial-statuses", "document-statuses"),
    "phase": ("phases",),
    "indication_area": ("indication-areas",),
    "cell_source": ("cell-sources",),
    "origin": ("languages",),
    "review": ("review-states",),
}


def build_index(engine: Engine, kb: KnowledgeBase, folder: Path) -> None:
    """Write an index of ``kb`` and its catalogue into an empty folder.

    Raises:
        OSError: when the folder cannot be written.
    """
    documents = list(documents_of(kb))
    _write_catalogue(folder, kb, documents)
    made = ((number, document, words_of(document), stored_text(document)) for number, document in enumerate(documents))
    engine.build(folder, [analysed(*parts) for parts in made])


def _write_catalogue(folder: Path, kb: KnowledgeBase, documents: Sequence[SearchDocument]) -> None:
    # English and Japanese documents come in turn; both have the same facets.
    entries = [
        (document.collection, document.id, document.date, document.verified, _filled(document.facets))
        for document in documents[::2]
    ]
    data = {"entries": entries, "labels": _labels(kb), "groups": groups_of(kb)}
    write_text(folder / CATALOGUE, json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def _filled(facets: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    return {facet: codes for facet, codes in facets.items() if codes}


def _labels(kb: KnowledgeBase) -> dict[str, dict[str, tuple[str, str]]]:
    labels = {"collection": {code: (str(names["en"]), str(names["ja"])) for code, names in collection_names().items()}}
    for facet, vocabularies in _VOCABULARIES.items():
        labels[facet] = {
            code: (str(item["en"]), str(item["ja"]))
            for name in reversed(vocabularies)
            for code, item in kb.vocabularies[name].items()
        }
    return labels
