"""Which product a trial gives, and against what: our fields guessed from the register's words, each guess with its reason."""

from __future__ import annotations

from typing import Any

from kb.models.base import Localized
from scrapers.ev_words import read_text
from scrapers.trial_facts import TrialFacts
from scrapers.trial_guesses import Guess, all_guesses, first_guess
from scrapers.trial_wording import label, quoted_ja, words_of


class ProductGuesses:
    """All guesses about the product and the disease of one trial."""

    def __init__(self, facts: TrialFacts) -> None:
        product = [text for text in _given(facts) if speaks_of_ev(text)]
        title = [facts.title, *facts.more_titles]
        wide = [*_given(facts), *(text for arm in facts.arms for text in (arm.label, arm.description)), facts.summary]
        scopes = (product, title, wide)
        disease = ([*facts.conditions], title)
        self._facts = facts
        self._named = next((item.name for item in facts.interventions if speaks_of_ev(item.name)), None)
        self.single = {kind: first_guess(kind, *scopes) for kind in ("cell", "tissue", "donor", "ev_type")}
        self.routes = all_guesses("route", product, wide, title)
        self.conditions = all_guesses("condition", *disease)
        # Healthy people take part in trials of diseases too; then the disease counts.
        ill = tuple(guess for guess in self.conditions if guess.code != "healthy-volunteers")
        self.conditions = ill or self.conditions
        self.area = next(iter(self.conditions), None) or first_guess("area", *disease, [facts.summary])

    def fields(self) -> dict[str, Any]:
        """The guessed fields; what nothing suggests is «not stated», «native» or «other»."""
        codes = {kind: guess.code if guess else None for kind, guess in self.single.items()}
        source = {
            "cell": codes["cell"] or "unspecified",
            "tissue": codes["tissue"],
            "donor": codes["donor"] or "unspecified",
        }
        name = words_of(self._named, 200)
        return {
            "indication_area": (self.area.area or self.area.code) if self.area else "other",
            "product": {"name": name} if name else None,
            "ev_source": {part: code for part, code in source.items() if code},
            "ev_type": codes["ev_type"] or "native",
            "ev_declared_active": "yes" if name and read_text(name).vesicles else "unclear",
            "routes": [guess.code for guess in self.routes],
        }

    @property
    def reasons(self) -> tuple[Localized, ...]:
        """Each guess in words."""
        made: list[Guess] = [guess for guess in self.single.values() if guess]
        made += [*self.routes, *self.conditions]
        reasons = [guess.reason for guess in made]
        if self.area and self.area.area:
            area = label("indication-areas", self.area.area)
            reasons.append(
                Localized(
                    en=f"Guess: indication area «{area.en}», from the condition.",
                    ja=f"推定: 疾患領域を「{area.ja}」とした(疾患コードによる)。",
                )
            )
        elif self.area:
            reasons.append(self.area.reason)
        if not self.single["ev_type"]:
            reasons.append(
                Localized(
                    en="Guess: native EVs, because nothing speaks of another preparation.",
                    ja="推定: 他の製剤を示す語がないため「天然EV」とした。",
                )
            )
        if self._named:
            said = words_of(self._named, 120)
            reasons.append(
                Localized(
                    en=f"Guess: the product is the intervention «{said}».",
                    ja=f"推定: 製品名を介入の名称{quoted_ja(said)}とした。",
                )
            )
        return tuple(reasons)


def _given(facts: TrialFacts) -> list[str]:
    return [
        "\n".join((item.name, *item.other_names, item.description))
        for item in facts.interventions
        if not item.diagnostic
    ]


def speaks_of_ev(text: str) -> bool:
    """Whether ``text`` names vesicles or a secretome."""
    found = read_text(text)
    return bool(found.vesicles or found.secretome)
