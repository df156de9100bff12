// Whether words that make a claim are asserted: not when denied, asked, told of others, or said of another product;
// kb/claims/framing.py.

/**
 * Weigh the cues of a text by their density: whether it reports as a whole, and which of its words say so.
 *
 * `found`: concept -> number of its distinct wordings in the text; a concept's genre and weight say what it speaks for.
 */
export const genreOf = (spec, found, sentences) => {
  const density = Math.min(1, spec.typical / Math.max(sentences, 1));
  const totals = { report: 0, offer: 0 };
  const cues = [];
  for (const [concept, count] of [...found].sort(([a], [b]) => a - b)) {
    const { genre, weight } = spec.concepts[concept];
    if (genre !== "report" && genre !== "offer") continue;
    totals[genre] += weight * Math.min(count * density, spec.most_cues);
    if (genre === "report") cues.push(concept);
  }
  return { reports: totals.report - totals.offer >= spec.margin, ...totals, cues };
};

/**
 * Why the words in `spans` do not assert, and the concept that shows it: [reason, concept]; null when they do.
 *
 * `hits`: concepts of the sentence. `before`: concepts of its heading or of the sentence before. `denies`: whether the
 * claim itself denies something; then only a denial of a denial counts against it.
 */
export const reasonToSetAside = (spec, segment, hits, before, spans, denies) => {
  const place = (name) => spec.place.get(name);
  const says = (found, name) => found.has(place(name));
  if (segment.isQuestion) return ["asked", null];
  if (says(hits, "attribution")) return ["reported", place("attribution")];
  if (says(before, "attribution-onward") || says(hits, "attribution-onward")) return ["reported", place("attribution-onward")];
  for (const name of denies ? ["denial-of-denial"] : spec.denials) {
    const cues = hits.get(place(name)) ?? [];
    if (cues.some((cue) => isDenied(name, cue, spans, hits.get(place("contrast")) ?? [], spec.reach))) return ["denied", place(name)];
  }
  return says(hits, "other-product") && !says(hits, "ev-product") ? ["other-product", place("other-product")] : null;
};

/** Whether a text, given the concepts of its sentences, names another product, and none of ours without denying it. */
export const speaksOfAnotherProduct = (spec, sentences) => {
  const [product, ...others] = ["ev-product", "other-product", "other-treatment"].map((name) => spec.place.get(name));
  const denials = spec.denials.map((name) => spec.place.get(name));
  const isOurs = (hits) => hits.has(product) && !denials.some((denial) => hits.has(denial));
  return !sentences.some(isOurs) && sentences.some((hits) => others.some((other) => hits.has(other)));
};

const isDenied = (name, cue, spans, contrasts, reach) => {
  // The words of the claim itself, such as «no side effects».
  if (spans.some(([start, end]) => cue[0] < end && start < cue[1])) return false;
  const first = spans[0][0];
  const last = Math.max(...spans.map(([, end]) => end));
  if (name === "denial-before" && !(cue[0] <= last && first - cue[1] <= reach)) return false;
  if (name === "denial-after" && cue[0] < first) return false;
  const between = (cue[1] <= first ? [cue[1], first] : [last, cue[0]]).sort((a, b) => a - b);
  return !contrasts.some(([start]) => between[0] <= start && start < between[1] + 1);
};
