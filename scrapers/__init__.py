"""Scrapers: what live sources state now, compared with the knowledge base. Filled by a later issue."""
