"""Comments of an entry, carried over to its canonical form.

PyYAML drops comments, so they are found as the text between its tokens, remembered by the path of the value they
stand before or behind, and put back at that path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from kb.problems import FieldPath
from kb.yaml12 import compose

_BLOCK_HEADER_COMMENT = re.compile(r"^[|>][-+0-9]*[ ]+(#[^\n]*)")
_SCHEMA_LINE = "# yaml-language-server:"


class Comment(NamedTuple):
    """A comment and the value it belongs to; ``path`` is ``None`` at the end of the file."""

    text: str
    path: FieldPath | None
    own_line: bool


class _Place(NamedTuple):
    line: int
    column: int
    path: FieldPath


def comments_of(text: str) -> list[Comment]:
    """The comments of a YAML text, except the schema line.

    Raises:
        YamlProblem: when the text is not YAML.
    """
    places = list(_places(compose(text), ()))
    lines = text.split("\n")
    return [
        _anchored(comment, line, column, lines[line], places)
        for line, column, comment in _raw_comments(text)
        if not comment.startswith(_SCHEMA_LINE)
    ]


def with_comments(canonical: str, comments: list[Comment]) -> str:
    """``canonical`` with every comment before or behind the value it belongs to."""
    if not comments:
        return canonical
    line_of = {place.path: place.line for place in reversed(list(_places(compose(canonical), ())))}
    lines = canonical.rstrip("\n").split("\n")
    before: dict[int, list[str]] = {}
    behind: dict[int, list[str]] = {}
    for comment in comments:
        line = len(lines) if comment.path is None else line_of[comment.path]
        (before if comment.own_line else behind).setdefault(line, []).append(comment.text)
    result: list[str] = []
    for number, line_text in enumerate([*lines, ""]):
        indent = line_text[: len(line_text) - len(line_text.lstrip(" "))]
        result += [indent + comment for comment in before.get(number, ())]
        if number < len(lines):
            result.append("  ".join([line_text, *behind.get(number, ())]))
    return "\n".join(result) + "\n"


def _raw_comments(text: str) -> Iterator[tuple[int, int, str]]:
    position = 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        start = token.start_mark.index
        if start > position:
            yield from _in_gap(text, position, start)
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            header = _BLOCK_HEADER_COMMENT.match(text[start : token.end_mark.index])
            if header:
                yield (*_line_column(text, start + header.start(1)), header.group(1).rstrip())
        position = max(position, token.end_mark.index)
    yield from _in_gap(text, position, len(text))


def _in_gap(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for match in re.finditer(r"#[^\n]*", text[start:end]):
        yield (*_line_column(text, start + match.start()), match.group().rstrip())


def _line_column(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index), index - (text.rfind("\n", 0, index) + 1)


def _anchored(comment: str, line: int, column: int, line_text: str, places: list[_Place]) -> Comment:
    if line_text[:column].strip() == "":
        following = next((place.path for place in places if place.line > line), None)
        return Comment(comment, following, own_line=True)
    preceding = [place.path for place in places if (place.line, place.column) < (line, column)]
    return Comment(comment, preceding[-1] if preceding else None, own_line=bool(not preceding))


def _places(node: yaml.Node | None, path: FieldPath) -> Iterator[_Place]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, key.value)
            yield _Place(key.start_mark.line, key.start_mark.column, inner)
            yield from _places(value, inner)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            inner = (*path, index)
            yield _Place(item.start_mark.line, item.start_mark.column, inner)
            yield from _places(item, inner)
