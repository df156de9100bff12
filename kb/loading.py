"""From files to a :class:`~kb.knowledge_base.KnowledgeBase`."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pydantic import ValidationError

from kb.files import EntryFile, entry_files, find_root
from kb.knowledge_base import Key, KnowledgeBase
from kb.models import model_of
from kb.models.core import Entry
from kb.observed import read_observed
from kb.problems import EvregError, Message, YamlProblem, field_name
from kb.references import Reference, references_of
from kb.review.policy import policy_of
from kb.review.register import register_of
from kb.review.standing import ReviewStanding, counting, has_review, standing_of
from kb.vocabulary import Vocabularies, vocabularies_of
from kb.yaml12 import parse


def load(path: str | Path | None = None) -> KnowledgeBase:
    """Read, type and link every entry; its review status is the one that its sign-offs bear out.

    Args:
        path: A knowledge base; by default ``EVREG_KB``, else the one that ships with the package.

    Raises:
        EvregError: when the folder holds no entries, or one of them cannot be read; ``evreg validate`` lists all.
    """
    root = find_root(path)
    vocabularies = vocabularies_of(root)
    context = {"vocabularies": vocabularies}
    entries: dict[str, dict[str, Entry]] = {}
    references: dict[Key, tuple[Reference, ...]] = {}
    standings: dict[Key, ReviewStanding] = {}
    digest = hashlib.sha256()
    for file in entry_files(root):
        content = file.path.read_bytes()
        digest.update(file.name.encode() + content)
        entry, found = _read(file, content, context)
        if has_review(entry):
            standing = standing_of(entry, policy_of(root), register_of(root))
            standings[file.collection, entry.id] = standing
            entry = counting(entry, standing)
            digest.update(standing.status.encode())
        entries.setdefault(file.collection, {})[entry.id] = entry
        references[file.collection, entry.id] = found
    return KnowledgeBase(
        entries, references, vocabularies, digest.hexdigest(), lambda: read_observed(root), root, standings
    )


def _read(file: EntryFile, content: bytes, context: dict[str, Vocabularies]) -> tuple[Entry, tuple[Reference, ...]]:
    try:
        data, _ = parse(content)
        entry = model_of(file.collection).model_validate(data, context=context)
    except YamlProblem as problem:
        raise EvregError(
            f"{file.name}:{problem.line}:{problem.column}", problem.found, problem.expected, problem.remedy
        ) from None
    except ValidationError as errors:
        first = errors.errors()[0]
        raise EvregError(
            file.name,
            Message(
                f"{errors.error_count()} values do not fit the model, first «{field_name(first['loc'])}».",
                f"モデルに合わない値が{errors.error_count()}件ある(最初は「{field_name(first['loc'])}」)。",
            ),
            Message("A valid entry.", "正しいエントリーでなければならない。"),
            Message(f"Run «evreg validate {file.name}».", f"「evreg validate {file.name}」を実行する。"),
        ) from None
    return entry, tuple(references_of(file.collection, data))
