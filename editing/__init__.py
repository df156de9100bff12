"""The doors by which people change entries: form, spreadsheet, translation file, issue form; all of them through ``kb``."""
