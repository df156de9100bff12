"""Entries as a formatted workbook, and a workbook's edits back into entries."""
