// Where the parts of a rule come together in one sentence; kb/claims/rules.py.

import { bisectLeft, inOrder, sortedSet } from "./hits.js";

/** From the first to the last of the words of a match. */
export const spanOf = (spans) => [spans[0][0], Math.max(...spans.map(([, end]) => end))];

/**
 * The rules a sentence fulfils as {rule, spans}, in the order of the rules; `spans` are the words of this sentence, by start.
 *
 * `own`: concepts of the sentence. `context`: concepts of its heading or of the sentence before. `whole`: concepts anywhere
 * in the text. `introduced`: whether the context names a subject that this sentence answers, a question or a heading; only
 * then may a rule's first part, what the claim is about, stand there alone.
 */
export function* matches(spec, own, context, whole, introduced) {
  const candidates = new Set();
  for (const concept of [...own.keys(), ...context.keys()]) {
    for (const number of spec.rulesByConcept.get(concept) ?? []) candidates.add(number);
  }
  for (const number of [...candidates].sort((a, b) => a - b)) {
    const rule = spec.rules[number];
    if (rule.unless.some((concept) => own.has(concept))) continue;
    if (rule.needs.length && !rule.needs.some((concept) => whole.has(concept))) continue;
    const spans = together(rule, own, context, introduced);
    if (spans.length) yield { rule, spans };
  }
}

/** The closest spans of all parts; empty when one part is missing or they stand too far apart. */
const together = (rule, own, context, introduced) => {
  const here = [];
  for (const [number, part] of rule.all.entries()) {
    const spans = part.flatMap((concept) => own.get(concept) ?? []).sort(inOrder);
    if (spans.length) here.push(spans);
    else if (!(rule.across && (number || introduced) && part.some((concept) => context.has(concept)))) return [];
  }
  if (!here.length) return [];
  here.sort((a, b) => a.length - b.length);
  const [anchors, ...others] = here;
  const best = least(anchors.map((anchor) => around(anchor, others)), (a, b) => width(a) - width(b) || compared(a, b));
  return !rule.window || width(best) <= rule.window ? best : [];
};

const around = (anchor, others) => sortedSet([anchor, ...others.map((spans) => nearest(anchor, spans))]);

const nearest = (anchor, spans) => {
  const at = bisectLeft(spans, ...anchor);
  const near = spans.slice(Math.max(0, at - 1), at + 1);
  return least(near, (a, b) => width([anchor, a]) - width([anchor, b]) || inOrder(a, b));
};

const width = (spans) => Math.max(...spans.map(([, end]) => end)) - Math.min(...spans.map(([start]) => start));

/** The first of the least. */
const least = (items, order) => items.reduce((best, item) => (order(item, best) < 0 ? item : best));

/** Lists of spans in the order of dictionaries. */
const compared = (a, b) => {
  for (let place = 0; place < Math.min(a.length, b.length); place++) {
    const order = inOrder(a[place], b[place]);
    if (order) return order;
  }
  return a.length - b.length;
};
