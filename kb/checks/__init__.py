"""The rules: one file each. Adding a rule is adding a file and its name here."""

from kb.checks import id_is_file_name, references_exist
from kb.checks.rule import EntryRule, WholeRule

ENTRY_RULES: tuple[EntryRule, ...] = (id_is_file_name.RULE,)

WHOLE_RULES: tuple[WholeRule, ...] = (references_exist.RULE,)
