"""Pydantic's errors in the words of an editor: what is there, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import ValidationError

from kb.canonical import Shape, shape_of
from kb.models.core import Entry
from kb.problems import FieldPath, Finding, Message, near_miss, shorten
from kb.vocabulary import Vocabularies

_KINDS: dict[type, Message] = {
    dict: Message("a mapping", "マッピング"),
    list: Message("a list", "リスト"),
    str: Message("text", "文字列"),
    bool: Message("true or false", "真偽値"),
    int: Message("a number", "数値"),
    float: Message("a number", "数値"),
    type(None): Message("nothing", "空"),
}


def model_findings(
    errors: ValidationError, model: type[Entry], vocabularies: Vocabularies
) -> Iterator[tuple[str, Finding]]:
    """Rule name and finding for every error of a model, in the order of the fields."""
    for error in errors.errors():
        path: FieldPath = error["loc"]
        write = _WRITERS.get(error["type"])
        if write is None and error["type"].endswith("_type"):
            write = _wrong_type
        yield _RULE_NAMES.get(error["type"], "value"), (write or _other)(path, dict(error), model, vocabularies)


def _kind(value: object) -> Message:
    return _KINDS.get(type(value)) or next(
        (message for kind, message in _KINDS.items() if isinstance(value, kind)), Message("a value", "値")
    )


def _siblings(model: type[Entry], path: FieldPath) -> list[str]:
    shape: Shape = shape_of(model)
    for part in path[:-1]:
        if isinstance(shape, dict) and isinstance(part, str):
            shape = shape.get(part)
        elif isinstance(shape, tuple):
            shape = shape[0]
    return list(shape) if isinstance(shape, dict) else []


def _unknown_key(path: FieldPath, error: dict[str, Any], model: type[Entry], vocabularies: Vocabularies) -> Finding:
    name, known = str(path[-1]), _siblings(model, path)
    near = near_miss(name, known)
    return Finding(
        path,
        Message(
            f"«{shorten(name)}» is not a field here.{near.en}",
            f"「{shorten(name)}」というフィールドはここにはない。{near.ja}",
        ),
        Message(f"One of: {', '.join(known)}.", f"次のいずれかとする: {'、'.join(known)}。"),
        Message("Correct the name or remove the line.", "名称を訂正するか、その行を削除する。"),
    )


def _missing(path: FieldPath, error: dict[str, Any], model: type[Entry], vocabularies: Vocabularies) -> Finding:
    name = str(path[-1])
    return Finding(
        path,
        Message(f"«{name}» is missing.", f"「{name}」がない。"),
        Message("This field is required.", "このフィールドは必須である。"),
        Message(f"Add «{name}:».", f"「{name}:」を追加する。"),
    )


def _not_a_code(path: FieldPath, error: dict[str, Any], model: type[Entry], vocabularies: Vocabularies) -> Finding:
    name = error["ctx"]["vocabulary"]
    value, codes = str(error["input"]), list(vocabularies[name])
    near = near_miss(value, codes)
    listed = ", ".join(codes[:12]) + (" …" if len(codes) > 12 else "")
    return Finding(
        path,
        Message(
            f"«{shorten(value)}» is not a code of {name}.{near.en}",
            f"「{shorten(value)}」は{name}のコードではない。{near.ja}",
        ),
        Message(f"One of: {listed}", f"次のいずれかとする: {listed}"),
        Message(
            f"Choose a code, or add one to vocabularies/{name}.yaml.",
            f"コードを選ぶか、vocabularies/{name}.yamlに追加する。",
        ),
    )


def _not_a_date(path: FieldPath, error: dict[str, Any], model: type[Entry], vocabularies: Vocabularies) -> Finding:
    value = shorten(error["input"])
    return Finding(
        path,
        Message(f"«{value}» is not a date.", f"「{value}」は日付ではない。"),
        Message("YYYY, YYYY-MM or YYYY-MM-DD, a day that exists.", "YYYY、YYYY-MM又はYYYY-MM-DDの実在する日付とする。"),
        Message("Write the date as exactly as the source gives it, no more.", "資料に記された精度で日付を書く。"),
    )


def _pattern(path: FieldPath, error: dict[str, Any], model: type[Entry], vocabularies: Vocabularies) -> Finding:
    value = shorten(error["input"])
    return Finding(
        path,
        Message(f"«{value}» has characters that are not allowed here.", f"「{value}」には使用できない文字が含まれる。"),
        Message(
            "Lower-case letters a-z, digits and single hyphens or dots (no slashes, spaces, capitals or Japanese).",
            "半角小文字、数字、単独のハイフン又はピリオドのみ使用できる(スラッシュ、空白、大文字、日本語は不可)。",
        ),
        Message("Write it again with these characters.", "使用できる文字で書き直す。"),
    )


def _wrong_type(path: FieldPath, error: dict[str, Any], model: type[Entry], vocabularies: Vocabularies) -> Finding:
    found, wanted = (
        _kind(error["input"]),
        _EXPECTED_TYPES.get(error["type"], Message("another kind of value", "別の種類の値")),
    )
    quoted = "" if isinstance(error["input"], dict | list | None) else f" («{shorten(error['input'])}»)"
    quoted_ja = quoted.replace(" («", "(「").replace("»)", "」)")
    return Finding(
        path,
        Message(f"Here stands {found.en}{quoted}.", f"ここには{found.ja}{quoted_ja}が書かれている。"),
        Message(f"Expected: {wanted.en}.", f"{wanted.ja}でなければならない。"),
        Message("Write the value in the expected form.", "期待される形式で値を書く。"),
    )


def _limit(path: FieldPath, error: dict[str, Any], model: type[Entry], vocabularies: Vocabularies) -> Finding:
    english, japanese = _LIMITS[error["type"]]
    found, limit = error["input"], next(value for key, value in error["ctx"].items() if key in _LIMIT_NAMES)
    size = len(found) if hasattr(found, "__len__") else shorten(found)
    return Finding(
        path,
        Message(f"The value is {size}.", f"値は{size}である。"),
        Message(english.format(limit), japanese.format(limit)),
        Message("Correct the value.", "値を訂正する。"),
    )


_LIMIT_NAMES = ("min_length", "max_length", "ge", "gt", "le", "lt")
_LIMITS = {
    "string_too_short": ("At least {} character of text.", "{}文字以上とする。"),
    "string_too_long": ("At most {} characters.", "{}文字以内とする。"),
    "too_short": ("At least {} items.", "{}項目以上が必要である。"),
    "greater_than_equal": ("At least {}.", "{}以上とする。"),
    "greater_than": ("More than {}.", "{}より大きい値とする。"),
    "less_than_equal": ("At most {}.", "{}以下とする。"),
}


def _other(path: FieldPath, error: dict[str, Any], model: type[Entry], vocabularies: Vocabularies) -> Finding:
    value = shorten(error["input"])
    return Finding(
        path,
        Message(f"«{value}» does not fit.", f"「{value}」は適合しない。"),
        Message(f"{error['msg']}.", f"条件: {error['msg']}。"),
        Message("Correct the value.", "値を訂正する。"),
    )


_Writer = Callable[[FieldPath, dict[str, Any], type[Entry], Vocabularies], Finding]
_WRITERS: dict[str, _Writer] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    "vocabulary": _not_a_code,
    "partial_date": _not_a_date,
    "string_pattern_mismatch": _pattern,
    **dict.fromkeys(_LIMITS, _limit),
    "model_type": _wrong_type,
    "int_from_float": _wrong_type,
    "bool_parsing": _wrong_type,
    "int_parsing": _wrong_type,
    "float_parsing": _wrong_type,
}
_RULE_NAMES = {
    "extra_forbidden": "unknown-field",
    "missing": "required-field",
    "vocabulary": "vocabulary",
    "partial_date": "date",
    "string_pattern_mismatch": "characters",
}
_EXPECTED_TYPES = {
    "string_type": Message("text (in quotes if it looks like something else)", "文字列(紛らわしい場合は引用符で囲む)"),
    "model_type": Message("a mapping of «field: value» lines", "「フィールド名: 値」のマッピング"),
    "tuple_type": Message("a list, each item after «- »", "「- 」で始まる項目のリスト"),
    "bool_type": Message("true or false", "true又はfalse"),
    "bool_parsing": Message("true or false", "true又はfalse"),
    "int_type": Message("a whole number", "整数"),
    "int_parsing": Message("a whole number", "整数"),
    "int_from_float": Message("a whole number", "整数"),
    "float_type": Message("a number", "数値"),
    "float_parsing": Message("a number", "数値"),
}
