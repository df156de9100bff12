"""Search in both languages.

The path of an entry:   documents -> pooling (terms and weights) -> an engine's index, on a shelf below the cache folder
The path of a query:    parsing -> plan (concepts under all their names) -> scoring -> ranking -> results with snippets

:func:`search.opening.open_search` gives a :class:`search.searcher.Searcher`; everything else is reached through it.
"""
