"""The HTTP interface: search, suggestions and entries as JSON, beside the built site on one origin.

Everything is read-only. The package knows :mod:`kb` and :mod:`search`; the folder of the site is handed to it.
"""
