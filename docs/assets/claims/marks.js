// The words of findings within a text, as parts of a page. What the reader has pasted becomes text nodes, never markup.

/** An element with text or other elements in it. */
export const element = (name, properties, ...content) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...content);
  return made;
};

/**
 * Characters from `first` to `last` with the decisive words marked.
 *
 * `findings` are in the order of their places; `after(finding)` gives what follows the last word of each, or nothing.
 */
export const marked = (characters, first, last, findings, after = () => null) => {
  const spans = union(findings.flatMap(({ words }) => words));
  const bounds = [...new Set([first, last, ...spans.flat(), ...findings.map(({ end }) => end)])].filter((place) => place >= first && place <= last).sort((a, b) => a - b);
  const ending = Map.groupBy(findings, ({ end }) => end);
  const parts = [];
  let next = 0;
  for (const [number, start] of bounds.slice(0, -1).entries()) {
    const end = bounds[number + 1];
    while (next < spans.length && spans[next][1] <= start) next += 1;
    const text = characters.slice(start, end).join("");
    parts.push(next < spans.length && spans[next][0] <= start ? element("mark", {}, text) : text);
    parts.push(...(ending.get(end) ?? []).map(after).filter(Boolean));
  }
  return parts;
};

/** Spans that touch or overlap become one. */
const union = (spans) => {
  const joined = [];
  for (const [start, end] of [...spans].sort(([a], [b]) => a - b)) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
};

/** Characters shown on either side of a quotation. */
const AROUND = 16;

/** No Latin word is longer, so that a quotation need not be cut within one. */
const LONGEST_WORD = 24;
const isLatin = (character) => /^[a-z]$/iu.test(character ?? "");

/** A finding's words with a little of what stands around them. */
export const quoted = (characters, finding) => {
  let first = Math.max(0, finding.start - AROUND);
  let last = Math.min(characters.length, finding.end + AROUND);
  for (let more = LONGEST_WORD; more && isLatin(characters[first - 1]) && isLatin(characters[first]); more--) first -= 1;
  for (let more = LONGEST_WORD; more && isLatin(characters[last - 1]) && isLatin(characters[last]); more--) last += 1;
  return element("bdi", {}, first ? "…" : "", ...marked(characters, first, last, [finding]), last < characters.length ? "…" : "");
};
