"""What search engines read: schema.org JSON-LD of entries and of the whole data set.

The script elements hold data, so that browsers never execute them and the security policy of the pages is not concerned;
everything that could end the element is escaped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from kb.knowledge_base import key_of
from kb.models.claims import Claim
from kb.models.core import Entry, SignOff
from publish.citation import permalink
from publish.data import edition
from publish.places import localized_path
from publish.renderers import lead_words
from publish.safe_text import trusted, visible, web_address
from publish.site import Site
from publish.structured_claims import claim_reviews
from publish.structured_entities import CONTEXT, Node, doi_address, filled, main_entity, organization


class Download(NamedTuple):
    """One file of the data set."""

    #: From the root of the whole site.
    path: str
    media_type: str
    size: int


def script(node: Mapping[str, Any]) -> Markup:
    """A node as a script element of data."""
    text = visible(json.dumps({"@context": CONTEXT, **node}, ensure_ascii=False, separators=(",", ":")))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return trusted(f'<script type="application/ld+json">{text}</script>')


def entry_node(site: Site, entry: Entry) -> Node:
    """An entry's page, with what it describes as its main entity."""
    verified = entry.review.verified
    return filled(
        {
            "@type": "WebPage",
            "@id": _address(site, entry),
            "url": _address(site, entry),
            "name": site.title(entry),
            "description": lead_words(site, entry) + site.text(entry.summary),
            "inLanguage": site.language,
            "lastReviewed": verified,
            "reviewedBy": [
                filled({"@type": "Person", "name": person.name, "sameAs": _orcid(person.orcid)})
                for person in _signers(site, entry)
            ],
            "license": edition.LICENCE_URL,
            "creativeWorkStatus": "Withdrawn" if entry.withdrawn else None,
            "isPartOf": _dataset_reference(site),
            "citation": [_work(source.title, source.url, source.doi) for source in entry.sources],
            "mainEntity": claim_reviews(site, entry) if isinstance(entry, Claim) else main_entity(site, entry),
        }
    )


def _signers(site: Site, entry: Entry) -> tuple[SignOff, ...]:
    """Whose sign-offs cover the content as it is."""
    standing = site.kb.standings.get(key_of(entry))
    return standing.counting if standing else ()


def dataset_node(site: Site, root: str, downloads: Iterable[Download]) -> Node:
    """The whole data set with its files.

    Args:
        site: The knowledge base in the page's language.
        root: From the page to the root of the whole site, for when its address is not known.
        downloads: Its files.
    """
    found = edition.edition_of(site.kb)
    base = site.site_url or root
    return filled(
        {
            "@type": "Dataset",
            "@id": f"{base}data/",
            "url": f"{base}{localized_path(site.language, 'data/')}",
            "name": edition.TITLE_JA if site.language == "ja" else edition.TITLE_EN,
            "description": site.labels.phrase("data", "about"),
            "license": edition.LICENCE_URL,
            "creator": organization(edition.AUTHOR_EN),
            "version": found.name,
            "dateModified": found.as_of,
            "inLanguage": ["en", "ja"],
            "isAccessibleForFree": True,
            "keywords": ["exosome", "extracellular vesicle", "regulation", "エクソソーム", "細胞外小胞", "規制"],
            "distribution": [
                {
                    "@type": "DataDownload",
                    "contentUrl": f"{base}{file.path}",
                    "encodingFormat": file.media_type,
                    "contentSize": f"{file.size} B",
                }
                for file in downloads
            ],
        }
    )


def _dataset_reference(site: Site) -> Node:
    # Pages of entries lie two folders below the root of their language.
    base = site.site_url or ("../../../" if site.language == "ja" else "../../")
    return {"@type": "Dataset", "@id": f"{base}data/", "name": edition.TITLE_EN, "license": edition.LICENCE_URL}


def _address(site: Site, entry: Entry) -> str:
    return permalink(site, entry, site.language) if site.site_url else "./"


def _work(title: str, url: str | None, doi: str | None) -> Node:
    return filled({"@type": "CreativeWork", "name": title, "url": web_address(url), "sameAs": doi_address(doi)})


def _orcid(orcid: str) -> str:
    return f"https://orcid.org/{orcid}"
