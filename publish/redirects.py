"""Pages at former ids: they lead to the entry that took the id over, without a server's help."""

from __future__ import annotations

from kb.models.core import Entry
from publish.places import Place, path_of
from publish.site import Site
from publish.templating import render


def redirects(site: Site, site_url: str | None) -> dict[str, str]:
    """Path of a former page -> its HTML.

    Args:
        site: The knowledge base in one language.
        site_url: Address of the whole site with a final slash; without it the canonical link is relative.
    """
    return {
        f"{entry.COLLECTION}/{alias}/": _page(site, entry, alias, site_url)
        for entry in site.kb
        for alias in entry.aliases
    }


def _page(site: Site, entry: Entry, alias: str, site_url: str | None) -> str:
    place = Place(site.language, f"{entry.COLLECTION}/{alias}/")
    target = f"../{entry.id}/"
    own = "" if site.language == "en" else f"{site.language}/"
    return render(
        "redirect",
        language=site.language,
        title=site.title(entry),
        words=site.labels.say("redirect"),
        target=target,
        canonical=f"{site_url}{own}{path_of(entry)}" if site_url else target,
        style=f"{place.root}assets/evreg.css",
    )
