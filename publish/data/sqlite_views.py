"""Views and search of the SQLite file: what a reader of its tables would otherwise have to join."""

from __future__ import annotations

from collections.abc import Iterator

from kb.models import model_of
from kb.problems import Language
from publish.data.columns import Column, columns_of
from publish.data.sqlite_tables import quoted
from publish.labels import LANGUAGES

#: Collections whose entries hold requirements.
_DEMANDING = ("guidelines", "enforcement")

#: Full-text search over the content of ``entries``; three-letter pieces also find Japanese, which has no spaces.
SEARCH = """
CREATE VIRTUAL TABLE "entries_fts" USING fts5(
  title_en, title_ja, summary_en, summary_ja, content="entries", content_rowid="number", tokenize="trigram"
)"""
FILL_SEARCH = """INSERT INTO "entries_fts"("entries_fts") VALUES ('rebuild')"""


def views(collections: tuple[str, ...]) -> Iterator[str]:
    """The statements that make the views: each collection in one language with labels for codes, and all requirements."""
    for collection in collections:
        for language in LANGUAGES:
            yield _labelled(collection, language)
    demanding = [name for name in _DEMANDING if name in collections]
    if demanding:
        yield f'CREATE VIEW "requirements" AS {" UNION ALL ".join(map(_requirements, demanding))}'


def _labelled(collection: str, language: Language) -> str:
    columns = [column for column in columns_of(model_of(collection)) if _language(column) in ("", language)]
    shown = ",\n  ".join(_shown(column, language) for column in columns)
    return f"CREATE VIEW {quoted(f'{collection}_{language}')} AS SELECT\n  {shown}\nFROM {quoted(collection)}"


def _language(column: Column) -> str:
    return column.each or next((code for code in LANGUAGES if column.name.endswith(f"_{code}")), "")


def _shown(column: Column, language: Language) -> str:
    name = quoted(column.name)
    if _language(column):
        return f"{name} AS {quoted(column.name.removesuffix(f'_{language}'))}"
    if not column.vocabulary or column.type == "list":
        return name
    # The parts of these statements are names from the models, nothing from entries.
    label = f'SELECT "{language}" FROM "vocabularies" WHERE "vocabulary" = \'{column.vocabulary}\' AND "code" = {name}'  # noqa: S608
    return f"coalesce(({label}), {name}) AS {name}"


def _requirements(collection: str) -> str:
    """Requirements with the document that states them; official acts have no legal force or status of their own."""
    own = '"legal_force", "status"' if collection == "guidelines" else "NULL AS legal_force, NULL AS status"
    return f"""
SELECT '{collection}' AS collection, d."id" AS document, d."title_en", d."title_ja", d."jurisdiction", {own},
  r."topic", r."attribute", r."level", r."statement_en", r."statement_ja", r."basis"
FROM "{collection}_requirements" AS r JOIN "{collection}" AS d ON d."id" = r."entry"
WHERE d."withdrawn_on" IS NULL"""  # noqa: S608
