"""Measurements for ``make bench``: side by side in one run, never a test."""
