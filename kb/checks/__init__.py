"""The rules: one file each. Adding a rule is adding a file and its name here."""

from kb.checks import (
    confidence_needs_reading,
    dates_in_order,
    id_is_file_name,
    identifiers,
    ids_unique,
    japanese_typography,
    languages,
    near_duplicate_titles,
    no_names_in_claims,
    no_recall,
    placeholder_text,
    preferred_terms,
    references_exist,
    registration_numbers,
    registrations_unique,
    requirement_keys_exist,
    requirement_keys_unique,
    review_stale,
    source_keys_exist,
    sources_used,
    statements_have_sources,
    status_dated,
    urls,
)
from kb.checks.rule import EntryRule, WholeRule

ENTRY_RULES: tuple[EntryRule, ...] = (
    id_is_file_name.RULE,
    registration_numbers.RULE,
    identifiers.RULE,
    urls.RULE,
    dates_in_order.RULE,
    languages.RULE,
    japanese_typography.RULE,
    preferred_terms.RULE,
    placeholder_text.RULE,
    sources_used.RULE,
    source_keys_exist.RULE,
    statements_have_sources.RULE,
    confidence_needs_reading.RULE,
    no_recall.RULE,
    review_stale.RULE,
    status_dated.RULE,
    no_names_in_claims.RULE,
    requirement_keys_unique.RULE,
)

WHOLE_RULES: tuple[WholeRule, ...] = (
    references_exist.RULE,
    ids_unique.RULE,
    registrations_unique.RULE,
    requirement_keys_exist.RULE,
    near_duplicate_titles.RULE,
)
