"""One short module for each source."""
