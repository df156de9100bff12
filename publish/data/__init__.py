"""The knowledge base as data files: JSON, CSV, XLSX, SQLite, Parquet, bibliographies and a data package.

Every format is made from the plain data of the entries (:mod:`publish.data.plain`) and, where it is a table, from the
one flattening of the models (:mod:`publish.data.columns`). Nothing here depends on the time or the place of the build.
"""
