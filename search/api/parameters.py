"""The parameters of the operations: one table entry serves the reading of requests and the OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from kb.problems import Message
from search.api.problems import bad_choice, bad_value, repeated, too_long, unknown_parameter


class Parameter(NamedTuple):
    """One parameter in the query of an address.

    Attributes:
        name: Its name.
        about: What it means.
        kind: ``text``, ``choice``, ``whole`` (a whole number) or ``flag``.
        default: Value when it is absent.
        choices: The values of a choice.
        least: Smallest number.
        most: Greatest number, or the greatest number of characters.
        many: How often it may stand.
        example: A value that shows its use.
    """

    name: str
    about: Message
    kind: str = "text"
    default: Any = ""
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 200
    many: int = 1
    example: str = ""

    def schema(self) -> dict[str, Any]:
        """JSON Schema of its values."""
        one = self._one()
        if self.many > 1:
            return {"type": "array", "items": one, "maxItems": self.many}
        return one if self.default == "" else {**one, "default": self.default}

    def _one(self) -> dict[str, Any]:
        if self.kind == "whole":
            return {"type": "integer", "minimum": self.least, "maximum": self.most}
        if self.kind == "flag":
            return {"type": "boolean"}
        if self.kind == "choice":
            return {"type": "string", "enum": list(self.choices)}
        return {"type": "string", "maxLength": self.most}

    def read(self, text: str) -> Any:
        """The value that a text stands for.

        Raises:
            ApiProblem: when it stands for none.
        """
        if self.kind == "whole":
            return self._whole(text)
        if self.kind == "flag":
            return self._flag(text)
        if self.kind == "choice":
            if text not in self.choices:
                raise bad_choice(self.name, text, self.choices)
            return text
        if len(text) > self.most:
            raise too_long(self.name, len(text), self.most)
        return text

    def _whole(self, text: str) -> int:
        # Ten digits at most: int() of long texts takes quadratic time, and other scripts have digits, too.
        if not (text.isascii() and text.isdecimal() and len(text) <= 10 and self.least <= int(text) <= self.most):
            expected = Message(
                f"A whole number from {self.least:,} to {self.most:,}.",
                f"{self.least:,}から{self.most:,}までの整数とする。",
            )
            raise bad_value(self.name, text, expected)
        return int(text)

    def _flag(self, text: str) -> bool:
        values = {"true": True, "1": True, "": True, "false": False, "0": False}
        if text not in values:
            raise bad_choice(self.name, text, ("true", "false"))
        return values[text]


def read_parameters(table: Sequence[Parameter], given: Iterable[tuple[str, str]]) -> Mapping[str, Any]:
    """The values of all parameters of an operation.

    Args:
        table: The operation's parameters.
        given: Names and texts as they stand in the address.

    Raises:
        ApiProblem: for unknown and repeated parameters and for values that cannot be used.
    """
    known = {parameter.name: parameter for parameter in table}
    texts: dict[str, list[str]] = {}
    for name, text in given:
        if name not in known:
            raise unknown_parameter(name, known)
        texts.setdefault(name, []).append(text)
        if len(texts[name]) > known[name].many:
            raise repeated(name) if known[name].many == 1 else _too_many(known[name])
    return {name: _values(parameter, texts.get(name, [])) for name, parameter in known.items()}


def _values(parameter: Parameter, texts: Sequence[str]) -> Any:
    if parameter.many > 1:
        return tuple(map(parameter.read, texts))
    return parameter.read(texts[0]) if texts else parameter.default


def _too_many(parameter: Parameter) -> Exception:
    expected = Message(f"At most {parameter.many} times.", f"{parameter.many}回まで指定できる。")
    return bad_value(parameter.name, f"{parameter.many + 1} ×", expected)
