"""What goes wrong between EVReg and a source, said in four parts; every fault names the source and the address.

    EvregError
    └── SourceFault     kind: robots · not-public · too-large · too-slow · unreachable · truncated · unexpected · by-hand

A fault ends the run of that one source; the other sources go on.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from kb.problems import EvregError, Message, shorten
from scrapers.redaction import redacted, without_secrets

FaultKind = Literal[
    "robots", "not-public", "too-large", "too-slow", "unreachable", "truncated", "unexpected", "by-hand"
]


class SourceFault(EvregError):
    """A source could not be read as it should be; nothing was stored.

    Attributes:
        kind: What went wrong, for reports and exit codes.
        source: The name in the register.
        url: The address without keys; empty when no address is involved.
    """

    def __init__(
        self, kind: FaultKind, source: str, url: str, found: Message, expected: Message, remedy: Message
    ) -> None:
        self.kind, self.source, self.url = kind, source, without_secrets(url)
        super().__init__(f"{source}: {self.url}" if self.url else source, found, expected, remedy)


_LATER = Message(
    "Run the source again later; nothing was changed.",
    "時間をおいて同じ情報源を再実行する。データは変更されていない。",
)
_REPORT = Message(
    "Keep the answer and adapt the module of this source; nothing was changed.",
    "応答を保存し、この情報源のモジュールを直す。データは変更されていない。",
)


def refused_by_robots(source: str, url: str, *, unreachable: bool = False) -> SourceFault:
    """robots.txt does not let this program read the address, or could not be read itself (RFC 9309, 2.3.1.4)."""
    found = Message(
        "robots.txt of this host does not allow the address.", "このホストのrobots.txtが取得を許可していない。"
    )
    if unreachable:
        found = Message(
            "robots.txt of this host could not be read, which counts as a refusal.",
            "このホストのrobots.txtを読み取れず、許可されていないものとみなす。",
        )
    return SourceFault(
        "robots",
        source,
        url,
        found,
        Message("Only addresses that robots.txt allows are read.", "robots.txtが許可するアドレスのみ取得する。"),
        Message(
            "Read the page by hand or ask the operator; an exception stands with its reason in scrapers/sources.yaml.",
            "人が閲覧するか、運営者に問い合わせる。例外は理由とともにscrapers/sources.yamlに記す。",
        ),
    )


def not_public(source: str, url: str, address: str) -> SourceFault:
    """The address, or what its name resolves to, is no public web address."""
    seen = shorten(address)
    return SourceFault(
        "not-public",
        source,
        url,
        Message(f"Leads to «{seen}», which is not public.", f"公開されていない宛先「{seen}」につながる。"),
        Message("A public http or https address.", "公開されたhttp又はhttpsのアドレスとする。"),
        Message("Correct the address in the entry or the register.", "エントリー又は登録簿のアドレスを訂正する。"),
    )


def too_large(source: str, url: str, limit: int) -> SourceFault:
    """The body is larger than ``limit`` bytes after decompression."""
    size = f"{limit / 1_000_000:,.1f} MB"
    return SourceFault(
        "too-large",
        source,
        url,
        Message(f"The answer is larger than {size}.", f"応答が{size}を超えている。"),
        Message(f"At most {size} after decompression.", f"展開後{size}以下である。"),
        Message(
            "Ask for less at once, or raise max_megabytes of the source in scrapers/sources.yaml.",
            "一度に求める量を減らすか、scrapers/sources.yamlのmax_megabytesを引き上げる。",
        ),
    )


def too_slow(source: str, url: str, seconds: float) -> SourceFault:
    """No complete answer within ``seconds``."""
    return SourceFault(
        "too-slow",
        source,
        url,
        Message(f"No complete answer within {seconds:g} s.", f"{seconds:g}秒以内に応答が完了しなかった。"),
        Message("An answer within the time limit.", "制限時間内の応答を想定している。"),
        _LATER,
    )


def unreachable(source: str, url: str, reason: str) -> SourceFault:
    """No connection, or no certificate that can be trusted."""
    why = shorten(redacted(reason), 160)
    return SourceFault(
        "unreachable",
        source,
        url,
        Message(f"No connection: {why}.", f"接続できない({why})。"),
        Message(
            "A server that answers with a valid certificate.", "有効な証明書をもつサーバーからの応答を想定している。"
        ),
        _LATER,
    )


def truncated(source: str, url: str) -> SourceFault:
    """The connection ended before the body was complete."""
    return SourceFault(
        "truncated",
        source,
        url,
        Message("The answer breaks off before its end.", "応答が途中で途切れている。"),
        Message("A complete answer.", "完全な応答を想定している。"),
        _LATER,
    )


def wrong_status(source: str, url: str, status: int, text: str, wanted: Collection[int]) -> SourceFault:
    """An HTTP status that is no answer of this source; ``text`` is the beginning of the body."""
    start, numbers = shorten(redacted(text), 80), sorted(wanted)
    return SourceFault(
        "unexpected",
        source,
        url,
        Message(f"HTTP status {status}: «{start}».", f"HTTPステータス{status}「{start}」。"),
        Message(
            f"HTTP status {', '.join(map(str, numbers))}.",
            f"HTTPステータス{'・'.join(map(str, numbers))}を想定している。",
        ),
        _LATER,
    )


def bad_cache(source: str, file: str) -> SourceFault:
    """The file with earlier answers cannot be read; it holds nothing that cannot be fetched again."""
    return SourceFault(
        "unexpected",
        source,
        "",
        Message(f"The cache «{file}» cannot be read.", f"キャッシュ「{file}」を読み取れない。"),
        Message("The SQLite file of an earlier run.", "以前の実行で作られたSQLiteファイルを想定している。"),
        Message("Delete the file; it is made anew.", "ファイルを削除する。次回の実行で作り直される。"),
    )


def unexpected(source: str, url: str, found: Message, expected: Message, remedy: Message | None = None) -> SourceFault:
    """The answer is complete and is not what this source is known to say."""
    return SourceFault("unexpected", source, url, found, expected, remedy or _REPORT)
