"""The longest page of each kind of a built site, found in the site itself so that new kinds are covered at once."""

from __future__ import annotations

from pathlib import Path


def page_kinds(site: Path) -> list[str]:
    """Paths below a language's root: every top page, and of each folder of pages the longest one.

    Redirects of former addresses are no pages. Entries stand below their collection's list page, instances of a
    computed page below theirs, so «folder» covers both. Each explorer is a page of its own kind.

    Args:
        site: The built site; both languages have the same paths.
    """
    groups: dict[tuple[str, int], list[tuple[int, str]]] = {}
    for path in site.rglob("index.html"):
        folder = path.parent.relative_to(site)
        if folder.parts[:1] in (("ja",), ("assets",), ("pagefind",)) or _is_redirect(path):
            continue
        name = "" if folder == Path() else f"{folder.as_posix()}/"
        alone = len(folder.parts) < 2 or folder.parts[:1] == ("explore",)
        kind = (name, 0) if alone else (folder.parts[0], len(folder.parts))
        groups.setdefault(kind, []).append((path.stat().st_size, name))
    return sorted({max(found)[1] for found in groups.values()})


def _is_redirect(path: Path) -> bool:
    with path.open(encoding="utf-8") as file:
        return 'http-equiv="refresh"' in file.read(400)
