"""What the source watcher proposes, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from kb.models.base import Localized
from kb.proposals import Change, Proposal
from scrapers.source import Visit
from scrapers.sources.notices import Confidence, notice, slug
from scrapers.sources.source_watcher_pages import Citation, Page, PageState
from scrapers.sources.source_watcher_text import difference, only_days_differ

#: What the visit met instead of the page: HTTP status or kind of fault.
_WHY = {
    "404": ("answers «404 Not Found»", "「404 Not Found」を返す"),
    "410": ("answers «410 Gone»", "「410 Gone」を返す"),
    "unreachable": ("cannot be reached", "接続できない"),
    "too-slow": ("does not answer in time", "制限時間内に応答しない"),
    "truncated": ("breaks off before its end", "応答が途中で途切れる"),
    "not-public": ("leads to no public address", "公開されていない宛先につながる"),
}


def changed(visit: Visit, page: Page, before: str | None, after: str | None, sha256: str, state: PageState) -> Proposal:
    """The page says something else than at the last visit; the entry may be out of date."""
    title = page.home.source.title
    return notice(
        visit,
        slug("changed", page.url, sha256[:16]),
        page.home.name,
        Localized(
            en=f"A cited page now says something else; the entry may be out of date: «{title}».{_also_en(page)}",
            ja=f"引用しているページの内容が変わった。エントリーの記載が古くなっている可能性がある(「{title}」)。{_also_ja(page)}",
        ),
        page.url,
        f"{page.url} {sha256}",
        kind="source-changed",
        confidence="medium" if before and after and not only_days_differ(before, after) else "low",
        reasons=_what_changed(before, after, state),
    )


def gone(visit: Visit, page: Page, why: str, state: PageState) -> Iterator[Proposal]:
    """The page is no longer there: one proposal for each entry, with the archived copy where there is one."""
    en, ja = _WHY.get(why, (f"answers with status {why}", f"ステータス{why}を返す"))
    for citation in page.citations:
        yield notice(
            visit,
            slug("gone", citation.name, citation.source.key, page.url),
            citation.name,
            Localized(
                en=f"A cited page {en}: «{citation.source.title}».{_copy_en(state)}",
                ja=f"引用しているページが{ja}(「{citation.source.title}」)。{_copy_ja(state)}",
            ),
            page.url,
            f"{page.url} {state.archived}",
            kind="source-gone",
            confidence="high" if state.state == "gone" else "medium",
            reasons=[
                Localized(
                    en=f"So since the visit of {state.since}. The copy replaces nothing: the address stays, «archived» is added.",
                    ja=f"{state.since}の確認以降の状態である。元のアドレスは残し、保存版を「archived」に追記する。",
                )
            ],
            changes=_archived(citation, state),
        )


def moved(visit: Visit, pages: Iterable[Page], states: dict[str, PageState]) -> Iterator[Proposal]:
    """Pages that redirect for good: one proposal for each entry, whatever the number of its sources."""
    entries: dict[str, list[tuple[Citation, str]]] = defaultdict(list)
    for page in pages:
        target = states[page.url].leads_to
        if target and _is_worth_it(page.url, target):
            for citation in page.citations:
                entries[citation.name].append((citation, target))
    for name, found in entries.items():
        changes = [Change(field=f"sources.{item.position}.url", old=item.source.url, new=to) for item, to in found]
        stated = " ".join(f"{change.old} {change.new}" for change in changes)
        doubtful = any(not urlsplit(to).path.strip("/") for _, to in found)
        confidence: Confidence = "low" if doubtful else "high"
        yield notice(
            visit,
            slug("moved", name),
            name,
            Localized(
                en=f"{len(changes)} cited page(s) moved for good (permanent redirect).",
                ja=f"引用しているページ{len(changes)}件が恒久的に移転している(恒久リダイレクト)。",
            ),
            found[0][1],
            stated,
            kind="change",
            confidence=confidence,
            reasons=[_HOME_PAGE] if doubtful else (),
            changes=changes,
        )


_HOME_PAGE = Localized(
    en="At least one leads to the start page of a site: the page itself has probably gone.",
    ja="トップページへ転送されるものがあり、元のページ自体は失われている可能性が高い。",
)


def _is_worth_it(old: str, new: str) -> bool:
    """Not for a change of http to https, of www., or of a slash at the end."""

    def essence(url: str) -> tuple[str, str, str]:
        parts = urlsplit(url)
        return parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), parts.query

    return essence(old) != essence(new)


def _what_changed(before: str | None, after: str | None, state: PageState) -> Iterator[Localized]:
    if before is not None and after is not None:
        lines = difference(before, after)
        if only_days_differ(before, after):
            yield Localized(en="Only days or times of day differ.", ja="異なるのは日付・時刻のみである。")
        yield Localized(en=f"Lines taken away (-) and added (+):\n{lines}", ja=f"削除(-)・追加(+)された行:\n{lines}")
    else:
        yield Localized(
            en="The difference cannot be shown: a file without text, or this machine has not read the earlier version.",
            ja="差分は表示できない(本文のないファイルであるか、以前の版がこの環境にない)。",
        )
    if state.archived:
        yield Localized(en=f"Earlier copy: {state.archived}", ja=f"以前の保存版: {state.archived}")


def _archived(citation: Citation, state: PageState) -> list[Change]:
    if not state.archived or citation.source.archived:
        return []
    return [Change(field=f"sources.{citation.position}.archived", new=state.archived)]


def _copy_en(state: PageState) -> str:
    return " An archived copy was found." if state.archived else " No archived copy was found."


def _copy_ja(state: PageState) -> str:
    return "保存版が見つかった。" if state.archived else "保存版は見つかっていない。"


def _also_en(page: Page) -> str:
    return f" Also cited by {page.others}." if page.others else ""


def _also_ja(page: Page) -> str:
    return f"ほかの引用元: {page.others}。" if page.others else ""
