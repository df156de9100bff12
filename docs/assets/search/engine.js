// One language's Pagefind index: loaded when first used, read in parts.

import { firstParts, hasKatakana, plain, respelled, token } from "./normalise.js";

/** Words around a hit. */
const LENGTH = 28;
/** Fewer results than this, and those of the other language are offered. */
const FEW = 5;
/** Pages read at most when a word may be cut apart differently. */
const READ = 12;
const SEGMENTED = "\u200b";

const json = async (url) => (await fetch(url)).json();

/** The addresses of the site as seen from the reader's language. */
export const places = (root) => {
  const japanese = document.documentElement.lang === "ja";
  const english = japanese ? new URL("../", root) : root;
  return { root, other: japanese ? english : new URL("ja/", root), otherLanguage: japanese ? "en" : "ja", english };
};

/** The phrases of the interface. */
export const phrases = (root) => json(new URL("search/phrases.json", root));

/** Where a part of the page begins, counted in words. */
const place = (data, id) => data.anchors.find((anchor) => anchor.id === id)?.location;

/** The densest stretch of hits as pieces of text, marked or not; the entry's first words when only title or hidden words match. */
const excerpt = (data) => {
  const raw = data.raw_content ?? data.content;
  const segmented = raw.includes(SEGMENTED);
  const all = raw.replace(/&lt;/g, "<").replace(/&gt;/g, ">").split(segmented ? SEGMENTED : /[\r\n\s]+/);
  const begin = place(data, "lead") ?? 0;
  const end = Math.min(place(data, "found-by") ?? Infinity, all.length);
  const length = segmented ? LENGTH * 2 : LENGTH;
  const hits = [...new Set(data.locations)].filter((at) => at >= begin && at < end).sort((a, b) => a - b);
  if (!hits.length) return [{ text: shortened(data.meta.lead ?? "", segmented ? 110 : 220), marked: false }];
  const inside = (start) => hits.filter((at) => at >= start && at < start + length).length;
  const best = hits.reduce((found, at) => (inside(at) > inside(found) ? at : found));
  const start = Math.max(begin, Math.min(best - Math.floor(length / 5), end - length));
  const marked = new Set(hits);
  const pieces = all.slice(start, Math.min(start + length, end)).map((text, index) => ({ text, marked: marked.has(start + index) }));
  if (!segmented) pieces.forEach((piece, index) => index && pieces[index - 1] && (piece.before = " "));
  return [...(start > begin ? [{ text: "… ", marked: false }] : []), ...pieces];
};

/** The second list after the first, each page once. */
const merged = (first, second) => {
  const known = new Set(first.map((result) => result.id));
  return [...first, ...second.filter((result) => !known.has(result.id))];
};

const shortened = (text, length) => (text.length > length ? `${text.slice(0, length)}…` : text);

const shown = async (result, root, language) => {
  const data = await result.data();
  return {
    url: data.url,
    path: data.url.slice(root.pathname.length),
    title: data.meta.title,
    collection: data.filters.collection?.[0] ?? "pages",
    kind: data.meta.collection,
    date: data.meta.date,
    excerpt: excerpt(data),
    language,
  };
};

/** An index, below `root`, of pages in `language`; `spellings` is a function that promises the katakana spellings. */
export const engine = (root, language, spellings) => {
  let index = null;
  const ready = () =>
    (index ??= import(new URL("pagefind/pagefind.js", root)).then(async (pagefind) => {
      // Without a worker there is one script less to fetch, and a search takes a few milliseconds.
      const made = pagefind.createInstance({ noWorker: true, basePath: new URL("pagefind/", root).pathname });
      await made.init();
      return made;
    }));
  const chosen = (filters) => Object.fromEntries(Object.entries(filters).map(([facet, codes]) => [facet, { any: codes }]));
  const found = async (text, filters) => (await ready()).search(text || null, { filters: chosen(filters) });
  const term = async (text) => {
    const typed = plain(text);
    return hasKatakana(typed) ? respelled(typed, await spellings()) : typed;
  };
  // Browser and index cut some katakana words apart in different places: look for their first parts, then read.
  const differently = async (normal, filters) => {
    const { results } = await found(firstParts(normal), filters);
    const read = await Promise.all(results.slice(0, READ).map(async (result) => [result, await result.data()]));
    const wanted = normal.toLowerCase().split(" ");
    return read.filter(([, data]) => wanted.every((word) => data.content.toLowerCase().includes(word))).map(([result]) => result);
  };
  return {
    ready,
    /** Facet -> code -> how many pages. */
    counts: async () => (await ready()).filters(),
    /** Counts beside the results, for one facet as if nothing were chosen in it. */
    countsFor: async (text, filters, facet) => {
      const others = Object.fromEntries(Object.entries(filters).filter(([name]) => name !== facet));
      return (await found(await term(text), others)).filters[facet] ?? {};
    },
    search: async (text, filters = {}) => {
      const normal = await term(text);
      // In quotation marks, or an unknown word would be answered with those that begin a little like it.
      const exact = normal ? found(`"${token(normal)}"`, filters) : { results: [] };
      const [answer, bearing] = await Promise.all([found(normal, filters), exact]);
      const results = merged(bearing.results, answer.results);
      if (results.length < FEW && hasKatakana(normal)) results.push(...merged(results, await differently(normal, filters)).slice(results.length));
      return {
        total: results.length,
        filters: answer.filters,
        take: (from, to) => Promise.all(results.slice(from, to).map((result) => shown(result, root, language))),
      };
    },
  };
};

/** The engines of the reader's language and of the other one, with their words. */
export const engines = async (root) => {
  const place = places(root);
  let known = null;
  const spellings = () => (known ??= json(new URL("search/spellings.json", place.english)).catch(() => ({})));
  const language = document.documentElement.lang;
  const own = engine(place.root, language, spellings);
  own.ready();
  return { own, other: engine(place.other, place.otherLanguage, spellings), otherLanguage: place.otherLanguage, words: await phrases(root) };
};

/** Results of the other language whose pages are not among `own`; none when the reader's own are enough. */
export const fromOther = async (engine, text, filters, own, total) => {
  if (total >= FEW || !text.trim()) return [];
  const answer = await engine.search(text, filters);
  const paths = new Set(own.map((result) => result.path));
  return (await answer.take(0, FEW + own.length)).filter((result) => !paths.has(result.path)).slice(0, FEW);
};
