"""How the claim checker recognises a claim, in words that a reader can follow; folded away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from kb import KnowledgeBase
from kb.claims.lexicon import Concept, read_lexicons
from kb.files import find_root
from kb.models.claims import DetectionRule
from publish.claims_back import SHEET
from publish.phrases import Phrases
from publish.safe_text import html
from publish.templating import render
from publish.values import NOTHING
from publish.view import View

#: Words that are shown of a concept.
_EXAMPLES: Final = 4


def detection(view: View) -> Markup:
    """The patterns of a claim; nothing when it has none."""
    rules: tuple[DetectionRule, ...] = view.take("detection")
    if not rules:
        return NOTHING
    say = Phrases(view.site, SHEET)
    return render(
        "claim_detection",
        title=say("detection"),
        show=say("detection_show", n=len(rules)),
        about=say("detection_about"),
        rules=[_in_words(view, say, rule) for rule in rules],
    )


def _in_words(view: View, say: Phrases, rule: DetectionRule) -> Sequence[tuple[str, Sequence[Markup]]]:
    near = say("detection_window", n=rule.window) if rule.window else ""
    across = say("detection_across") if rule.across else ""
    denies = say("detection_denies") if rule.denies else ""
    parts = [
        (say("detection_all"), [_part(view, say, part) for part in rule.all]),
        (say("detection_unless"), [_part(view, say, part) for part in rule.unless]),
        (say("detection_needs"), [_part(view, say, part) for part in rule.needs]),
        (say("detection_how"), [html(words) for words in (near, across, denies) if words]),
    ]
    return [(heading, items) for heading, items in parts if items]


def _part(view: View, say: Phrases, part: str) -> Markup:
    """The alternatives of a part: concepts with a few of their words, or words as they are."""
    lexicon = _lexicon(view.site.kb)
    shown = (
        _concept(view, say, lexicon, word[1:])
        if word.startswith("@")
        else Markup("<q>{}</q>").format(html(_word(say, word)))
        for word in (piece.strip() for piece in part.split("|"))
    )
    return html(say("detection_or")).join(shown)


def _concept(view: View, say: Phrases, lexicon: Mapping[str, Concept], name: str) -> Markup:
    concept = lexicon.get(name)
    if concept is None:
        return html(name)
    words = [_word(say, term) for term in _examples(view, lexicon, name)]
    label = Markup("<strong>{}</strong>").format(view.site.text(concept.label))
    comma = "、" if view.site.language == "ja" else ", "
    return say.html("detection_examples", label=label, words=comma.join(words)) if words else label


def _examples(view: View, lexicon: Mapping[str, Concept], name: str) -> Iterable[str]:
    terms = tuple(dict.fromkeys(_terms(lexicon, name, view.site.language)))
    return terms[:_EXAMPLES] or tuple(_terms(lexicon, name, "en" if view.site.language == "ja" else "ja"))[:_EXAMPLES]


def _terms(lexicon: Mapping[str, Concept], name: str, language: str, above: tuple[str, ...] = ()) -> Iterator[str]:
    concept = lexicon[name]
    yield from getattr(concept, language)
    for other in concept.includes:
        if other in lexicon and other not in above:
            yield from _terms(lexicon, other, language, (*above, name))


def _word(say: Phrases, term: str) -> str:
    """A term without the signs of the lexicons: ``*`` any ending, ``#`` a number, `` .. `` other words between."""
    return term.replace(" .. ", " … ").replace("*", "…").replace("#", say("detection_number"))


@lru_cache(maxsize=1)
def _lexicon(kb: KnowledgeBase) -> Mapping[str, Concept]:
    return read_lexicons(kb.root or find_root())
