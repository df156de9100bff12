"""The working group's summary of a month: what changed, what is due, what waits, where sources disagree."""
