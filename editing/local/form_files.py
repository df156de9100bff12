"""The form's program and its configuration, made fit for editing on this machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from kb.problems import Language

#: Settings that concern saving to a server of git.
_ONLINE: Final = frozenset({"backend", "local_backend", "publish_mode", "load_config_file", "site_url", "display_url"})
_REFUSED: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {"title": "Not saved", "description": "The file was not changed."},
    "ja": {"title": "保存していない", "description": "ファイルは変更していない。"},
}


class FormFiles(NamedTuple):
    """What the form consists of.

    Attributes:
        package: Folder of the npm package ``@sveltia/cms``, with ``npm/index.js`` and ``locales/``.
        configuration: Language -> the configuration of the collections and their fields, as data.
    """

    package: Path
    configuration: Callable[[Language], Mapping[str, Any]]

    def local_configuration(self, root: Path, language: Language) -> dict[str, Any]:
        """The configuration for files in a folder: nothing goes to a server of git, and no entry can be deleted.

        The form wants to know a repository even then. It appears nowhere, but names the store of the browser in which
        unsaved typing is kept, so every knowledge base has one of its own.

        Args:
            root: The knowledge base.
            language: Of the form.
        """
        settings = self.configuration(language)
        kept = {name: value for name, value in settings.items() if name not in _ONLINE}
        mark = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:12]
        collections = [
            {**collection, "delete": False} if "folder" in collection else dict(collection)
            for collection in kept.get("collections", ())
        ]
        return {
            "media_folder": "docs/assets/pictures",
            **kept,
            "backend": {"name": "github", "repo": f"evreg/{mark}"},
            "load_config_file": False,
            "show_preview_links": False,
            "collections": collections,
        }

    def words(self, path: Path) -> str:
        """The form's words of one language as a script, which is how the form loads them.

        The form supposes that a save fails by accident and advises to try later; here it is refused for a reason.
        """
        strings = json.loads(path.read_text(encoding="utf-8"))
        own = _REFUSED["ja" if path.stem == "ja" else "en"]
        return f"export default {json.dumps(strings | {'saving_entry': {'error': own}}, ensure_ascii=False)}"

    def file(self, name: str) -> Path | None:
        """A file of the package that the page may ask for (``npm/index.js``, ``locales/ja.json``); None for others."""
        known = {path.relative_to(self.package).as_posix(): path for path in self._public()}
        return known.get(name)

    def _public(self) -> Iterator[Path]:
        for pattern in ("npm/*.js", "npm/chunks/*.js", "npm/assets/*", "locales/*.json"):
            yield from (path for path in self.package.glob(pattern) if path.is_file())
