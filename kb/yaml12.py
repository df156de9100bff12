"""YAML read with the C parser and YAML 1.2 core semantics, within limits that a hostile file cannot pass.

``NO``, ``on``, ``yes``, ``12:30`` and ``2014-11-25`` are text; ``1e3`` is 1000.0 and ``012`` is 12, and where a
model wants text it receives the digits as they were written (YAML 1.2.2, section 10.3.2, Core Schema).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from kb.decoding import decode
from kb.problems import Message, YamlProblem, shorten

try:
    from yaml import CSafeLoader as _Parser
except ImportError:  # pragma: no cover - wheels of PyYAML bring the C parser on every supported platform
    from yaml import SafeLoader as _Parser  # type: ignore[assignment]

#: The deepest path of the models has 7 levels.
MAX_DEPTH = 32
#: Values after expansion of aliases; the largest entry of the first edition has about 700.
MAX_VALUES = 50_000

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE = frozenset(("true", "True", "TRUE"))
_FALSE = frozenset(("false", "False", "FALSE"))
_INTEGER = re.compile(r"[-+]?[0-9]+\Z|0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z|[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z"
)
_FIRST_OF_NUMBER = frozenset("-+.0123456789")


class WrittenInt(int):
    """An integer that remembers how it was written, for fields that want text."""

    text: str

    def __str__(self) -> str:
        return self.text


class WrittenFloat(float):
    """A float that remembers how it was written, for fields that want text."""

    text: str

    def __str__(self) -> str:
        return self.text


def _integer(text: str) -> int:
    digits = text.lower()
    value = WrittenInt(digits, 8 if "o" in digits else 16) if digits[:2] in ("0o", "0x") else WrittenInt(digits)
    value.text = text
    return value


def _float(text: str) -> float:
    value = WrittenFloat(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    value.text = text
    return value


def plain_scalar(text: str) -> Any:
    """The value of an unquoted scalar under the YAML 1.2 core schema."""
    if text in _NULL:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    if text[0] in _FIRST_OF_NUMBER:
        if _INTEGER.match(text):
            return _integer(text) if len(text) < 4000 else text
        if _FLOAT.match(text):
            return _float(text)
    return text


class _Composer(_Parser):
    """The C parser with tags left alone: a plain scalar has the tag ``?``, everything else ``!``."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return "?" if implicit is not True and implicit is not False and implicit and implicit[0] else "!"

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Path resolvers are not used."""

    def ascend_resolver(self) -> None:
        """Path resolvers are not used."""


def compose(text: str) -> yaml.Node | None:
    """The node tree of one YAML document; nodes keep their places for messages.

    Raises:
        YamlProblem: the text is not one YAML document, or nests deeper than the limit.
    """
    try:
        # The C composer recurses once a level; beyond some 20,000 levels it would end the process.
        if sum(text.count(mark) for mark in "[{-?") > 5_000:
            _refuse_deep(text)
        return _Composer(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        raise _syntax_problem(error) from None
    except yaml.YAMLError as error:
        raise YamlProblem(
            Message(f"The text cannot be read: {shorten(error, 90)}.", f"本文を読み取れない({shorten(error, 90)})。"),
            _EXPECTED_YAML,
            Message("Remove the characters named.", "該当する文字を削除する。"),
        ) from None


_EXPECTED_YAML = Message("A YAML mapping of «field: value» lines.", "「フィールド名: 値」を並べたYAMLとする。")


def _refuse_deep(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Parser):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _too_deep(event.start_mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _too_deep(mark: Any) -> YamlProblem:
    return YamlProblem(
        Message(f"Values nested more than {MAX_DEPTH} deep.", f"入れ子が{MAX_DEPTH}段を超えている。"),
        Message("Entries have at most 7 levels.", "エントリーの入れ子は7段以内である。"),
        Message("Remove the extra brackets or indentation.", "余分な括弧や字下げを取り除く。"),
        mark.line + 1,
        mark.column + 1,
        "nesting",
    )


def _syntax_problem(error: yaml.MarkedYAMLError) -> YamlProblem:
    mark = error.problem_mark or error.context_mark
    what = shorten(error.problem or error.context or "syntax error", 90)
    return YamlProblem(
        Message(f"Not readable as YAML: {what}.", f"YAMLとして読み取れない({what})。"),
        _EXPECTED_YAML,
        Message(
            "Check indentation, quotes and colons on this line and the one before.",
            "この行と前の行の字下げ・引用符・コロンを確かめる。",
        ),
        (mark.line + 1) if mark else 1,
        (mark.column + 1) if mark else 1,
    )


class _Builder:
    """Turns nodes into plain values while counting depth and size."""

    def __init__(self) -> None:
        self.values = 0

    def build(self, node: yaml.Node, depth: int = 0) -> Any:
        self.values += 1
        if depth > MAX_DEPTH:
            raise _too_deep(node.start_mark)
        if self.values > MAX_VALUES:
            raise _too_many(node)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if node.tag not in ("!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"):
            raise _unsafe_tag(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, depth + 1) for item in node.value]
        return self._mapping(node, depth)

    def _scalar(self, node: yaml.Node) -> Any:
        tag = node.tag
        if tag == "?":
            return plain_scalar(node.value)
        if tag in ("!", "tag:yaml.org,2002:str"):
            return node.value
        raise _unsafe_tag(node)

    def _mapping(self, node: yaml.Node, depth: int) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise _bad_key(key_node)
            key = key_node.value
            if key in result:
                raise _duplicate_key(key_node)
            result[key] = self.build(value_node, depth + 1)
        return result


def _too_many(node: yaml.Node) -> YamlProblem:
    return YamlProblem(
        Message(f"More than {MAX_VALUES:,} values (aliases expanded).", f"展開後の値が{MAX_VALUES:,}個を超えている。"),
        Message("An entry has a few hundred values.", "エントリーの値は数百個程度である。"),
        Message(
            "Write the values out instead of using anchors (&) and aliases (*).",
            "アンカー(&)とエイリアス(*)を使わずに値を書く。",
        ),
        node.start_mark.line + 1,
        node.start_mark.column + 1,
        "size",
    )


def _unsafe_tag(node: yaml.Node) -> YamlProblem:
    return YamlProblem(
        Message(f"The tag «{shorten(node.tag, 50)}».", f"タグ「{shorten(node.tag, 50)}」がある。"),
        Message("Only plain text, numbers, lists and mappings.", "文字列・数値・リスト・マッピングのみ使用できる。"),
        Message("Remove the tag (the part that begins with !).", "「!」で始まるタグを削除する。"),
        node.start_mark.line + 1,
        node.start_mark.column + 1,
        "tags",
    )


def _bad_key(node: yaml.Node) -> YamlProblem:
    return YamlProblem(
        Message("A list or mapping used as a field name.", "リストやマッピングがフィールド名として使われている。"),
        Message("Field names are words.", "フィールド名は単語とする。"),
        Message("Put the value in quotes if it is text.", "文字列であれば引用符で囲む。"),
        node.start_mark.line + 1,
        node.start_mark.column + 1,
        "yaml",
    )


def _duplicate_key(node: yaml.Node) -> YamlProblem:
    name = shorten(node.value, 40)
    return YamlProblem(
        Message(f"The field «{name}» stands twice.", f"フィールド「{name}」が重複している。"),
        Message("Each field stands once.", "同じフィールドは一度だけ書く。"),
        Message("Delete one of the two or merge their values.", "一方を削除するか、値を一つにまとめる。"),
        node.start_mark.line + 1,
        node.start_mark.column + 1,
        "duplicate-keys",
    )


def build(node: yaml.Node | None) -> Any:
    """Plain Python values of a node tree: dict, list, str, int, float, bool or None.

    Raises:
        YamlProblem: duplicate keys, tags, too deep or too many values (aliases expanded).
    """
    return None if node is None else _Builder().build(node)


def parse(data: bytes) -> tuple[Any, yaml.Node | None]:
    """The values of a file and the node tree that knows their places.

    Raises:
        YamlProblem: see :func:`decode`, :func:`compose` and :func:`build`.
    """
    node = compose(decode(data))
    return build(node), node


def read_yaml(path: Path) -> Any:
    """The values of one file.

    Raises:
        YamlProblem: when it cannot be read.
        OSError: when it cannot be opened.
    """
    return parse(path.read_bytes())[0]


def locate(node: yaml.Node | None, path: tuple[str | int, ...]) -> tuple[int, int]:
    """Line and column (from 1) of the value at ``path``, or of the nearest parent that exists."""
    mark = node.start_mark if node is not None else None
    for part in path:
        found = None
        if isinstance(node, yaml.MappingNode):
            for key_node, value_node in node.value:
                if key_node.value == part:
                    found = value_node
                    mark = key_node.start_mark
                    break
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            found = node.value[part]
            mark = found.start_mark
        if found is None:
            break
        node = found
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
