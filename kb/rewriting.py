"""The text of an entry file with new data: canonical, and every comment of the old file where its value is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kb.canonical import canonical_text
from kb.comments import Comment, comments_of, with_comments
from kb.decoding import decode
from kb.files import EntryFile
from kb.models import model_of
from kb.problems import FieldPath


def rewritten(content: bytes | None, file: EntryFile, data: Mapping[str, Any]) -> str:
    """The canonical text of an entry with new data; comments of the old file stay with their values.

    Args:
        content: The file as it is; None for a new entry.
        file: The entry.
        data: What it shall hold.

    Raises:
        YamlProblem: when the old file cannot be read.
    """
    canonical = canonical_text(dict(data), model_of(file.collection), file.depth)
    comments = comments_of(decode(content)) if content is not None else []
    return with_comments(canonical, list(_rehung(comments, data)))


def _rehung(comments: Iterable[Comment], data: Any) -> Iterable[Comment]:
    """Comments of values that are gone stay with what held them."""
    for comment in comments:
        path = comment.path
        while path and not _exists(data, path):
            path = path[:-1]
        yield comment._replace(path=path or None) if path != comment.path else comment


def _exists(data: Any, path: FieldPath) -> bool:
    for part in path:
        inside = part in data if isinstance(data, dict) else isinstance(data, list) and part in range(len(data))
        if not inside:
            return False
        data = data[part]
    return True
