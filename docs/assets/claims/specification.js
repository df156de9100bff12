// What kb/claims/browser_data.py wrote, opened for the matcher: tables, words, concepts, rules and frames.

import { Automaton } from "./automaton.js";

/** The compiled patterns; numbers are places in `concepts`, `words` and `rules`. */
export const openSpecification = (data) => {
  const words = data.words.map((word) => (word.endsWith("*") ? { characters: [...word.slice(0, -1)], open: true } : { characters: [...word], open: false }));
  const rules = data.rules.map(([claim, all, unless, needs, window, across, denies]) => ({ claim, all, unless, needs, window, across: Boolean(across), denies: Boolean(denies) }));
  const { number, spaces, ends, closing, bullets, parting, numbered, invitation, numeral, abbreviations, english, kana, han, ours, letters, ...constants } = data.constants;
  const holdsNumber = ({ characters }) => characters.includes(number);
  return {
    ...constants,
    number,
    fold: foldingTable(data.fold),
    voiced: new Map(Object.entries(data.voiced)),
    voicing: new Set(Object.keys(data.voiced).map((pair) => pair[1])),
    concepts: data.concepts.map(([name, en, ja, genre, weight]) => ({ name, en, ja, genre, weight })),
    place: new Map(data.concepts.map(([name], place) => [name, place])),
    words,
    plain: automaton(words, (word) => !holdsNumber(word)),
    numbered: automaton(words, holdsNumber),
    termsByWord: termsByWord(data.terms),
    rules,
    rulesByConcept: rulesByConcept(rules),
    spaces: new Set(spaces),
    ends: new Set(ends),
    closing: new Set(closing),
    bullets: new Set(bullets),
    parting: new Set(parting),
    beginsNumbered: new RegExp(`^(?:${numbered})`, "u"),
    invitation: new RegExp(invitation, "u"),
    numeral: new RegExp(numeral, "gu"),
    abbreviations: new Set(abbreviations),
    english: new Set(english),
    letters: letterPatterns(kana, han, ours, letters),
  };
};

/** Character -> what it is read as; "" when it is passed over. */
const foldingTable = (runs) => {
  const table = new Map();
  for (const [first, second, third] of runs) {
    const folded = typeof second === "number" ? Array(second - first + 1).fill(third) : second;
    folded.forEach((text, place) => table.set(String.fromCodePoint(first + place), [...text]));
  }
  return table;
};

/** The automaton of the words that are wanted, and the number of each of its words. */
const automaton = (words, wanted) => {
  const numbers = [...words.keys()].filter((number) => wanted(words[number]));
  return { automaton: new Automaton(numbers.map((number) => words[number].characters)), numbers };
};

/** First word -> terms that begin with it. */
const termsByWord = (concepts) => {
  const found = new Map();
  for (const [concept, groups] of concepts.entries()) {
    for (const [minus, terms] of groups.entries()) {
      for (const term of terms) {
        const words = [term].flat();
        const known = found.get(words[0]) ?? [];
        known.push({ concept, words, minus: Boolean(minus) });
        found.set(words[0], known);
      }
    }
  }
  return found;
};

/** Concept of a rule's first part -> rules. */
const rulesByConcept = (rules) => {
  const found = new Map();
  for (const [number, rule] of rules.entries()) {
    for (const concept of rule.all[0]) found.set(concept, [...(found.get(concept) ?? []), number]);
  }
  return found;
};

/** Patterns for letters of each kind; `distances` say where runs of letters, and what parts them, begin in turn. */
const letterPatterns = (kana, han, ours, distances) => {
  const bounds = [];
  for (const distance of distances) bounds.push((bounds.at(-1) ?? 0) + distance);
  const runs = [];
  for (let place = 0; place < bounds.length; place += 2) runs.push(`\\u{${bounds[place].toString(16)}}-\\u{${(bounds[place + 1] - 1).toString(16)}}`);
  const letter = `[${runs.join("")}]`;
  return {
    any: new RegExp(letter, "gu"),
    kana: new RegExp(kana, "gu"),
    han: new RegExp(han, "gu"),
    latin: /[a-z]/gu,
    ours: new RegExp(ours, "u"),
    word: new RegExp(`${letter}+(?:'[a-z]+)?`, "gu"),
  };
};
