"""``evreg fmt``: canonical bytes, comments kept, values never changed, files never half-written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from kb.atomic import write_text
from kb.canonical import canonical_text, ordered, shape_of
from kb.comments import comments_of, with_comments
from kb.decoding import decode
from kb.files import EntryFile
from kb.models import model_of
from kb.problems import Message, YamlProblem
from kb.yaml12 import build, compose

_BOM = b"\xef\xbb\xbf"


def formatted(content: bytes, collection: str, depth: int = 0) -> str:
    """The canonical text of an entry file; a byte order mark and CR line ends are mended on the way.

    Args:
        content: The file as it is.
        collection: Its collection.
        depth: Folders between the collection's folder and the file.

    Raises:
        YamlProblem: when the file cannot be read as one mapping.
    """
    text = decode(re.sub(rb"\r\n?", b"\n", content.removeprefix(_BOM)))
    data = build(compose(text))
    if not isinstance(data, dict):
        raise YamlProblem(
            Message("No mapping at the top.", "最上位がマッピングではない。"),
            Message("«field: value» lines that begin with «id:».", "「id:」から始まる「フィールド名: 値」とする。"),
            Message(
                "Start from a template: «evreg new COLLECTION ID».",
                "「evreg new COLLECTION ID」のひな形から書き始める。",
            ),
            rule="mapping",
        )
    model = model_of(collection)
    canonical = canonical_text(data, model, depth)
    if canonical == text:
        return text
    result = with_comments(canonical, comments_of(text))
    _assert_same_values(data, result, collection)
    return result


def format_file(file: EntryFile, check: bool = False) -> bool:
    """Write the canonical form of one file; return whether it differs from what was there.

    Args:
        file: The entry.
        check: Only compare, write nothing.

    Raises:
        YamlProblem: when it cannot be read.
        OSError: when it cannot be written; the old file is then untouched.
    """
    content = file.path.read_bytes()
    result = formatted(content, file.collection, file.depth)
    changed = result.encode() != content
    if changed and not check:
        write_text(Path(file.path), result)
    return changed


def _assert_same_values(data: Any, text: str, collection: str) -> None:
    shape = shape_of(model_of(collection))
    if ordered(build(compose(text)), shape) != ordered(data, shape):
        raise YamlProblem(
            Message("Formatting would change a value.", "整形により値が変わるおそれがある。"),
            Message("The same values before and after.", "整形の前後で値は同じでなければならない。"),
            Message(
                "Move the comments of this file to «notes» and format again.", "コメントをnotesへ移してから整形する。"
            ),
            rule="format",
        )
