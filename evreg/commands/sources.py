"""``evreg sources``: the terms register, and how each source did in its last runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from evreg.options import lang_option
from evreg.tables import print_json, print_table
from kb.problems import Language

if TYPE_CHECKING:
    from scrapers.health import Health
    from scrapers.register import Source

_HEADINGS = {
    "en": ("source", "access", "terms read", "pace", "success", "change"),
    "ja": ("情報源", "利用区分", "規約確認", "間隔", "最終成功", "最終変化"),
}
_NEVER = {"en": "never", "ja": "なし"}
_NOT_READ = {"en": "not yet", "ja": "未確認"}
_FAILED = {"en": "failed in its last run", "ja": "直近の実行で失敗"}
_FIELDS = {
    "en": {
        "publisher": "publisher", "base": "address", "access": "access", "by_hand": "by hand", "schedule": "schedule",
        "pace": "pace", "terms": "terms", "terms_read": "terms read", "attribution": "attribution", "robots": "robots.txt",
        "last_run": "last run", "last_success": "last success", "last_change": "last change", "counts": "counts",
        "fault": "fault", "no_module": "read by", "pace_value": "{pace:g} s between requests, {at_once} at a time",
        "serves": "other sources (it has no module of its own)",
    },
    "ja": {
        "publisher": "発行者", "base": "アドレス", "access": "利用区分", "by_hand": "手動の手順", "schedule": "頻度",
        "pace": "間隔", "terms": "利用条件", "terms_read": "規約確認日", "attribution": "出典表示", "robots": "robots.txt",
        "last_run": "最終実行", "last_success": "最終成功", "last_change": "最終変化", "counts": "件数",
        "fault": "問題", "no_module": "読み取り", "pace_value": "リクエスト間隔{pace:g}秒、同時{at_once}件",
        "serves": "他の情報源が利用する(単独のモジュールはない)",
    },
}  # fmt: skip


@click.command()
@click.argument("name", required=False)
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table")
@lang_option
def sources(name: str | None, format_: str, lang: Language) -> None:
    """List the sources with access, terms and health, or tell everything about one."""
    from scrapers.health import Health, read_health
    from scrapers.modules import MODULES
    from scrapers.register import register, source_named

    known, health = register(), read_health()
    chosen = [source_named(name, known)] if name else list(known.values())
    if format_ == "json":
        records = [_record(source, health.get(source.name, Health()), source.name in MODULES) for source in chosen]
        print_json(records[0] if name else records)
    elif name:
        source = chosen[0]
        _print_one(source, health.get(name, Health()), source.name in MODULES, lang)
    else:
        _print_all(chosen, health, lang)


def _record(source: Source, health: Health, has_module: bool) -> dict[str, Any]:
    return source.model_dump(mode="json") | {"module": has_module, "health": health.model_dump(mode="json")}


def _print_all(listed: Sequence[Source], health: Mapping[str, Health], lang: Language) -> None:
    from scrapers.health import Health

    known = [(source, health.get(source.name, Health())) for source in listed]
    print_table(_HEADINGS[lang], [_row(source, state, lang) for source, state in known])
    for source, state in known:
        if state.fault:
            click.echo(f"{source.name} {_FAILED[lang]} ({state.last_run}): {_fault(state, lang)}")


def _row(source: Source, health: Health, lang: Language) -> tuple[str, ...]:
    days = (health.last_success or _NEVER[lang], health.last_change or _NEVER[lang])
    return source.name, source.access, source.terms.read or _NOT_READ[lang], f"{source.pace:g} s", *days


def _print_one(source: Source, health: Health, has_module: bool, lang: Language) -> None:
    say = _FIELDS[lang]
    click.echo(f"{source.name}: {getattr(source.title, lang)}")
    terms = f"{getattr(source.terms.says, lang)} {source.terms.url or ''}".rstrip()
    lines = {
        "publisher": getattr(source.publisher, lang),
        "base": source.base,
        "access": source.access,
        "by_hand": getattr(source.by_hand, lang, None),
        "no_module": None if has_module else say["serves"],
        "schedule": source.schedule,
        "pace": say["pace_value"].format(pace=source.pace, at_once=source.concurrency),
        "terms": terms,
        "terms_read": source.terms.read or _NOT_READ[lang],
        "robots": f"{source.robots.decision}: {getattr(source.robots.reason, lang)}",
        "attribution": getattr(source.attribution, lang),
        "last_run": health.last_run or _NEVER[lang],
        "last_success": health.last_success or _NEVER[lang],
        "last_change": health.last_change or _NEVER[lang],
        "counts": ", ".join(f"{what} {count}" for what, count in health.counts.items()),
        "fault": _fault(health, lang),
    }
    for key, value in lines.items():
        if value:
            click.echo(f"  {say[key]}: {value}")


def _fault(health: Health, lang: Language) -> str | None:
    fault = health.fault
    if not fault:
        return None
    parts = (fault.get(name, {}).get(lang, "") for name in ("found", "expected", "remedy"))
    return " ".join((f"{fault.get('where', '')}:", *parts))
