"""``mkdocs.yml``, the one configuration people edit, and the two that are derived from it."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from kb.problems import EvregError, Language, Message
from publish.safe_text import web_address

GUARD = "publish/mkdocs_guard.py"
HOOK = Path(__file__).with_name("mkdocs_hook.py")


class Configuration(NamedTuple):
    """The configuration of a checkout."""

    checkout: Path
    data: dict[str, Any]

    @property
    def site_url(self) -> str | None:
        """Address of the whole site with a final slash, when it is known."""
        url = self.data.get("site_url")
        return f"{str(url).rstrip('/')}/" if url else None

    @property
    def report_url(self) -> str | None:
        """Address of the form for mistakes, when the operator of the site has set one."""
        url = (self.data.get("extra") or {}).get("report_url")
        return str(url) if url else None


def read_configuration(checkout: Path) -> Configuration:
    """Read ``mkdocs.yml``.

    Raises:
        EvregError: when it is missing, is no YAML mapping, or names a report address that is not http(s).
    """
    path = checkout / "mkdocs.yml"
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise _unusable(path, Message(f"It cannot be read: {error}.", f"読み込めない: {error}")) from None
    if not isinstance(data, dict) or "site_name" not in data:
        raise _unusable(path, Message("It is no configuration of MkDocs.", "MkDocsの設定ファイルではない。"))
    found = Configuration(checkout, data)
    if found.report_url and web_address(found.report_url.replace("{", "").replace("}", "")) is None:
        raise _unusable(
            path, Message("extra.report_url is no web address.", "extra.report_urlがウェブアドレスではない。")
        )
    return found


def _unusable(path: Path, found: Message) -> EvregError:
    return EvregError(
        str(path),
        found,
        Message("The site configuration of a checkout of EVReg.", "EVRegのサイト設定ファイルが必要である。"),
        Message(
            "Correct mkdocs.yml, or run the command in a checkout.",
            "mkdocs.ymlを訂正するか、チェックアウト内で実行する。",
        ),
    )


def derived(configuration: Configuration, language: Language, docs: Path, site: Path) -> str:
    """The configuration of one language as YAML.

    Args:
        configuration: What people wrote.
        language: ``en`` or ``ja``.
        docs: Folder of the Markdown tree.
        site: Folder for the HTML.
    """
    made = copy.deepcopy(configuration.data)
    extra = made.setdefault("extra", {})
    words: dict[str, Any] = extra.pop(language, None) or {}
    for other in ("en", "ja"):
        extra.pop(other, None)
    # «true» makes Material show the language switch of docs/overrides and no list of its own.
    extra |= {"evreg_language": language, "evreg_site_url": configuration.site_url, "alternate": True}
    theme = made.setdefault("theme", {"name": "material"})
    theme["language"] = language
    theme["custom_dir"] = str(configuration.checkout / "docs" / "overrides")
    for option, name in zip(theme.get("palette") or [], words.get("palette") or [], strict=False):
        option["toggle"]["name"] = name
    made["nav"] = _translated(made.get("nav") or [], words.get("nav") or {})
    made |= {
        "site_name": words.get("site_name", made["site_name"]),
        "site_description": words.get("site_description", made.get("site_description")),
        "docs_dir": str(docs),
        "site_dir": str(site),
        "hooks": [str(HOOK), *(hook for hook in made.get("hooks") or [] if hook != GUARD)],
        "plugins": made.get("plugins") or [],
    }
    if configuration.site_url:
        made["site_url"] = configuration.site_url + ("" if language == "en" else f"{language}/")
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=False)


def _translated(nav: list[Any], words: dict[str, str]) -> list[Any]:
    """The navigation with its titles in another language; titles without a translation stay."""
    return [
        {
            words.get(title, title): _translated(item, words) if isinstance(item, list) else item
            for title, item in part.items()
        }
        if isinstance(part, dict)
        else part
        for part in nav
    ]


def nav_files(configuration: Configuration) -> list[str]:
    """The files that the navigation names."""

    def walk(part: Any) -> list[str]:
        if isinstance(part, dict):
            return [name for item in part.values() for name in walk(item)]
        return [name for item in part for name in walk(item)] if isinstance(part, list) else [str(part)]

    return walk(configuration.data.get("nav") or [])
