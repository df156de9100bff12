"""The forms as GitHub reads them (docs: «Syntax for issue forms»): ``.github/ISSUE_TEMPLATE/*.yml``, never typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from editing.issues.forms import Form, FormField, read_forms
from kb.atomic import write_text
from kb.canonical import dump
from kb.problems import Message
from kb.vocabulary import Vocabularies

FOLDER: Final = Path(".github") / "ISSUE_TEMPLATE"
_HEADING: Final = "# Written by «evreg schema» from editing/issues/forms.yaml, the models and the vocabularies.\n"
_PROMISE = Message(
    "It holds no personal or confidential information, and summaries are in my own words",
    "個人情報や秘密の情報を含まず、要約は自分の言葉で書いた",
)
_WHAT_NEXT = Message(
    "An editor reads every report. After that a draft is made automatically and linked here; nothing is published unread.",
    "すべての投稿を編集者が読む。その後に下書きが自動で作成され、ここに通知される。確認なしに公開されることはない。",
)


def template_text(form: Form) -> str:
    """The file of one form."""
    words = [_WHAT_NEXT, *([form.note] if form.note else [])]
    data: dict[str, Any] = {
        "name": _both(form.name),
        "description": _both(form.description),
        "title": f"{_both(form.name)}: ",
        "body": [
            {"type": "markdown", "attributes": {"value": "\n\n".join(_paragraphs(words))}},
            *map(_element, form.fields),
            _checkbox(),
        ],
    }
    return _HEADING + dump(data)


def stale_templates(checkout: Path, vocabularies: Vocabularies) -> Iterator[tuple[Path, str]]:
    """Files of forms that are missing or differ from the models and vocabularies, each with its right text."""
    for form in read_forms(vocabularies).values():
        path = checkout / FOLDER / f"{form.id}.yml"
        text = template_text(form)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            yield path, text


def write_templates(checkout: Path, vocabularies: Vocabularies) -> list[Path]:
    """Write the files that are stale and return them.

    Raises:
        OSError: when the folder cannot be written.
    """
    stale = list(stale_templates(checkout, vocabularies))
    (checkout / FOLDER).mkdir(parents=True, exist_ok=True)
    for path, text in stale:
        write_text(path, text)
    return [path for path, _ in stale]


def _element(field: FormField) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": field.heading}
    if field.help:
        attributes["description"] = _both(field.help)
    if field.placeholder:
        attributes["placeholder"] = field.placeholder
    if field.literal:
        attributes["render"] = "text"
    if field.options:
        attributes["options"] = list(field.options.values())
    return {
        "type": field.kind,
        "id": field.id,
        "attributes": attributes,
        "validations": {"required": field.required},
    }


def _checkbox() -> dict[str, Any]:
    label = Message("Before you send", "送信の前に")
    option = {"label": _both(_PROMISE), "required": True}
    return {"type": "checkboxes", "id": "promise", "attributes": {"label": _both(label), "options": [option]}}


def _both(words: Message) -> str:
    return f"{words.en} / {words.ja}"


def _paragraphs(words: list[Message]) -> Iterator[str]:
    yield " ".join(item.en for item in words)
    yield "".join(item.ja for item in words)
