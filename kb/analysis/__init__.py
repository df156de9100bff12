"""What can be said about the whole knowledge base: comparisons, gaps, agreement, changes. Pure functions, no output."""
