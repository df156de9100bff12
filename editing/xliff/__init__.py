"""Texts out to translation tools and back, as XLIFF 2.0 (OASIS Standard, 5 August 2014)."""
