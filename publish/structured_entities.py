"""What entries describe, in the words of schema.org: laws, guidelines, trials, terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from kb.models.core import Entry
from kb.models.glossary import Term
from kb.models.guidelines import Guideline
from kb.models.trials import Trial
from publish.places import localized_path
from publish.safe_text import web_address
from publish.site import Site

Node = dict[str, Any]
CONTEXT: Final = "https://schema.org"
#: Types of document that are acts of a legislator or a bill of one: schema.org has «Legislation» for them (from the
#: European Legislation Identifier). What authorities and societies recommend is «MedicalGuideline»; the rest of the
#: collection only reports on rules.
_LEGISLATION: Final = frozenset({"law", "regulation", "bill"})
_GUIDELINES: Final = frozenset({"guideline", "guidance", "notice", "standard", "pharmacopoeia", "position-statement"})
_LEGAL_FORCE: Final = {"in-force": "InForce", "superseded": "NotInForce", "withdrawn": "NotInForce"}
#: Members of schema.org's MedicalStudyStatus; the status «expanded access» has none.
_TRIAL_STATUS: Final = {
    "not-yet-recruiting": "NotYetRecruiting",
    "recruiting": "Recruiting",
    "enrolling-by-invitation": "EnrollingByInvitation",
    "active-not-recruiting": "ActiveNotRecruiting",
    "completed": "Completed",
    "suspended": "Suspended",
    "terminated": "Terminated",
    "withdrawn": "Withdrawn",
    "unknown": "Unknown",
}


def main_entity(site: Site, entry: Entry) -> Node | None:
    """What an entry describes; None where no type fits without claiming more than the entry says."""
    describe: Mapping[str, Callable[[Site, Any], Node]] = {
        "guidelines": _guideline,
        "trials": _trial,
        "glossary": _term,
    }
    make = describe.get(entry.COLLECTION)
    if make is None:
        return None
    own = make(site, entry)
    names = {"@type": own["@type"], "name": site.title(entry), "alternateName": _other_names(site, entry)}
    return filled(names | own)


def _guideline(site: Site, entry: Guideline) -> Node:
    dates = entry.dates
    shared = {
        "url": web_address(entry.url),
        "sameAs": doi_address(entry.doi),
        "identifier": list(entry.document_numbers),
    }
    if entry.document_type in _LEGISLATION:
        return shared | {
            "@type": "Legislation",
            "legislationType": site.label("document-types", entry.document_type),
            "legislationDate": dates.issued or dates.adopted,
            "legislationJurisdiction": site.label("jurisdictions", entry.jurisdiction),
            "legislationLegalForce": _member(_LEGAL_FORCE, entry.status),
            "legislationPassedBy": organization(site.text(entry.issuer)),
        }
    if entry.document_type in _GUIDELINES:
        return shared | {
            "@type": "MedicalGuideline",
            "guidelineDate": dates.issued or dates.adopted or dates.effective,
            "recognizingAuthority": organization(site.text(entry.issuer)),
        }
    return shared | {
        "@type": "CreativeWork",
        "datePublished": dates.issued or dates.adopted,
        "publisher": organization(site.text(entry.issuer)),
    }


def _trial(site: Site, entry: Trial) -> Node:
    sponsor = entry.sponsor.name if entry.sponsor else None
    return {
        "@type": "MedicalTrial" if entry.kind == "interventional" else "MedicalStudy",
        "identifier": [
            {
                "@type": "PropertyValue",
                "propertyID": site.label("registries", registration.registry),
                "value": registration.number,
            }
            for registration in entry.registrations
        ],
        "status": _member(_TRIAL_STATUS, entry.status),
        "healthCondition": {"@type": "MedicalCondition", "name": site.text(entry.indication)},
        "sponsor": organization(site.text(sponsor)) if sponsor else None,
        "studyLocation": [
            {"@type": "AdministrativeArea", "name": site.label("jurisdictions", code)} for code in entry.countries
        ],
    }


def _term(site: Site, entry: Term) -> Node:
    return {
        "@type": "DefinedTerm",
        "termCode": entry.id,
        "description": site.text(entry.summary),
        "inDefinedTermSet": {
            "@type": "DefinedTermSet",
            "name": site.labels.collection("glossary"),
            "url": f"{site.site_url}{localized_path(site.language, 'glossary/')}" if site.site_url else "../",
        },
    }


def _other_names(site: Site, entry: Entry) -> Sequence[str]:
    title = entry.title
    names = [title.en, title.ja, title.original]
    if isinstance(entry, Term):
        names += [*entry.abbreviations, *(word for words in entry.synonyms for word in words[1])]
    return [name for name in dict.fromkeys(names) if name and name != site.title(entry)]


def organization(name: str) -> Node:
    """An organisation of which no more than the name is known."""
    return {"@type": "Organization", "name": name}


def _member(members: Mapping[str, str], code: str) -> str | None:
    return f"{CONTEXT}/{members[code]}" if code in members else None


def doi_address(doi: str | None) -> str | None:
    """The address of a DOI."""
    return f"https://doi.org/{doi}" if doi else None


def filled(node: Node) -> Node:
    """A node without what has no value."""
    return {name: value for name, value in node.items() if value is not None and value != []}
