// An answer on the page: which cards stay, how they are marked, and the summary below the form.

import { groupOf } from "./answers.js";

const badgeOf = (group) => document.querySelector(`[data-result="${group}"] > .ev-badge`).cloneNode(true);

/** Show of every jurisdiction what answers the question; everything when there is no question (null). */
export const showPlaces = (found, words) => {
  document.querySelector("[data-ev-typical]").open = !found;
  for (const place of document.querySelectorAll("[data-place]")) showPlace(place, found?.get(place.dataset.place), words);
};

const showPlace = (place, answer, words) => {
  const outcome = place.querySelector(".ev-pf-outcome");
  outcome.hidden = !answer;
  outcome.replaceChildren(...(answer ? [badgeOf(groupOf(answer)), ` ${words[answer.outcome]}`] : []));
  for (const card of place.querySelectorAll("[data-rule]")) showCard(card, answer, words);
  tell(place.querySelector(".ev-pf-gaps"), answer?.gaps ? words.gaps : "");
  const empty = place.querySelector(".ev-pf-empty");
  if (empty) empty.hidden = Boolean(answer);
  const unanswered = ["no-rule", "silent", "not-surveyed"].includes(answer?.outcome);
  unfold(place, "null_searches", unanswered);
  unfold(place, "all_routes", Boolean(answer) && !place.querySelector("[data-routes]:not([hidden])"));
};

const unfold = (place, name, open) => {
  const fold = place.querySelector(`[data-fold="${name}"]`);
  if (fold) fold.open = open;
};

const showCard = (card, answer, words) => {
  const rule = Number(card.dataset.rule);
  const displaced = answer?.displaced.includes(rule) ?? false;
  const onlyIf = answer?.cases.get(rule) ?? 0;
  card.hidden = Boolean(answer) && !answer.cases.has(rule) && !displaced;
  card.classList.toggle("ev-pf-is-displaced", displaced);
  tell(card.querySelector(".ev-pf-displaced"), displaced ? words.displaced : "");
  for (const item of card.querySelectorAll("[data-dimension]")) {
    const open = Boolean(onlyIf & (1 << Number(item.dataset.dimension)));
    item.classList.toggle("ev-pf-only-if", open);
    tell(item.querySelector(".ev-pf-mark"), !answer || displaced ? "" : open ? words.only_if : words.matches);
  }
};

const tell = (place, text) => {
  place.textContent = text;
  place.hidden = !text;
};

/** Fill the list of results, each with the jurisdictions it holds for; the words for the status line are returned. */
export const showSummary = (form, found, words) => {
  const list = form.querySelector(".ev-pf-results");
  list.hidden = !found;
  // Seen, the list says it better; heard, one sentence does.
  form.querySelector(".ev-pf-status").classList.toggle("ev-pf-heard", Boolean(found));
  if (!found) return words.choose;
  const groups = grouped(found);
  const counted = [];
  for (const item of list.children) {
    const places = groups.get(item.dataset.result) ?? [];
    item.hidden = !places.length;
    item.querySelector(".ev-count").textContent = places.length;
    item.querySelector(".ev-pf-names").replaceChildren(...places.flatMap(([id, { gaps }]) => [linkTo(id, gaps ? ` (${words.partly})` : ""), " "]));
    if (places.length) counted.push(`${item.querySelector(".ev-badge").textContent} ${places.length}`);
  }
  return `${words.found.replace("{n}", found.size)} ${counted.join(" · ")}`;
};

const grouped = (found) => {
  const groups = new Map();
  for (const pair of found) groups.set(groupOf(pair[1]), [...(groups.get(groupOf(pair[1])) ?? []), pair]);
  return groups;
};

const linkTo = (id, remark) => {
  const link = document.createElement("a");
  link.href = `#in-${id}`;
  link.textContent = document.querySelector(`[data-place="${id}"] h3`).textContent.trim() + remark;
  return link;
};
