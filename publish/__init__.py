"""From a :class:`kb.KnowledgeBase` to the bilingual site.

Entries become Markdown (``tree``), MkDocs runs once per language (``build``), ``serve`` keeps a preview in step.
"""
