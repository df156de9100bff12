// What was found, on the page. The words about claims and places are in the page already, as templates.

import { offersTreatment } from "./disclosures.js";
import { element, marked, quoted } from "./marks.js";

/** Quotations shown of one claim; the text itself marks all. */
const MOST_QUOTES = 4;

const section = (root, name) => root.querySelector(`[data-part="${name}"]`);
const copyOf = (selector) => document.querySelector(selector)?.content.cloneNode(true) ?? null;
const filled = (phrase, values) => phrase.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** Show a result: `seen` is {characters, checked, spec, notices}, `place` {code, label} of a jurisdiction, `words` the phrases. */
export const showResult = (root, seen, place, words) => {
  const claims = numbered(seen.checked.findings);
  root.querySelector(".ev-ck-notices").replaceChildren(...seen.notices.map((notice) => element("p", {}, notice)));
  showText(section(root, "text"), seen, claims, words);
  showClaims(section(root, "claims"), seen, claims, place, words);
  showAside(section(root, "aside"), seen, words);
  showMissing(section(root, "missing"), seen, place);
  showReporting(section(root, "reporting"), place, words);
  root.hidden = false;
};

/** How many claims were found, in words. */
export const summary = ({ checked }, words) => {
  const found = numbered(checked.findings).size;
  return found > 1 ? filled(words.found, { n: found }) : found ? words.found_one : words.found_none;
};

/** Claim -> its findings, in the order in which the text makes them; the place in this order is a claim's number. */
const numbered = (findings) => Map.groupBy(findings, ({ claim }) => claim);

const titleOf = (claim) => document.querySelector(`[data-claim="${CSS.escape(claim)}"]`)?.content.querySelector(".ev-ck-title").textContent ?? claim;

const showText = (part, { characters, checked }, claims, words) => {
  const numbers = new Map([...claims.keys()].map((claim, place) => [claim, place + 1]));
  const reference = (finding) => {
    const n = numbers.get(finding.claim);
    const id = `ck-mark-${n}-${claims.get(finding.claim).indexOf(finding) + 1}`;
    return element("a", { id, className: "ev-ck-ref", href: `#ck-claim-${n}`, ariaLabel: filled(words.mark, { n, title: titleOf(finding.claim) }) }, String(n));
  };
  part.hidden = !claims.size;
  part.querySelector(".ev-ck-text").replaceChildren(...marked(characters, 0, characters.length, checked.findings, reference));
};

const showClaims = (part, { characters }, claims, place, words) => {
  part.hidden = !claims.size;
  part.querySelector(".ev-ck-claims").replaceChildren(...[...claims].map(([claim, findings], number) => cardOf(claim, findings, number + 1, characters, place, words)));
};

const cardOf = (claim, findings, n, characters, place, words) => {
  const copy = copyOf(`[data-claim="${CSS.escape(claim)}"]`);
  if (!copy) return element("p", { id: `ck-claim-${n}` }, claim);
  const card = copy.querySelector(".ev-ck-claim");
  card.id = `ck-claim-${n}`;
  card.querySelector(".ev-ck-number").textContent = `${n}.`;
  const quotes = findings.slice(0, MOST_QUOTES).map((finding, order) => {
    const back = element("a", { className: "ev-ck-back", href: `#ck-mark-${n}-${order + 1}`, ariaLabel: `${words.back} (${n}-${order + 1})` }, words.back);
    return element("li", {}, quoted(characters, finding), " ", back);
  });
  if (findings.length > MOST_QUOTES) quotes.push(element("li", {}, filled(words.more, { n: findings.length - MOST_QUOTES })));
  card.querySelector(".ev-ck-quotes").replaceChildren(...quotes);
  showRules(card, place, words);
  return card;
};

/** Leave the rules of the chosen place, or say that none is on record. */
const showRules = (card, place, words) => {
  const groups = [...card.querySelectorAll(".ev-ck-rules")];
  for (const group of groups) if (place.code && group.dataset.place !== place.code) group.remove();
  const none = card.querySelector(".ev-ck-no-rule");
  none.hidden = Boolean(card.querySelector(".ev-ck-rules"));
  none.textContent = place.code ? filled(words.claim_no_rule, { place: place.label }) : words.claim_no_rules;
};

const showAside = (part, { characters, checked, spec }, words) => {
  const groups = Map.groupBy(checked.setAside, ({ claim, reason }) => `${claim} ${reason}`);
  const language = document.documentElement.lang === "ja" ? "ja" : "en";
  const items = [...groups.values()].map(([finding, ...others]) => {
    const cue = spec.concepts[spec.place.get(finding.cue)];
    const reasons = [words[finding.reason], cue ? filled(words.cue, { words: cue[language] }) : "", others.length ? `(${filled(words.more, { n: others.length })})` : ""];
    return element("li", {}, quoted(characters, finding), element("span", { className: "ev-ck-why" }, `${titleOf(finding.claim)} — ${reasons.filter(Boolean).join(" ")}`));
  });
  part.hidden = !items.length;
  part.querySelector(".ev-ck-aside").replaceChildren(...items);
};

/** What an offer has to state in the chosen place and this one does not. */
const showMissing = (part, { checked, spec }, place) => {
  const list = place.code && offersTreatment(checked, spec) ? copyOf(`[data-duty="${CSS.escape(place.code)}"]`) : null;
  for (const item of list?.querySelectorAll("[data-concept]") ?? []) if (checked.concepts.has(item.dataset.concept)) item.remove();
  const none = list?.querySelector(".ev-ck-nothing-missing");
  if (none) none.hidden = Boolean(list.querySelector("[data-concept]"));
  part.hidden = !list;
  part.querySelector(".ev-ck-missing").replaceChildren(...(list ? [list] : []));
};

const showReporting = (part, place, words) => {
  const list = place.code ? copyOf(`[data-reporting="${CSS.escape(place.code)}"]`) : null;
  const instead = place.code ? filled(words.no_reporting, { place: place.label }) : words.reporting_choose;
  part.querySelector(".ev-ck-reporting").replaceChildren(list ?? element("p", {}, instead));
};
