"""Review and sign-off: who stands behind an entry, for which content, and what counts until when."""
