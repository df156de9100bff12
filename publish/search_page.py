"""The parts of the search that are computed: the form of ``/search/`` and the files that its scripts read."""

from __future__ import annotations

import json
from collections.abc import Mapping

from markupsafe import Markup

from kb.models import COLLECTIONS
from publish.places import Place, localized_path
from publish.search_facets import FACETS, choices
from publish.search_words import spellings
from publish.site import Site
from publish.templating import render

#: Phrases that only the scripts say, by the prefix of their keys.
_SCRIPT_WORDS = "search_ui_"


def search_form(site: Site, place: Place) -> Markup:
    """The form with every facet that some entry has; where there is no JavaScript, the way to the lists instead."""
    labels, offered = site.labels, choices(site)
    return render(
        "search_form",
        say=labels.say,
        facets=[(facet, labels.say(f"facet_{facet}"), offered[facet]) for facet in FACETS if offered[facet]],
        lists=[(f"{place.root}{name}/", labels.collection(name)) for name in COLLECTIONS],
    )


def search_files(site: Site) -> Mapping[str, str]:
    """Path below the site's root -> text: the words of the interface, and the spellings of katakana words."""
    words = json.dumps(site.labels.starting_with(_SCRIPT_WORDS), ensure_ascii=False, sort_keys=True) + "\n"
    found = {localized_path(site.language, "search/phrases.json"): words}
    # Both languages' pages read one file: katakana is typed on English pages too.
    return found | ({"search/spellings.json": spellings(site.kb)} if site.language == "en" else {})
