"""The gap analysis of one product as a report: the same content as page, Markdown and Word file."""
