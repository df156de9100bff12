// From a text to the claims it makes: findings, and what was found but is not asserted; kb/claims/checking.py.

import { fold } from "./folding.js";
import { genreOf, reasonToSetAside, speaksOfAnotherProduct } from "./framing.js";
import { findHits, wordEnd } from "./hits.js";
import { languageOf } from "./languages.js";
import { matches, spanOf } from "./rules.js";
import { segments } from "./segments.js";

/**
 * Read a text; time grows linearly with its length.
 *
 * Findings are {claim, start, end, words, concepts, reason, cue}: `start`, `end` and `words` count code points of the original
 * text; `reason` says why they are not asserted and is null in findings proper.
 */
export const check = (text, spec) => {
  const parts = segments(fold(text, spec), spec);
  const hits = new Map(parts.map((part) => [part, findHits(part.characters, spec)]));
  const counts = countsOf(parts, hits);
  const genre = genreOf(spec, counts, parts.length);
  const found = parts.flatMap((part) => findingsOf(part, hits, counts, spec, genre));
  if (speaksOfAnotherProduct(spec, [...hits.values()])) for (const finding of found) Object.assign(finding, { reason: "other-product", cue: "other-product" });
  found.sort((a, b) => a.start - b.start || a.end - b.end || (a.claim < b.claim ? -1 : a.claim > b.claim ? 1 : 0));
  return {
    language: languageOf(parts, spec),
    findings: found.filter(({ reason }) => reason === null),
    setAside: found.filter(({ reason }) => reason !== null),
    genre,
    concepts: new Set([...counts.keys()].map((concept) => spec.concepts[concept].name)),
  };
};

/** Concept -> distinct wordings in the text. */
const countsOf = (parts, hits) => {
  const wordings = new Map();
  for (const part of parts) {
    for (const [concept, spans] of hits.get(part)) {
      const known = wordings.get(concept) ?? new Set();
      for (const [start, end] of spans) known.add(part.characters.slice(start, end).join(""));
      wordings.set(concept, known);
    }
  }
  return new Map([...wordings].map(([concept, words]) => [concept, words.size]));
};

const NOTHING = new Map();

const findingsOf = (part, hits, whole, spec, genre) => {
  const own = hits.get(part);
  const context = part.context ? hits.get(part.context) : NOTHING;
  const best = new Map();
  const introduced = part.context !== null && part.context.introduces(part);
  for (const match of matches(spec, own, context, whole, introduced)) {
    const known = best.get(match.rule.claim);
    if (!known || match.rule.all.length > known.rule.all.length) best.set(match.rule.claim, match);
  }
  return [...best.values()].map((match) => findingOf(part, match, own, context, spec, genre));
};

const findingOf = (part, { rule, spans }, own, context, spec, genre) => {
  const [start, end] = spanOf(spans);
  let setAside = reasonToSetAside(spec, part, own, context, spans, rule.denies);
  if (!setAside && genre.reports) setAside = ["whole-text", strongest(genre.cues, spec)];
  const [reason, cue] = setAside ?? [null, null];
  const named = [...new Set(rule.all.flat())].filter((concept) => own.has(concept) || context.has(concept));
  return {
    claim: rule.claim,
    start: part.starts[start],
    end: part.ends[wordEnd(part.characters, end) - 1],
    words: spans.map(([first, last]) => [part.starts[first], part.ends[wordEnd(part.characters, last) - 1]]),
    concepts: named.sort((a, b) => a - b).map((concept) => spec.concepts[concept].name),
    reason,
    cue: cue === null ? null : spec.concepts[cue].name,
  };
};

const strongest = (cues, spec) => cues.reduce((best, cue) => (spec.concepts[cue].weight > spec.concepts[best].weight ? cue : best));
