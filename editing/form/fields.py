"""Fields of the models as fields of the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from pydantic.fields import FieldInfo

from editing.form.annotations import Kind, fields_in_order, kind_of, least_items
from editing.form.words import DATE, ID, ONE_A_LINE, PATTERN, SOURCE_KEYS, Words
from kb.models.base import PARTIAL_DATE, CodeOf, Localized, Model, OriginalName, ReferenceTo, SourceReference
from kb.models.core import Entry, Review, Title
from kb.problems import Message

#: A field of the form.
Field = dict[str, Any]
#: Sign-offs belong to those who signed; a form that does not show them leaves them as they are.
_UNSHOWN: Final[Mapping[type[Model], frozenset[str]]] = {Review: frozenset({"by"}), Entry: frozenset({"aliases"})}
#: From this many options on, they are a list to search in instead of buttons.
_BUTTONS: Final = 4


class Fields(NamedTuple):
    """Makes the fields of a form.

    Attributes:
        words: The reader's words.
        choices: Collections -> entries of all of them as options; for references that may point into several.
    """

    words: Words
    choices: Callable[[Sequence[str]], list[dict[str, Any]]]

    def of(self, model: type[Model]) -> list[Field]:
        """The fields of a model in the order in which files write them."""
        unshown = set().union(*(names for owner, names in _UNSHOWN.items() if issubclass(model, owner)))
        return [self._field(model, name, info) for name, info in fields_in_order(model) if name not in unshown]

    def _field(self, model: type[Model], name: str, info: FieldInfo) -> Field:
        kind = kind_of(info)
        made: Field = {"name": name, "label": self.words.field(model, name), "required": _required(info)}
        hints = [self.words.hint(model, name)]
        made |= self._records(kind, info) if kind.model else self._values(kind, info, made["required"])
        if made["widget"] == "list":
            # Stands after «Add»: quoted, as a label need not be a noun.
            made["label_singular"] = self.words.quoted(self.words.labels[self.words.language].field(model, name))
        if issubclass(model, Entry) and name == "id":
            hints = [self.words.say(ID)]
        elif more := _more(kind):
            hints.append(self.words.say(more))
        if issubclass(model, Localized) and name in ("en", "ja"):
            made |= _wording(model)
            made["label"], hints = self.words.labels[self.words.language].field(model, name), []
        hint = " ".join(filter(None, hints)) if self.words.language == "en" else "".join(filter(None, hints))
        # Below a box of many lines nobody would look for it.
        place = "comment" if made["widget"] in ("object", "list") else "hint"
        return made | ({place: hint} if hint else {})

    def _records(self, kind: Kind, info: FieldInfo) -> Field:
        assert kind.model is not None  # noqa: S101 - said for the type checker; the caller has looked
        inner = self.of(kind.model)
        if not kind.several:
            return {"widget": "object", "fields": inner}
        made: Field = {"widget": "list", "fields": inner, "collapsed": "auto"}
        made["summary"] = summary(kind.model, self.words.language)
        least = least_items(info)
        return made | ({"min": least} if least else {})

    def _values(self, kind: Kind, info: FieldInfo, required: bool) -> Field:
        several: Field = {"multiple": True} if kind.several else {}
        if code := kind.mark(CodeOf):
            options = self.words.options(code.vocabulary)
            return {"widget": "select", "options": options, "dropdown_threshold": _BUTTONS, **several}
        if reference := kind.mark(ReferenceTo):
            return self._reference(reference.collections) | several
        if kind.value is bool:
            # The switch of the form knows no third state and would write «false» where nobody has said anything.
            options = self.words.truth()
            return {"widget": "boolean"} if required else {"widget": "select", "options": options}
        if kind.value in (int, float):
            return _number(kind)
        pattern = {"pattern": [kind.pattern, self.words.say(PATTERN)]} if kind.pattern else {}
        if kind.several:
            # «evreg validate» looks at each value.
            least = least_items(info)
            return {"widget": "list"} | ({"min": least} if least else {})
        length = {"maxlength": kind.longest} if kind.longest else {}
        return {"widget": "string", "use_emoji_autocomplete": False, **pattern, **length}

    def _reference(self, collections: Sequence[str]) -> Field:
        if len(collections) > 1:
            return {"widget": "select", "options": self.choices(collections)}
        own = f"title.{self.words.language}"
        return {
            "widget": "relation",
            "collection": collections[0],
            "value_field": "id",
            "display_fields": [own],
            "search_fields": ["title.en", "title.ja", "id"],
            "dropdown_threshold": _BUTTONS,
        }


def summary(model: type[Model], language: str) -> str:
    """What a folded record of a list shows: its key, date or code, and the text by which people know it."""
    single = {name: (info, kind) for name, info in model.model_fields.items() if not (kind := kind_of(info)).several}
    sure = {name: kind for name, (info, kind) in single.items() if info.is_required()}
    coded = (name for name, kind in sure.items() if name in ("key", "date") or kind.mark(CodeOf) is not None)
    first = next(coded, None)
    text = language if issubclass(model, Localized) else _telling(sure, first, language)
    if text:
        return " — ".join(f"{{{{fields.{name}}}}}" for name in (first, text) if name)
    # What may be absent stands without a dash that would then point at nothing.
    texts = [name for name, (_, kind) in single.items() if name != first and kind.value is str]
    plain = [name for name in texts if not single[name][1].mark(CodeOf)]
    wordings = [f"{name}.{language}" for name, (_, kind) in single.items() if _worded(kind)]
    lists = [name for name, info in model.model_fields.items() if info.is_required() and name not in single]
    return " ".join(f"{{{{fields.{name}}}}}" for name in (first, *([*plain, *wordings] or lists)[:2]) if name)


def _telling(sure: Mapping[str, Kind], first: str | None, language: str) -> str | None:
    """The required field by which people know a record."""
    others = {name: kind for name, kind in sure.items() if name != first}
    titles = (name for name, kind in others.items() if name == "title" and kind.model is None)
    wordings = (f"{name}.{language}" for name, kind in others.items() if _worded(kind))
    texts = (name for name, kind in others.items() if kind.value in (str, int, float))
    return next(titles, None) or next(wordings, None) or next(texts, None)


def _worded(kind: Kind) -> bool:
    return kind.model is not None and issubclass(kind.model, Localized)


def _required(info: FieldInfo) -> bool:
    return bool(info.is_required())


def _wording(model: type[Model]) -> Field:
    """Short names stand on one line, titles and statements in a box that grows."""
    short = issubclass(model, OriginalName) and not issubclass(model, Title)
    widget = "string" if short else "text"
    return {"widget": widget, "use_emoji_autocomplete": False}


def _more(kind: Kind) -> Message | None:
    if kind.pattern == PARTIAL_DATE.pattern:
        return DATE
    if kind.mark(SourceReference) and kind.several:
        return SOURCE_KEYS
    listed = kind.several and kind.value is str and not kind.mark(CodeOf) and not kind.mark(ReferenceTo)
    return ONE_A_LINE if listed else None


def _number(kind: Kind) -> Field:
    low, high = kind.bounds
    made: Field = {"widget": "number", "value_type": "int" if kind.value is int else "float"}
    return made | {name: bound for name, bound in (("min", low), ("max", high)) if bound is not None}
