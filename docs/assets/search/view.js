// Results as elements. Text from pages only ever becomes text nodes.

const SVG = "http://www.w3.org/2000/svg";
/** One drawing for each kind of page, 24 by 24. */
const ICONS = {
  jurisdictions: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 0c3 3 3 15 0 18m0-18c-3 3-3 15 0 18M3.5 9h17m-17 6h17",
  guidelines: "M6 3h8l4 4v14H6Zm8 0v4h4M9 12h6m-6 4h6",
  trials: "M9 3h6m-5 0v6l-5 9.5A1.7 1.7 0 0 0 6.5 21h11a1.7 1.7 0 0 0 1.5-2.5L14 9V3M8 15h8",
  claims: "M4 10v4h3l8 5V5l-8 5Zm15-1c1.5 2 1.5 4 0 6",
  enforcement: "M12 4v16m-5 0h10M5 7h14M5 7l-3 7h6Zm14 0-3 7h6Z",
  "safety-events": "M12 4 2.5 20h19Zm0 6v5m0 2.5v.5",
  surveys: "M4 20V10m5 10V4m5 16v-8m5 8V7M2 20h20",
  attributes: "M4 12a8 8 0 0 1 16 0m-8 0 4-4M4 12v2m16-2v2M7 19h10",
  "process-steps": "M3 12h5m3 0h5m0 0-3-3m3 3-3 3M3 6h18M3 18h18",
  products: "M12 3 4 7v10l8 4 8-4V7Zm0 9v9m0-9 8-5m-8 5L4 7",
  glossary: "M5 4h10a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3Zm0 13a3 3 0 0 1 3-3h10M9 8h5",
  pages: "M5 5h14v14H5Zm0 4h14",
};

/** An element with attributes and children; strings become text. */
export const make = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const icon = (kind) => {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[kind] ?? ICONS.pages);
  svg.append(path);
  return svg;
};

const excerpt = (pieces) => {
  const line = make("span", { class: "ev-result-text" });
  for (const { text, marked, before } of pieces) line.append(before ?? "", marked ? make("mark", {}, text) : text);
  return line;
};

/** The link of one result; `language` is named where it differs from the page's. */
export const resultLink = (result, words, attributes = {}) => {
  const kind = make("span", { class: "ev-badge ev-kind" }, icon(result.collection), result.kind ?? words.page);
  const foot = make("span", { class: "ev-result-kind" }, kind, result.date ? make("span", { class: "ev-sub" }, result.date) : "");
  const lang = result.language === document.documentElement.lang ? undefined : result.language;
  return make("a", { href: result.url, class: "ev-result", lang, hreflang: lang, ...attributes }, foot, make("span", { class: "ev-result-title" }, result.title), excerpt(result.excerpt));
};

/** «{n}» and «{q}» of a phrase filled in. */
export const filled = (phrase, values) => phrase.replace(/\{(\w)\}/g, (_, name) => values[name]);

/** How many there are, in words. */
export const counted = (words, n) => (n === 1 ? words.count_one : filled(words.count, { n: n.toLocaleString() }));

/** Runs `task` a moment after the last call; the task learns whether a newer call has overtaken it. */
export const settled = (delay, task) => {
  let latest = 0;
  return (...given) => {
    const mine = ++latest;
    return new Promise((done) => setTimeout(done, delay)).then(() => (mine === latest ? task(() => mine === latest, ...given) : undefined));
  };
};
