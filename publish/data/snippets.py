"""Short programs that read the data files; those in Python are run by the tests."""

from __future__ import annotations

from typing import Final

PYTHON_SQLITE: Final = '''\
import sqlite3

base = sqlite3.connect("evreg.sqlite")
query = """
    SELECT document, level, statement_en FROM requirements
    WHERE attribute LIKE 'potency%' ORDER BY document
"""
for document, level, statement in base.execute(query):
    print(document, level, statement, sep=" | ")
# Words of three letters or more, in English or Japanese:
query = """
    SELECT entries.title_en FROM entries_fts JOIN entries ON number = entries_fts.rowid
    WHERE entries_fts MATCH '力価試験' ORDER BY rank
"""
for (title,) in base.execute(query):
    print(title)
'''
PYTHON_CSV: Final = """\
import csv

with open("guidelines.csv", encoding="utf-8-sig", newline="") as file:
    rows = [
        {name: text.removeprefix("'") for name, text in row.items()}
        for row in csv.DictReader(file)
    ]
japanese = [row["title_ja"] for row in rows if row["jurisdiction"] == "JP"]
print(len(rows), "documents,", len(japanese), "of them Japanese")
"""
PYTHON_PARQUET: Final = """\
import pyarrow.parquet as pq

trials = pq.read_table("trials.parquet").to_pylist()
for trial in trials[:5]:
    print(trial["id"], trial["phase"], trial["routes"], trial["title"]["ja"])
"""
R: Final = """\
library(readr)
trials <- read_csv("trials.csv", col_types = cols(.default = col_character()))
table(trials$phase)

library(jsonlite)
guidelines <- fromJSON("guidelines.json", simplifyVector = FALSE)
length(guidelines)
"""
DATASETTE: Final = """\
pip install datasette
datasette evreg.sqlite
"""
#: Key of the heading in ``labels/data.yaml`` -> the program.
SNIPPETS: Final = {
    "read_python_sqlite": PYTHON_SQLITE,
    "read_python_csv": PYTHON_CSV,
    "read_python_parquet": PYTHON_PARQUET,
    "read_r": R,
    "read_datasette": DATASETTE,
}
