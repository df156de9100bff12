// Sentences and list items of a folded text: the units in which words are read together; kb/claims/segments.py.

const LATIN = /^[a-z0-9]$/u;
const isLatin = (character) => character !== undefined && LATIN.test(character);

/** One sentence, heading or list item; offsets lead back to the original text, in code points. */
class Segment {
  /** `context`: the segment that heads this list item, or goes before this sentence in its block. */
  constructor(spec, characters, starts, ends, block, isItem) {
    Object.assign(this, { spec, characters, starts, ends, block, isItem, context: null });
  }

  get text() {
    return this.characters.join("");
  }

  /** Whether it asks; an invitation («取り戻しませんか?») does not. */
  get isQuestion() {
    const end = strippedEnd(this.characters, 0, this.characters.length, closes(this.spec));
    return this.characters[end - 1] === "?" && !this.spec.invitation.test(this.characters.slice(0, end).join(""));
  }

  /** Whether it names what `other` speaks of: a question, the heading of an item, or a short line without an end. */
  introduces(other) {
    return this.isQuestion || (other.isItem && !this.isItem) || this.characters.at(-1) === ":" || this.#isTitle;
  }

  get #isTitle() {
    const last = this.characters.at(-1);
    return this.characters.length <= this.spec.title && !this.spec.ends.has(last) && !".、,".includes(last);
  }
}

/** Split a folded text; linear in its length. */
export const segments = (folded, spec) => {
  const found = [];
  let heading = null;
  for (const [block, isItem, first, end] of lines(folded.characters, spec)) {
    let number = 0;
    for (const [start, stop] of sentences(folded.characters, first, end, spec)) {
      const part = segment(folded, start, stop, block, isItem, spec);
      const isFirst = number++ === 0;
      if (!part.characters.length) continue;
      const last = found.at(-1);
      const before = last && last.block >= block - 1 ? last : null;
      part.context = isItem && isFirst ? heading : before;
      if (!isItem) heading = part;
      found.push(part);
    }
  }
  return found;
};

/** Blocks of lines that belong together: [block, whether a list item, start, end]. */
function* lines(text, spec) {
  let block = 0;
  let start = -1;
  let isItem = false;
  let blank = true;
  for (let place = 0; place <= text.length; ) {
    const end = lineEnd(text, place);
    const bare = bareStart(text, place, end, spec);
    const begins = bare < end && beginsItem(text, bare, end, spec);
    if (start >= 0 && (bare === end || begins || isClosed(text, start, place - 1, spec))) {
      yield [block, isItem, start, place - 1];
      start = -1;
    }
    if (bare === end) {
      block += blank ? 0 : 1;
    } else if (start < 0) {
      start = place;
      isItem = begins;
    }
    blank = bare === end;
    place = end + 1;
  }
  if (start >= 0) yield [block, isItem, start, text.length];
}

const lineEnd = (text, place) => {
  let end = place;
  while (end < text.length && text[end] !== "\n") end += 1;
  return end;
};

const bareStart = (text, place, end, { spaces }) => {
  let start = place;
  while (start < end && spaces.has(text[start])) start += 1;
  return start;
};

const beginsItem = (text, start, end, { bullets, beginsNumbered }) => bullets.has(text[start]) || beginsNumbered.test(text.slice(start, Math.min(end, start + 8)).join(""));

/** Whether the lines so far end as a sentence or a heading does. */
const isClosed = (text, start, end, spec) => {
  const first = Math.max(start, end - 40);
  const last = strippedEnd(text, first, end, closes(spec));
  return last > first && (spec.ends.has(text[last - 1]) || ":.】".includes(text[last - 1]));
};

const closes = ({ closing, ornament }) => (character) => closing.has(character) || character === " " || character === ornament;

const strippedEnd = (text, start, end, goes) => {
  let last = end;
  while (last > start && goes(text[last - 1])) last -= 1;
  return last;
};

function* sentences(text, start, end, spec) {
  let first = start;
  let place = start;
  while (place < end) {
    const character = text[place++];
    if (spec.ends.has(character) || (character === "." && endsSentence(text, first, place, end, spec))) {
      while (place < end && (spec.ends.has(text[place]) || spec.closing.has(text[place]))) place += 1;
    } else if (place - first < spec.longest || (!" 、,;\n".includes(character) && place - first < 2 * spec.longest)) {
      continue;
    }
    yield [first, place];
    first = place;
  }
  if (first < end) yield [first, end];
}

const endsSentence = (text, first, place, end, { spaces, closing, ornament, abbreviations }) => {
  if (place < end && !spaces.has(text[place]) && !closing.has(text[place]) && text[place] !== ornament) return false;
  const words = text.slice(Math.max(first, place - 12), place - 1).join("").replaceAll("\n", " ").split(" ");
  return !abbreviations.has(words.at(-1));
};

/** Join lines, drop what parts Japanese words only for the eye, make hyphens of English words spaces. */
const segment = (folded, start, stop, block, isItem, spec) => {
  const text = folded.characters;
  const kept = [];
  const characters = [];
  let place = start;
  while (place < stop) {
    const character = text[place];
    const pastBreak = character === "-" && isLatin(characters.at(-1)) ? endOfBreak(text, place, stop) : 0;
    if (pastBreak) {
      place = pastBreak;
    } else if (spec.parting.has(character)) {
      const first = place;
      while (place < stop && spec.parting.has(text[place])) place += 1;
      if (characters.length && (isLatin(characters.at(-1)) || (place < stop && isLatin(text[place])))) {
        characters.push(" ");
        kept.push(first);
      }
    } else {
      characters.push(character);
      kept.push(place);
      place += 1;
    }
  }
  while (characters.at(-1) === " ") {
    characters.pop();
    kept.pop();
  }
  const origin = (offsets) => kept.map((at) => offsets[at]);
  return new Segment(spec, characters, origin(folded.starts), origin(folded.ends), block, isItem);
};

/** The place after a hyphen that only parts a word at the end of a line, else 0. */
const endOfBreak = (text, place, stop) => {
  if (place + 1 >= stop || text[place + 1] !== "\n") return 0;
  let following = place + 2;
  while (following < stop && text[following] === " ") following += 1;
  return following < stop && isLatin(text[following]) ? following : 0;
};
