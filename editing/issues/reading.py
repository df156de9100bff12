"""From the text of an issue to the answers of its form.

GitHub renders a submitted form as one heading of the third level for each question with the answer below it, and
``_No response_`` where nothing was answered. The structure is read by a Markdown parser, so that a «###» in a block of
code or in a comment is no heading.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from editing.issues.cleaning import LONGEST, answer, without_hidden
from editing.issues.forms import Form, FormField
from kb.problems import EvregError, Message, near_miss, shorten

_NO_RESPONSE: Final = "_No response_"
_MARKDOWN = MarkdownIt("commonmark")


class Answers(NamedTuple):
    """A form as it was filled in; questions that were not answered are absent."""

    form: Form
    given: Mapping[str, str]

    def get(self, id_: str) -> str | None:
        """The answer to a question; the code, where there were choices."""
        return self.given.get(id_)

    def unanswered(self) -> list[FormField]:
        """The questions without an answer."""
        return [field for field in self.form.fields if field.id not in self.given]


class _Part(NamedTuple):
    heading: str
    text: str


def read_answers(body: str, forms: Mapping[str, Form], name: str) -> Answers:
    """The form that an issue was written with, and its answers.

    Args:
        body: Text of the issue.
        forms: All forms.
        name: What the issue is called in messages.

    Raises:
        EvregError: when it is none of the forms, a required answer is missing, one question stands twice, or a choice
            or a length does not fit.
    """
    parts = list(_parts(without_hidden(body)))
    form = _form_of(parts, forms, name)
    given: dict[str, str] = {}
    for part in parts:
        field = _question(part.heading, form)
        if field is None:
            continue
        if field.id in given:
            raise _twice(name, field)
        given[field.id] = part.text
    for field in form.fields:
        if field.required and not given.get(field.id):
            raise _missing(name, field, [part.heading for part in parts])
    return Answers(form, {id_: _fitting(name, form, id_, text) for id_, text in given.items() if text})


def _parts(body: str) -> Iterator[_Part]:
    """Headings of the third level outside quotations and lists, each with the text up to the next one."""
    lines = body.split("\n")
    tokens = _MARKDOWN.parse(body)
    starts = [(place, token) for place, token in enumerate(tokens) if _is_question(token)]
    ends = [*(token.map[0] for _, token in starts[1:] if token.map), len(lines)]
    for (place, token), end in zip(starts, ends, strict=False):
        if token.map:
            text = _without_fence("\n".join(lines[token.map[1] : end]))
            yield _Part(tokens[place + 1].content, "" if text == _NO_RESPONSE else text)


def _is_question(token: Token) -> bool:
    return token.type == "heading_open" and token.markup == "###" and token.level == 0


def _without_fence(text: str) -> str:
    """The answer; of one that GitHub put into a block of code, what stands inside."""
    tokens = _MARKDOWN.parse(text.strip())
    literal = len(tokens) == 1 and tokens[0].type == "fence"
    return answer(tokens[0].content if literal else text)


def _form_of(parts: list[_Part], forms: Mapping[str, Form], name: str) -> Form:
    """The form whose questions the headings are; equal shares are decided by the number of its own questions."""

    def share(form: Form) -> tuple[int, float]:
        known = sum(_question(part.heading, form) is not None for part in parts)
        return known, known / len(form.fields)

    best = max(forms.values(), key=share)
    if share(best)[0] < 2:
        raise _no_form(name, forms)
    return best


def _question(heading: str, form: Form) -> FormField | None:
    """The question of a heading: its whole text, or one of its two languages."""
    folded = _folded(heading)
    return next(
        (field for field in form.fields if folded in {_folded(field.heading), *map(_folded, field.label)}), None
    )


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).strip("*_#:")


def _fitting(name: str, form: Form, id_: str, text: str) -> str:
    field = next(field for field in form.fields if field.id == id_)
    if len(text) > LONGEST:
        raise _too_long(name, field, len(text))
    if not field.options:
        return text
    chosen = _folded(text)
    for code, option in field.options.items():
        if chosen in (_folded(option), _folded(code)):
            return code
    raise _no_choice(name, field, text)


def _no_form(name: str, forms: Mapping[str, Form]) -> EvregError:
    names_en = ", ".join(f"«{form.name.en}»" for form in forms.values())
    names_ja = "".join(f"「{form.name.ja}」" for form in forms.values())
    return EvregError(
        name,
        Message("The issue was not written with one of the forms.", "issueフォームを使わずに書かれている。"),
        Message(f"One of: {names_en}.", f"次のいずれかのフォームとする: {names_ja}。"),
        Message("Open a new issue with a form, and close this one.", "フォームで新しいissueを作成し、これを閉じる。"),
    )


def _missing(name: str, field: FormField, headings: list[str]) -> EvregError:
    near = near_miss(field.heading, headings)
    return EvregError(
        name,
        Message(
            f"There is no answer under «{field.heading}».{near.en}",
            f"「{field.heading}」の見出しの下に回答がない。{near.ja}",
        ),
        Message("An answer; the question is required.", "必須の質問であり、回答が必要である。"),
        Message(
            "Edit the issue: keep the headings as the form wrote them and answer below.",
            "issueを編集する。見出しはフォームのまま残し、その下に回答を書く。",
        ),
    )


def _twice(name: str, field: FormField) -> EvregError:
    return EvregError(
        name,
        Message(f"The heading «{field.heading}» stands twice.", f"「{field.heading}」の見出しが二つある。"),
        Message("One answer to each question.", "一つの質問に一つの回答とする。"),
        Message("Edit the issue and remove one of them.", "issueを編集し、一方を削除する。"),
    )


def _too_long(name: str, field: FormField, length: int) -> EvregError:
    return EvregError(
        name,
        Message(
            f"The answer under «{field.heading}» has {length:,} characters.",
            f"「{field.heading}」の回答が{length:,}字ある。",
        ),
        Message(f"At most {LONGEST:,}.", f"{LONGEST:,}字以内とする。"),
        Message("Shorten it; the rest is read in the source.", "短くする。詳細は資料で確認される。"),
    )


def _no_choice(name: str, field: FormField, text: str) -> EvregError:
    near = near_miss(text, list(field.options.values()))
    examples = list(field.options.values())[:6]
    more = "…" if len(field.options) > len(examples) else ""
    return EvregError(
        name,
        Message(
            f"«{shorten(text)}» is no choice of «{field.heading}».{near.en}",
            f"「{shorten(text)}」は「{field.heading}」の選択肢にない。{near.ja}",
        ),
        Message(f"One of: {'; '.join(examples)}{more}", f"次のいずれかとする: {'、'.join(examples)}{more}"),
        Message("Edit the issue and put in one of the choices.", "issueを編集し、選択肢の一つを記入する。"),
    )
