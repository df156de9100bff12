"""Issues as GitHub renders a submitted form."""

from __future__ import annotations

from typing import Any

from editing.issues.forms import Form, read_forms
from kb.vocabulary import packaged_vocabularies

FORMS = read_forms(packaged_vocabularies())

GUIDELINE = {
    "title": "Guidance on extracellular vesicle products",
    "origin": "en",
    "jurisdiction": "JP",
    "issuer": "Pharmaceuticals and Medical Devices Agency",
    "document_type": "guideline",
    "legal_force": "recommended",
    "status": "in-force",
    "applies_to_ev": "explicit",
    "url": "https://www.example.org/guidance.pdf",
    "issued": "2026-03",
    "summary_en": "It asks makers to count the particles.",
    "read": "excerpt",
}
TRIAL = {
    "registry": "ClinicalTrials.gov",
    "number": "NCT09999999",
    "url": "https://clinicaltrials.gov/study/NCT09999999",
    "title": "Vesicles of mesenchymal cells for knee pain",
    "origin": "en",
    "kind": "interventional",
    "phase": "1",
    "status": "recruiting",
    "indication_ja": "変形性膝関節症",
    "indication_area": "musculoskeletal",
    "cell": "msc",
    "ev_type": "native",
}
CORRECTION = {
    "entry": "guidelines/g",
    "field": "status",
    "correct": "superseded",
    "url": "https://www.example.org/new",
}


def body(form: str, answers: dict[str, str]) -> str:
    """The text of an issue; codes become the choices that the form shows."""
    parts = [_part(FORMS[form], place, answers) for place in range(len(FORMS[form].fields))]
    return "\n\n".join([*parts, "### Before you send / 送信の前に\n\n- [X] It holds no personal information"])


def _part(form: Form, place: int, answers: dict[str, str]) -> str:
    field = form.fields[place]
    text = answers.get(field.id, "_No response_")
    shown = field.options.get(text, text)
    return f"### {field.heading}\n\n" + (f"```text\n{shown}\n```" if field.literal and field.id in answers else shown)


def issue(number: int, form: str, answers: dict[str, str], **changes: Any) -> dict[str, Any]:
    """An issue as the API answers it."""
    return {
        "number": number,
        "title": "A report",
        "body": body(form, answers),
        "html_url": f"https://github.com/society/atlas/issues/{number}",
        "created_at": "2026-06-01T08:00:00Z",
        "user": {"login": "somebody"},
        "labels": [{"name": "report"}],
        **changes,
    }
