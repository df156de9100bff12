"""Search: one index in both languages. Filled by a later issue."""
