"""What a gap report says, as plain text in one language."""

from __future__ import annotations

from kb.analysis.gap_rules import STATUSES
from kb.analysis.gaps import Gap, GapReport, JurisdictionGaps
from kb.models.base import Localized
from kb.statistics import as_of
from publish.phrases import Phrases
from publish.site import Site

SHEET = "gaps"
#: Statements in one table of a page or of the site's Markdown file. Products times statements would otherwise fill the
#: site: without a limit, ten times the entries made a hundred times as many rows. No table of today's is longer.
MOST = 60
#: Phrases of the rules, in the order in which they apply.
RULES = tuple(f"rule_{number}" for number in range(1, 9))


class GapWords:
    """Words for the parts of a report."""

    def __init__(self, site: Site) -> None:
        self.site, self.say = site, Phrases(site, SHEET)
        self._comma = "、" if site.language == "ja" else "; "

    def status(self, gap: Gap) -> str:
        """What the sources hold, without the reason."""
        return self.say(f"status_{gap.status}")

    def reason(self, gap: Gap) -> str:
        """The rule that decided; empty when none had to."""
        return self.say(f"reason_{gap.reason}") if gap.reason else ""

    def reported(self, gap: Gap) -> list[str]:
        """Tests and values, one text each, and the editors' mark of a critical attribute."""
        found = [self._test(test.criterion, test.method) for test in gap.evidence.tests]
        for value in gap.evidence.values:
            kind = self.site.label("value-kinds", value.kind)
            found.append(self.say("value", kind=kind, value=self._text(value.value), context=self._text(value.context)))
        return [*found, self.say("critical")] if gap.evidence.critical else found

    def counted(self, found: JurisdictionGaps) -> str:
        """How many attributes are asked for today, and what the sources hold about them."""
        only_mentioned = len(found.today) > len(found.asked)
        between = "" if self.site.language == "ja" else " "
        return self._counts(found) + (between + self.say("mentions") if only_mentioned else "")

    def _counts(self, found: JurisdictionGaps) -> str:
        counts = found.counts
        if not counts:
            return self.say("counted_none")
        parts = [
            self.say("part", status=self._inside(self.say(f"status_{status}")), n=counts[status])
            for status in STATUSES
            if counts.get(status)
        ]
        return self.say("counted", asked=sum(counts.values()), parts=self._comma.join(parts))

    def uncompared(self, found: JurisdictionGaps) -> str:
        """How much could not be compared."""
        return self.say("uncompared", n=len(found.uncompared), other=found.elsewhere)

    def cut(self, shown: int, found: int) -> str:
        """How many of the statements a table shows, and where all of them are; empty when it shows all."""
        return self.say("cut", shown=shown, all=found) if shown < found else ""

    def as_of(self, report: GapReport) -> str:
        """The dates to which the report refers, as the entries give them."""
        return self.say(
            "as_of", documents=as_of(self.site.kb.guidelines.values()), product=report.product.review.verified
        )

    def title(self, report: GapReport) -> str:
        """The title of a report."""
        return self.say("title_product", product=self.site.title(report.product))

    def _inside(self, words: str) -> str:
        return words if self.site.language == "ja" else words[:1].lower() + words[1:]

    def _test(self, criterion: Localized, method: Localized | None) -> str:
        if method is None:
            return self.say("test", criterion=self._text(criterion))
        return self.say("test_method", criterion=self._text(criterion), method=self._text(method))

    def _text(self, value: Localized) -> str:
        return self.site.text(value)
