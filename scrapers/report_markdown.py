"""A run as the text of a pull request, in English and Japanese. What sources say may hold anything; here it is only text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from kb.problems import Language, shorten
from scrapers.report import Proposed, Report, SourceReport

#: GitHub refuses texts of more than 65,536 characters. Two languages with so many characters of faults and proposals each
#: leave room for the tables.
_MOST = 26_000
#: Characters of one statement before escaping, which may double them.
_LONGEST = 240
_LANGUAGES: tuple[Language, Language] = ("en", "ja")
_SAY = {
    "en": {
        "title": "What live sources state, {day}",
        "none": "Nothing changed.",
        "dry": "Dry run: nothing was written.",
        "table": "| source | answers | unchanged | observed | changed | new proposals | proposals over | state |",
        "ok": "ok",
        "proposals": "New and changed proposals",
        "more": "… and {count} more: `evreg inbox list`.",
        "faults": "Sources that were left as they were",
        "how": "Entries are not changed by this. Decide with `evreg inbox`, or merge and decide later; a rejected "
        "proposal does not come back unless its source changes.",
        "accept": "accept",
        "confidence": {"high": "sure", "medium": "likely", "low": "doubtful"},
    },
    "ja": {
        "title": "情報源の現在の記載({day})",
        "none": "変化はない。",
        "dry": "試行のため、何も書き込んでいない。",
        "table": "| 情報源 | 応答 | 変更なし | 確認 | 変化 | 新しい提案 | 終了した提案 | 状態 |",
        "ok": "正常",
        "proposals": "新しい提案・変更された提案",
        "more": "ほか{count}件(`evreg inbox list`)。",
        "faults": "変更せずに残した情報源",
        "how": "エントリー自体は変更されない。`evreg inbox`で採否を決めるか、統合後に決める。却下した提案は、情報源が変わらない限り再提示されない。",
        "accept": "採用",
        "confidence": {"high": "確実", "medium": "おそらく", "low": "疑わしい"},
    },
}
#: Everything that means something to Markdown or HTML.
_SIGNIFICANT = re.compile(r"([!-/:-@\[-`{-~])")
#: Turns «@name» and «#12» into text: GitHub looks for them after Markdown has been read.
_JOINER = "\u2060"


def report_markdown(report: Report) -> str:
    """The report in both languages, English first."""
    return "\n".join(line for language in _LANGUAGES for line in (*_lines(report, language), ""))


def safe_markdown(text: str, length: int = _LONGEST) -> str:
    """``text`` on one line, as text: no markup, no link, no mention, no reference to an issue."""
    seen = "".join(character if _is_visible(character) else "\ufffd" for character in shorten(text, length))
    return _SIGNIFICANT.sub(r"\\\1", seen).replace("@", f"@{_JOINER}").replace("#", f"#{_JOINER}")


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")


def _lines(report: Report, language: Language) -> Iterator[str]:
    say = _SAY[language]
    yield f"## {str(say['title']).format(day=report.day)}"
    yield ""
    yield str(say["dry"] if report.dry_run else say["how"])
    yield ""
    yield str(say["table"])
    yield "|---|--:|--:|--:|--:|--:|--:|---|"
    yield from (_row(item, language) for item in report.sources)
    proposed = [proposal for item in report.sources for proposal in item.kept.proposed]
    yield ""
    yield f"### {say['proposals']} ({len(proposed)})"
    yield ""
    faults = [_fault(item, language) for item in report.failed]
    room = _MOST - sum(map(len, faults))
    shown = list(_up_to((_proposal(proposal, language) for proposal in proposed), room))
    yield from shown
    if len(proposed) > len(shown):
        yield str(say["more"]).format(count=len(proposed) - len(shown))
    if not proposed:
        yield str(say["none"])
    if faults:
        yield ""
        yield f"### {say['faults']}"
        yield ""
        yield from faults


def _up_to(lines: Iterable[str], characters: int) -> Iterator[str]:
    for line in lines:
        characters -= len(line)
        if characters < 0:
            return
        yield line


def _row(item: SourceReport, language: Language) -> str:
    kept = item.kept
    state = str(_SAY[language]["ok"]) if item.fault is None else safe_markdown(getattr(item.fault.found, language), 100)
    counts = (
        item.asked, item.unchanged, kept.observed, kept.observations_changed, kept.proposals_new, kept.proposals_removed,
    )  # fmt: skip
    return f"| {item.name} | {' | '.join(map(str, counts))} | {state} |"


def _proposal(proposal: Proposed, language: Language) -> str:
    say = _SAY[language]
    certainty = say["confidence"]
    sure = certainty[proposal.confidence] if isinstance(certainty, dict) else ""
    words = safe_markdown(getattr(proposal.words, language))
    command = f"`evreg inbox accept {proposal.id}`"
    return f"- `{proposal.entry}`: {words} ({sure}; {safe_markdown(proposal.url)}; {say['accept']}: {command})"


def _fault(item: SourceReport, language: Language) -> str:
    fault = item.fault
    if fault is None:
        return ""
    parts = " ".join(getattr(part, language) for part in (fault.found, fault.expected, fault.remedy))
    return f"- {item.name}: {safe_markdown(parts)}"
