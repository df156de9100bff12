"""Issue forms on GitHub, and what a submitted one becomes: a draft of an entry, or a proposal in the inbox."""
