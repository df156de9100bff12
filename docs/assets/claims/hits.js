// Which concepts a sentence names, and where; kb/claims/hits.py. A span is [start, end] in a segment's characters.

const LATIN = /^[a-z0-9]$/u;

/** Spans by start, then by end. */
export const inOrder = ([a, b], [c, d]) => a - c || b - d;

/** The first place at which a span does not come before (start, end). */
export const bisectLeft = (spans, start, end) => {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle][0] < start || (spans[middle][0] === start && spans[middle][1] < end)) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Spans in order, each once. */
export const sortedSet = (spans) => [...spans].sort(inOrder).filter(([start, end], place, all) => !place || all[place - 1][0] !== start || all[place - 1][1] !== end);

/** Concept -> its spans by start, in one sentence. */
export const findHits = (characters, spec) => {
  const words = wordsOf(characters, spec);
  const found = new Map();
  const minus = new Map();
  for (const [word, spans] of words) {
    for (const { concept, words: parts, minus: takesAway } of spec.termsByWord.get(word) ?? []) {
      const matched = parts.length === 1 ? spans : sequences(spans, parts.slice(1), words, spec.gap);
      add(takesAway ? minus : found, concept, matched);
    }
  }
  const hits = new Map();
  for (const [concept, spans] of found) {
    const kept = sortedSet(spans).filter((span) => !inside(span, minus.get(concept) ?? []));
    if (kept.length) hits.set(concept, kept);
  }
  return hits;
};

const add = (found, key, spans) => {
  const known = found.get(key);
  if (known) known.push(...spans);
  else found.set(key, [...spans]);
};

const wordsOf = (characters, spec) => {
  const found = new Map();
  const { automaton, numbers } = spec.plain;
  automaton.find(characters, (word, start, end) => {
    if (isWhole(characters, start, end, spec.words[numbers[word]].open)) add(found, numbers[word], [[start, end]]);
  });
  const numerals = numeralsOf(characters, spec);
  if (numerals.length) addNumbered(characters, numerals, spec, found);
  return found;
};

/** Where numbers begin, where they end, and where the word for per cent after them does; a character of two code units stands for one that no number holds. */
const numeralsOf = (characters, { numeral }) => {
  const text = characters.map((character) => (character.length > 1 ? "\ufffd" : character)).join("");
  return [...text.matchAll(numeral)].map(({ index, 0: whole, 1: number }) => [index, index + number.length, index + whole.length]);
};

/** Find words with numbers in the text whose numerals are each one character; spans lead back to `characters`. */
const addNumbered = (characters, numerals, spec, found) => {
  const shortened = [];
  const bounds = [];
  const keep = (from, to) => {
    for (let at = from; at < to; at++) {
      shortened.push(characters[at]);
      bounds.push([at, at + 1]);
    }
  };
  let place = 0;
  for (const [start, end, percentEnd] of numerals) {
    keep(place, start);
    shortened.push(spec.number);
    bounds.push([start, end]);
    if (percentEnd > end) {
      shortened.push("%");
      bounds.push([end, percentEnd]);
    }
    place = percentEnd;
  }
  keep(place, characters.length);
  const { automaton, numbers } = spec.numbered;
  automaton.find(shortened, (word, start, end) => {
    const span = [bounds[start][0], bounds[end - 1][1]];
    if (isWhole(characters, ...span, spec.words[numbers[word]].open)) add(found, numbers[word], [span]);
  });
};

/** Words of Latin letters are found as words; Japanese ones anywhere, as they are not parted. */
const isWhole = (characters, start, end, open) => {
  if (start && LATIN.test(characters[start]) && LATIN.test(characters[start - 1])) return false;
  return open || end === characters.length || !LATIN.test(characters[end - 1]) || !LATIN.test(characters[end]);
};

/** Past the rest of a Latin word of which a term with any ending took only the beginning. */
export const wordEnd = (characters, end) => {
  let past = end;
  while (past > 0 && past < characters.length && LATIN.test(characters[past - 1]) && LATIN.test(characters[past])) past += 1;
  return past;
};

const sequences = (firsts, rest, words, gap) => {
  const found = [];
  for (const [start, end] of firsts) {
    let place = end;
    const whole = rest.every((word) => {
      const spans = words.get(word) ?? [];
      const at = bisectLeft(spans, place, 0);
      if (at === spans.length || spans[at][0] > place + gap) return false;
      place = spans[at][1];
      return true;
    });
    if (whole) found.push([start, place]);
  }
  return found;
};

const inside = ([first, last], others) => others.some(([start, end]) => start <= first && last <= end);
